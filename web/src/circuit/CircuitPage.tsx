import { useEffect, useState } from 'react'
import { href, navigate, useRoute, withQuery } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { Solution } from '../../../src/scenario/index.ts'
import './circuit.css'
import { type CircuitTab, CircuitView, tabOf } from './CircuitView.tsx'
import { firstLook, type ProfileLook } from './ProfileView.tsx'
import { stepStages } from './SettingsPanel.tsx'
import { TimeView } from './TimeView.tsx'
import { usePlan } from './usePlan.ts'

/** Keys of the page belong to it only while nobody writes into a field. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(range|checkbox|button)$/.test(target.type))

function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = keys[event.key]
      if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target)) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [keys])
}

/** The circuits of the plant, to choose one. */
function CircuitList({ solution }: { readonly solution: Solution }) {
  const circuits = Object.entries(solution.circuits)
  if (circuits.length === 0) return <p className="circuit-empty">This plant has no circuit.</p>
  return (
    <div className="circuit">
      <h2>Circuits</h2>
      <ul className="circuit-list">
        {circuits.map(([name, circuit]) => (
          <li key={name}>
            <a href={href('circuit', name)}>{name}</a>{' '}
            <span className="circuit-quiet">
              {circuit.stages.length} stages with {circuit.extractant}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The address says which tab is open, so that each is a link. */
const showTab = (tab: CircuitTab) =>
  navigate(withQuery({ tab: tab === 'profiles' ? null : tab }), true)

/** The circuit that the address names, opened. */
export function CircuitPage() {
  const { name, query } = useRoute()
  const plant = useWorkspace((w) => w.plant)
  const solution = useWorkspace((w) => w.solution)
  const saved = useWorkspace((w) => w.saved?.solution ?? null)
  const savedPlant = useWorkspace((w) => w.saved?.plant ?? null)
  const baseline = useWorkspace((w) => w.baseline)
  const plan = usePlan(plant, name)
  const [look, setLook] = useState<ProfileLook>(firstLook)
  const circuit = solution?.circuits[name]
  const step = (by: number) => {
    const section = circuit?.stages[Math.min(look.stage, circuit.stages.length) - 1]?.section
    if (plant === null || plan === undefined || section === undefined) return
    stepStages(plant, plan, section, by)
  }
  const scale = () => setLook({ ...look, scale: look.scale === 'log' ? 'linear' : 'log' })
  useKeys({ '[': () => step(-1), ']': () => step(1), l: scale, L: scale })
  if (plant === null || solution === null)
    return <p className="circuit-empty">The circuit appears when the plant has been solved.</p>
  if (name === '') return <CircuitList solution={solution} />
  if (circuit === undefined)
    return (
      <div className="circuit">
        <p className="circuit-empty">The plant has no circuit called {name}.</p>
        <CircuitList solution={solution} />
      </div>
    )
  return (
    <CircuitView
      key={name}
      name={name}
      plant={plant}
      solution={solution}
      circuit={circuit}
      plan={plan}
      saved={saved}
      savedPlant={savedPlant}
      baseline={baseline}
      look={look}
      onLook={setLook}
      tab={tabOf(query.get('tab'))}
      onTab={showTab}
      time={<TimeView name={name} plant={plant} circuit={circuit} plan={plan} />}
    />
  )
}
