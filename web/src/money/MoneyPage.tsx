import { memo, useDeferredValue, useMemo, type ReactNode } from 'react'
import { useRoute } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import { Area } from '../ui/Area.tsx'
import { useAppraised } from './appraised.ts'
import { Capital } from './Capital.tsx'
import { CashFlow } from './CashFlow.tsx'
import { Compare } from './Compare.tsx'
import { FootprintSection } from './FootprintSection.tsx'
import { FundingPage } from './FundingPage.tsx'
import { HeldAgainst, type Held } from './held.tsx'
import { OddsPage } from './OddsPage.tsx'
import { Operating } from './Operating.tsx'
import { Overview } from './Overview.tsx'
import { Prices } from './Prices.tsx'
import '../results/studies/studies.css'
import './money.css'

const sections = [
  ['overview', 'Overview'],
  ['capital', 'Capital'],
  ['operating', 'Operating'],
  ['cash-flow', 'Cash flow'],
  ['prices', 'Prices'],
  ['funding', 'Funding'],
  ['footprint', 'Footprint'],
  ['odds', 'Odds'],
  ['compare', 'Compare'],
] as const
type Section = (typeof sections)[number][0]

const views: Readonly<Record<Section, () => ReactNode>> = {
  overview: () => <Overview />,
  capital: () => <Capital />,
  operating: () => <Operating />,
  'cash-flow': () => <CashFlow />,
  prices: () => <Prices />,
  funding: () => <FundingPage />,
  odds: () => <OddsPage />,
  compare: () => <Compare />,
  footprint: () => <FootprintSection />,
}

const isSection = (name: string): name is Section => sections.some(([id]) => id === name)

/** What the plant costs, earns and emits, a section at a time; the section is in the address. */
export function MoneyPage() {
  const { name } = useRoute()
  const section = isSection(name) ? name : 'overview'
  const { now, saved, baseline, why } = useAppraised()
  const held = useMemo(
    () => (now === null ? null : { now, saved, baseline }),
    [now, saved, baseline],
  )
  // While a slider is dragged the slider goes first; the figures follow when there is time.
  const shown = useDeferredValue(held)
  return (
    <Area
      title="Money"
      page="money"
      sections={sections}
      section={section}
      className="money"
      legend={shown === null ? null : <Legend held={shown} />}
    >
      {why === '' ? null : (
        <p className="studies-stale" role="status">
          {why}
          {shown === null ? '' : ' What is shown is of the last plant that could be appraised.'}
        </p>
      )}
      {shown === null ? (
        why === '' && <p role="status">Appraising the plant.</p>
      ) : (
        <View section={section} held={shown} />
      )}
    </Area>
  )
}

const View = memo(function View({
  section,
  held,
}: {
  readonly section: Section
  readonly held: Held
}) {
  return <HeldAgainst held={held}>{views[section]()}</HeldAgainst>
})

/** In what money the page speaks, and what its changes are since. */
function Legend({ held: { now, saved, baseline } }: { readonly held: Held }) {
  const { currency, year } = now.appraisal.basis
  const isChanged = useWorkspace((w) => w.saved !== null && w.saved.text !== w.text)
  return (
    <p className="area-legend">
      Money of {year} in {currency}, estimated.{' '}
      {isChanged && saved !== null ? (
        <>
          <span className="change-mark">±</span> what changed since the saved state
        </>
      ) : isChanged ? (
        'Not as saved.'
      ) : (
        'As saved.'
      )}
      {baseline !== null && (
        <>
          {' '}
          <span className="change-mark change-pinned">◆±</span> against {baseline.name}
        </>
      )}
    </p>
  )
}
