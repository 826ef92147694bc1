import { useState } from 'react'
import type { SolvedCircuit } from '../../../src/scenario/index.ts'
import { workspace } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'
import type { tasks, TransientResult } from '../engine/tasks/circuit.ts'
import { type JobSlot, jobSlot, useJob } from './parts/job.ts'
import type { CircuitPlan } from './plan.ts'
import { presentElements, usualElements } from './profile.ts'
import { firstWishes, requestOf, TimeForm, type TimeWishes } from './TimeForm.tsx'
import { TimePlayer } from './TimePlayer.tsx'

interface Kept {
  readonly job: JobSlot<TransientResult>
  wishes: TimeWishes
}

/** Tasks and forms by circuit: they stay while the person looks elsewhere. */
const kept = new Map<string, Kept>()

function keptOf(name: string): Kept {
  const found = kept.get(name) ?? { job: jobSlot<TransientResult>(), wishes: firstWishes }
  kept.set(name, found)
  return found
}

interface Props {
  readonly name: string
  readonly plant: PlantView
  readonly circuit: SolvedCircuit
  readonly plan: CircuitPlan | undefined
}

/** A circuit in time: what shall be followed, and what became of it, played. */
export function TimeView({ name, plant, circuit, plan }: Props) {
  const own = keptOf(name)
  const job = useJob(own.job)
  const [wishes, setWishes] = useState(own.wishes)
  const change = (next: TimeWishes) => {
    own.wishes = next
    setWishes(next)
  }
  const run = () => {
    const { file, text, sets } = workspace()
    const ask = requestOf(name, wishes)
    own.job.start((client, tell) =>
      client.tasks<typeof tasks>('circuit').transient({ plant: { file, text, sets }, ask }, tell),
    )
  }
  const elements = usualElements(presentElements(circuit.stages, circuit.elements))
  return (
    <div>
      <TimeForm
        {...{ plant, plan, name, elements, wishes, job }}
        onWishes={change}
        onRun={run}
        onCancel={own.job.cancel}
      />
      {job.state === 'done' && !job.answer.ok && (
        <div className="parts-problems" role="alert">
          {job.answer.problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      {job.state === 'done' && job.answer.ok && (
        <TimePlayer
          transient={job.answer.transient}
          isStale={job.answer.transient.plant !== plant.hash}
        />
      )}
    </div>
  )
}
