import { lazy, memo, Suspense, useDeferredValue, useMemo, type ReactNode } from 'react'
import { useRoute } from '../app/router.ts'
import { useWorkspace, type Workspace } from '../document/store.ts'
import { ElementBalances, SolverFacts, UnitGaps } from './Balances.tsx'
import { Area, Block } from '../ui/Area.tsx'
import { Compared, type Comparison } from './comparison.tsx'
import { HeldCircuits, Limits, Specifications } from './Conditions.tsx'
import { EquipmentList, Reagents, UnitDuties } from './Consumption.tsx'
import { Impurities, Products, Recoveries } from './Products.tsx'
import { Assumptions, Warnings } from './Warnings.tsx'
import './results.css'

// Tables with many columns and studies are loaded when they are looked at.
const StreamTable = lazy(async () => ({
  default: (await import('./streams/StreamTable.tsx')).StreamTable,
}))
const SensitivityStudy = lazy(async () => ({
  default: (await import('./studies/SensitivityStudy.tsx')).SensitivityStudy,
}))
const UncertaintyStudy = lazy(async () => ({
  default: (await import('./studies/UncertaintyStudy.tsx')).UncertaintyStudy,
}))
const OptimumStudy = lazy(async () => ({
  default: (await import('./studies/OptimumStudy.tsx')).OptimumStudy,
}))

const sections = [
  ['products', 'Products'],
  ['streams', 'Streams'],
  ['balances', 'Balances'],
  ['consumption', 'Reagents and duties'],
  ['equipment', 'Equipment'],
  ['warnings', 'Warnings'],
  ['sensitivity', 'Sensitivity'],
  ['uncertainty', 'Uncertainty'],
  ['optimum', 'Optimum'],
] as const
type Section = (typeof sections)[number][0]

const views: Readonly<Record<Section, () => ReactNode>> = {
  products: () => (
    <>
      <Block title="Products against their specification">
        <Products />
      </Block>
      <Block title="Recovery in products">
        <Recoveries />
      </Block>
      <Block title="Impurities">
        <Impurities />
      </Block>
      <Block title="Limits">
        <Limits />
      </Block>
      <Block title="Specifications">
        <Specifications />
        <HeldCircuits />
      </Block>
    </>
  ),
  streams: () => <StreamTable />,
  balances: () => (
    <>
      <Block title="How the solution closes">
        <SolverFacts />
      </Block>
      <div className="results-side">
        <Block title="Elements over the plant">
          <ElementBalances />
        </Block>
        <Block title="Worst gap of each unit">
          <UnitGaps />
        </Block>
      </div>
    </>
  ),
  consumption: () => (
    <>
      <Block title="Reagents">
        <Reagents />
      </Block>
      <Block title="Heat and electricity">
        <UnitDuties />
      </Block>
    </>
  ),
  equipment: () => (
    <Block title="Equipment that the flows imply">
      <EquipmentList />
    </Block>
  ),
  warnings: () => (
    <>
      <Block title="Warnings, the worst first">
        <Warnings />
      </Block>
      <Block title="Assumptions of the plant file">
        <Assumptions />
      </Block>
    </>
  ),
  sensitivity: () => <SensitivityStudy />,
  uncertainty: () => <UncertaintyStudy />,
  optimum: () => <OptimumStudy />,
}

const isSection = (name: string): name is Section => sections.some(([id]) => id === name)

/** All results of the plant, a section at a time; the section stands in the address. */
export function ResultsPage() {
  const { name } = useRoute()
  const section = isSection(name) ? name : 'products'
  // While a slider is dragged what is dragged goes first; the results follow when there is time.
  const comparison = useDeferredValue(useCompared())
  return (
    <Area
      title="Results"
      page="results"
      sections={sections}
      section={section}
      legend={comparison !== null && <Legend comparison={comparison} />}
    >
      {comparison === null ? <Empty /> : <View section={section} comparison={comparison} />}
    </Area>
  )
}

function Empty() {
  const state = useWorkspace((w) => w.state)
  return <Waiting state={state} />
}

const View = memo(function View({
  section,
  comparison,
}: {
  readonly section: Section
  readonly comparison: Comparison
}) {
  return (
    <Compared comparison={comparison}>
      <Suspense fallback={<p>Loading.</p>}>{views[section]()}</Suspense>
    </Compared>
  )
})

/** The solution in hand with what it is held against; null before there is any. */
export function useCompared(): Comparison | null {
  const now = useWorkspace((w) => w.solution)
  const saved = useWorkspace((w) => w.saved?.solution ?? null)
  const baseline = useWorkspace((w) => w.baseline)
  return useMemo(() => (now === null ? null : { now, saved, baseline }), [now, saved, baseline])
}

/** Why there are no results yet, and what would bring them. */
export function Waiting({ state }: { readonly state: Workspace['state'] }) {
  if (state === 'solving') return <p role="status">Solving the plant.</p>
  if (state === 'infeasible') {
    return <p>The plant has no solution yet, so there is nothing to show. Its page says why.</p>
  }
  return <p>The plant file cannot be read yet, so there is nothing to show. Its text says why.</p>
}

function Legend({ comparison: { now, saved, baseline } }: { readonly comparison: Comparison }) {
  const isChanged = saved !== null && saved !== now
  return (
    <p className="area-legend">
      {isChanged ? (
        <>
          <span className="change-mark">±</span> what changed since the saved state
        </>
      ) : (
        'As saved.'
      )}
      {baseline !== null && (
        <>
          {isChanged ? ', ' : ' '}
          <span className="change-mark change-pinned">◆±</span> against {baseline.name}
        </>
      )}
    </p>
  )
}
