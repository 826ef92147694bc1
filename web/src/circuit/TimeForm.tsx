import { useId, useState } from 'react'
import type { PlantView } from '../engine/protocol.ts'
import type { Job } from './parts/job.ts'
import { JobBar } from './parts/JobBar.tsx'
import type { CircuitPlan } from './plan.ts'
import type { TransientRequest } from '../../../src/scenario/index.ts'

/** What the form holds, as it is written. */
export interface TimeWishes {
  readonly start: TransientRequest['start']
  readonly refluxTime: string
  readonly compare: boolean
  readonly days: string
  readonly changes: readonly string[]
  readonly floors: readonly string[]
}

export const firstWishes: TimeWishes = {
  start: 'direct',
  refluxTime: '',
  compare: false,
  days: '30 d',
  changes: [],
  floors: [],
}

/** The wishes as the engine takes them; blank lines say nothing. */
export function requestOf(circuit: string, wishes: TimeWishes): TransientRequest {
  const { start, refluxTime, compare, days, changes, floors } = wishes
  const filled = (lines: readonly string[]) => lines.map((l) => l.trim()).filter((l) => l !== '')
  return {
    circuit,
    start,
    ...(start === 'total-reflux' && refluxTime.trim() !== ''
      ? { refluxTime: refluxTime.trim() }
      : {}),
    compare: compare && start !== 'steady',
    until: days.trim(),
    frames: 121,
    tolerance: 3e-3,
    changes: filled(changes),
    floors: filled(floors),
  }
}

interface Props {
  readonly plant: PlantView
  readonly plan: CircuitPlan | undefined
  readonly name: string
  readonly elements: readonly string[]
  readonly wishes: TimeWishes
  readonly onWishes: (wishes: TimeWishes) => void
  readonly job: Job<unknown>
  readonly onRun: () => void
  readonly onCancel: () => void
}

/** A change of a parameter at a moment, put together from a list. */
function ChangeMaker(props: Pick<Props, 'plant' | 'plan' | 'name' | 'wishes' | 'onWishes'>) {
  const { plant, plan, name, wishes, onWishes } = props
  const own = useId()
  const brings = new Set(
    plant.units.filter((u) => u.role === 'feed' || u.role === 'reagent').map((u) => u.name),
  )
  // Stages cannot come and go while it runs.
  const known = plant.parameters.filter((p) => !p.whole && (p.unit === name || brings.has(p.unit)))
  // A flow that is held follows its target: the target is what can be moved.
  const usual = plan?.hold?.vary === 'organicFlow' ? 'hold.target' : 'organicFlow'
  const first = known.find((p) => p.path === `${name}.${usual}`) ?? known[0]
  const [wanted, setWanted] = useState<string>()
  const path = wanted ?? first?.path ?? ''
  const chosen = known.find((p) => p.path === path)
  const [typed, setTyped] = useState<string>()
  const value = typed ?? chosen?.text ?? ''
  const [at, setAt] = useState('1 d')
  const add = () =>
    onWishes({
      ...wishes,
      changes: [...wishes.changes, `${path} = ${value.trim()} @ ${at.trim()}`],
    })
  return (
    <div className="parts-fields">
      <div className="parts-field">
        <label htmlFor={`${own}-path`}>change of</label>
        <select
          id={`${own}-path`}
          value={path}
          onChange={(event) => {
            setWanted(event.target.value)
            setTyped(undefined)
          }}
        >
          {known.map((p) => (
            <option key={p.path} value={p.path}>
              {p.path}
            </option>
          ))}
        </select>
      </div>
      <div className="parts-field">
        <label htmlFor={`${own}-value`}>to</label>
        <input
          id={`${own}-value`}
          size={12}
          value={value}
          title={chosen?.about}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="parts-field">
        <label htmlFor={`${own}-at`}>at</label>
        <input
          id={`${own}-at`}
          size={6}
          value={at}
          onChange={(event) => setAt(event.target.value)}
        />
      </div>
      <button type="button" className="parts-button" onClick={add} disabled={value.trim() === ''}>
        Add change
      </button>
    </div>
  )
}

/** A purity that an outlet shall have: what leaves below it is off specification. */
function FloorMaker(props: Pick<Props, 'plan' | 'elements' | 'wishes' | 'onWishes'>) {
  const { plan, elements, wishes, onWishes } = props
  const own = useId()
  const outlets = [...(plan?.outlets ?? []), ...(plan?.draws ?? [])].map((o) => o.name)
  // What the plan names comes a moment later than the form.
  const [wanted, setWanted] = useState<string>()
  const outlet = wanted ?? outlets.at(-1) ?? ''
  const [symbols, setSymbols] = useState(elements[0] ?? '')
  const [purity, setPurity] = useState('99 %')
  const add = () =>
    onWishes({ ...wishes, floors: [...wishes.floors, `${outlet} ${symbols} >= ${purity}`] })
  return (
    <div className="parts-fields">
      <div className="parts-field">
        <label htmlFor={`${own}-outlet`}>purity asked of</label>
        <select
          id={`${own}-outlet`}
          value={outlet}
          onChange={(event) => setWanted(event.target.value)}
        >
          {outlets.map((o) => (
            <option key={o}>{o}</option>
          ))}
        </select>
      </div>
      <div className="parts-field">
        <label htmlFor={`${own}-elements`}>elements</label>
        <input
          id={`${own}-elements`}
          size={10}
          value={symbols}
          onChange={(event) => setSymbols(event.target.value)}
        />
      </div>
      <div className="parts-field">
        <label htmlFor={`${own}-purity`}>at least</label>
        <input
          id={`${own}-purity`}
          size={8}
          value={purity}
          onChange={(event) => setPurity(event.target.value)}
        />
      </div>
      <button type="button" className="parts-button" onClick={add} disabled={outlet === ''}>
        Add purity
      </button>
    </div>
  )
}

/** Lines that were added, each with its way out. */
function Added(props: { lines: readonly string[]; what: string; onDrop: (k: number) => void }) {
  const { lines, what, onDrop } = props
  if (lines.length === 0) return null
  return (
    <ul className="circuit-added" aria-label={what}>
      {lines.map((line, k) => (
        <li key={`${line} ${k}`}>
          <code>{line}</code>
          <button
            type="button"
            className="parts-quiet"
            aria-label={`Drop ${line}`}
            onClick={() => onDrop(k)}
          >
            drop
          </button>
        </li>
      ))}
    </ul>
  )
}

const without = (lines: readonly string[], k: number) => lines.filter((_, j) => j !== k)

/** Where it starts from, and how long it is followed. */
function Beginning({ wishes, onWishes }: Pick<Props, 'wishes' | 'onWishes'>) {
  const own = useId()
  const set = (more: Partial<TimeWishes>) => onWishes({ ...wishes, ...more })
  return (
    <div className="parts-fields">
      <div className="parts-field">
        <label htmlFor={`${own}-start`}>start</label>
        <select
          id={`${own}-start`}
          value={wishes.start}
          onChange={(event) => set({ start: event.target.value as TimeWishes['start'] })}
        >
          <option value="direct">from empty</option>
          <option value="total-reflux">from empty, total reflux first</option>
          <option value="steady">from the steady state</option>
        </select>
      </div>
      {wishes.start === 'total-reflux' && (
        <div className="parts-field">
          <label htmlFor={`${own}-reflux`}>closed for (blank: until pure)</label>
          <input
            id={`${own}-reflux`}
            size={10}
            value={wishes.refluxTime}
            placeholder="12 h"
            onChange={(event) => set({ refluxTime: event.target.value })}
          />
        </div>
      )}
      <div className="parts-field">
        <label htmlFor={`${own}-until`}>for</label>
        <input
          id={`${own}-until`}
          size={8}
          value={wishes.days}
          onChange={(event) => set({ days: event.target.value })}
        />
      </div>
      {wishes.start !== 'steady' && (
        <label className="parts-check">
          <input
            type="checkbox"
            checked={wishes.compare}
            onChange={() => set({ compare: !wishes.compare })}
          />
          compare both ways to start
        </label>
      )}
    </div>
  )
}

/** What shall be followed in time: from where, for how long, with which changes. */
export function TimeForm(props: Props) {
  const { wishes, onWishes, job, onRun, onCancel } = props
  const set = (more: Partial<TimeWishes>) => onWishes({ ...wishes, ...more })
  return (
    <form
      className="circuit-form"
      aria-label="What is followed in time"
      onSubmit={(event) => {
        event.preventDefault()
        onRun()
      }}
    >
      <Beginning {...props} />
      <ChangeMaker {...props} />
      <Added
        what="Changes"
        lines={wishes.changes}
        onDrop={(k) => set({ changes: without(wishes.changes, k) })}
      />
      <FloorMaker {...props} />
      <Added
        what="Purities asked for"
        lines={wishes.floors}
        onDrop={(k) => set({ floors: without(wishes.floors, k) })}
      />
      <JobBar job={job} action="Follow it in time" onCancel={onCancel} />
    </form>
  )
}
