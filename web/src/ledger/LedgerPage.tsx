import type { ReactNode } from 'react'
import { useRoute } from '../app/router.ts'
import { Area } from '../ui/Area.tsx'
import { Accounts } from './accounts/Accounts.tsx'
import { AssayEntry } from './assays/AssayEntry.tsx'
import { useAsked } from './asked.ts'
import { BalanceSection } from './balance/BalanceSection.tsx'
import { Campaigns } from './campaigns/Campaigns.tsx'
import { Certificates } from './certificates/Certificates.tsx'
import { Commands } from './forms/Commands.tsx'
import { Gate, Whose } from './Gate.tsx'
import { InventorySection } from './inventory/InventorySection.tsx'
import { Lots } from './lots/Lots.tsx'
import { Overview } from './Overview.tsx'
import { Receive } from './receive/Receive.tsx'
import type { LedgerInfo } from './said.ts'
import '../results/studies/studies.css'
import '../money/money.css'
import './ledger.css'

const sections = [
  ['overview', 'Overview'],
  ['receive', 'Receiving'],
  ['lots', 'Lots'],
  ['campaigns', 'Campaigns'],
  ['assays', 'Assays'],
  ['inventory', 'Inventory'],
  ['balance', 'Balance'],
  ['certificates', 'Certificates'],
  ['commands', 'Commands'],
  ['accounts', 'Accounts'],
] as const
type Section = (typeof sections)[number][0]

const views: Readonly<Record<Section, () => ReactNode>> = {
  overview: () => <Overview />,
  receive: () => <Receive />,
  lots: () => <Lots />,
  campaigns: () => <Campaigns />,
  assays: () => <AssayEntry />,
  inventory: () => <InventorySection />,
  balance: () => <BalanceSection />,
  certificates: () => <Certificates />,
  commands: () => <Commands />,
  accounts: () => <Accounts />,
}

const isSection = (name: string): name is Section => sections.some(([id]) => id === name)

/** What the plant takes in, holds, makes and sends out, a section at a time. */
export function LedgerPage() {
  const { name } = useRoute()
  const section = isSection(name) ? name : 'overview'
  const asked = useAsked<LedgerInfo>('api/ledger')
  const info = asked.trouble?.why === 'closed' ? undefined : asked.value
  return (
    <Area
      title="Ledger"
      page="ledger"
      sections={sections}
      section={section}
      className="ledger money"
      legend={info === undefined ? null : <Whose info={info} />}
    >
      {info?.site.isSynthetic === true ? <Synthetic /> : null}
      <Gate asked={asked}>{views[section]()}</Gate>
    </Area>
  )
}

/** On every page of a made-up ledger, on paper too. */
function Synthetic() {
  return (
    <p className="ledger-synthetic" role="note">
      <strong>Synthetic.</strong> This history was made up by a computer for demonstration: no lot,
      assay, customer or shipment in it is real.
    </p>
  )
}
