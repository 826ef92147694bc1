import { useDeferredValue } from 'react'
import type { Solution, SolvedCircuit } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import { formatNumber, formatWithUnit } from '../ui/format.ts'
import { Tabs } from '../ui/Tabs.tsx'
import './circuit.css'
import { McCabeView } from './McCabeView.tsx'
import { Destinations, ProductsBelow } from './Outcomes.tsx'
import type { CircuitPlan } from './plan.ts'
import { type ProfileLook, ProfileView } from './ProfileView.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { StageTable } from './StageTable.tsx'

const tabs = [
  { id: 'profiles', title: 'Profiles' },
  { id: 'mccabe', title: 'McCabe–Thiele' },
  { id: 'stages', title: 'Stages' },
  { id: 'time', title: 'In time' },
] as const

export type CircuitTab = (typeof tabs)[number]['id']

/** The tab that a word of the address means. */
export const tabOf = (word: string | null): CircuitTab =>
  tabs.find(({ id }) => id === word)?.id ?? 'profiles'

interface Props {
  readonly name: string
  readonly plant: PlantView
  readonly solution: Solution
  readonly circuit: SolvedCircuit
  readonly plan: CircuitPlan | undefined
  readonly saved: Solution | null
  /** The plant as it was saved, to mark what was moved since. */
  readonly savedPlant: PlantView | null
  readonly baseline: { readonly name: string; readonly solution: Solution } | null
  readonly look: ProfileLook
  readonly onLook: (look: ProfileLook) => void
  readonly tab: CircuitTab
  readonly onTab: (tab: CircuitTab) => void
  /** The circuit in time: it keeps a worker of its own. */
  readonly time: React.ReactNode
}

/** What a controller holds, in its own unit of flow. */
function heldText({ held }: SolvedCircuit): string {
  if (held === undefined) return ''
  const value =
    held.unit === 'm3/s' ? formatWithUnit(3.6e6 * held.value, 'L/h') : formatNumber(held.value)
  return `; ${words[held.vary] ?? held.vary} held at ${value}`
}

/** Organic over aqueous of each section, at its first stage. */
function ratiosText({ stages }: SolvedCircuit): string {
  const firsts = stages.filter((s, k) => stages[k - 1]?.section !== s.section)
  return firsts
    .map((s) => `${formatNumber(s.organicFlow / s.aqueousFlow, 3)} in ${s.section}`)
    .join(', ')
}

const words: Readonly<Record<string, string>> = {
  organicFlow: 'organic flow',
  scrubFlow: 'scrub flow',
  stripFlow: 'strip flow',
}

/** An opened circuit: what it does, stage by stage, and what can be moved. */
export function CircuitView(props: Props) {
  const { name, plant, solution, circuit, plan, saved, savedPlant, baseline } = props
  const { look, onLook, tab, onTab, time } = props
  // Read while the eye is on the charts: it may come a moment later than they do.
  const later = useDeferredValue(solution)
  const section = circuit.stages[Math.min(look.stage, circuit.stages.length) - 1]?.section ?? ''
  return (
    <div className="circuit">
      <header className="circuit-head">
        <h2>{name}</h2>
        <p className="circuit-quiet">
          {circuit.stages.length} stages with {circuit.extractant}
          {heldText(circuit)}; O:A {ratiosText(circuit)}
        </p>
      </header>
      <div className="circuit-columns">
        <div className="circuit-main">
          <Tabs label={`Views of ${name}`} tabs={tabs} chosen={tab} onChoose={onTab}>
            {tab === 'profiles' && (
              <ProfileView name={name} circuit={circuit} plan={plan} look={look} onLook={onLook} />
            )}
            {tab === 'mccabe' && <McCabeView name={name} circuit={circuit} plan={plan} />}
            {tab === 'stages' && <StageTable name={name} circuit={circuit} />}
            {tab === 'time' && time}
          </Tabs>
        </div>
        <aside className="circuit-side" aria-label={`Settings and results of ${name}`}>
          <ProductsBelow name={name} solution={later} saved={saved} baseline={baseline} />
          {plan !== undefined && (
            <SettingsPanel plant={plant} plan={plan} section={section} saved={savedPlant} />
          )}
          <Destinations name={name} solution={later} saved={saved} baseline={baseline} />
        </aside>
      </div>
    </div>
  )
}
