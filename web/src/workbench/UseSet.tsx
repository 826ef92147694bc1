import { useState } from 'react'
import type { Fit } from '../../../src/scenario/index.ts'
import { download } from '../circuit/chart/export.ts'
import { setText, useWorkspace, workspace } from '../document/store.ts'
import { store } from '../document/state.ts'
import { engine } from '../engine/client.ts'
import type { PlantView } from '../engine/protocol.ts'
import type { tasks } from '../engine/tasks/workbench.ts'
import { CheckField, TextField } from './Field.tsx'

interface Props {
  readonly set: Fit['set']
  readonly plant: PlantView | null
}

const workbench = () => engine().tasks<typeof tasks>('workbench')

/** A name that a plant file can have for a set, and that no other set beside it has. */
function freeName(wanted: string, sets: Readonly<Record<string, string>>): string {
  let [name, number] = [wanted, 2]
  while (Object.hasOwn(sets, `./${name}.yaml`)) name = `${wanted}-${number++}`
  return name
}

/** Puts the set beside the plant, and names it in its circuits. Answers what came of it. */
async function useIt(set: Fit['set'], name: string, circuits: readonly string[]): Promise<string> {
  if (!/^[A-Za-z][\w-]*$/.test(name)) return 'A name is a letter, then letters, digits and dashes.'
  const { text, sets } = workspace()
  const free = freeName(name, sets)
  const path = `./${free}.yaml`
  const content = await workbench().setText({ set, file: path })
  const next = await workbench().useSet({ text, name: free, path, circuits })
  if (next === undefined) return `The plant cannot name a set ${free}: another name may do.`
  if (workspace().text !== text) return 'The plant was edited meanwhile: try again.'
  store.setState({ sets: { ...sets, [path]: content } })
  setText(next)
  return `${circuits.join(', ')} ${circuits.length === 1 ? 'uses' : 'use'} ${free} now. Keep ${free}.yaml beside the plant file.`
}

/** What may be done with the constants: a file, or the plant in hand. */
export function UseSet({ set, plant }: Props) {
  const circuits = (plant?.units ?? []).filter((u) => u.sections !== undefined).map((u) => u.name)
  const [name, setName] = useState('our-fit')
  const [chosen, setChosen] = useState<readonly string[]>(circuits.slice(0, 1))
  const [said, setSaid] = useState('')
  const state = useWorkspace((w) => w.state)
  const detail = useWorkspace((w) => w.failure?.detail ?? w.findings[0]?.message ?? '')
  const toggle = (circuit: string) =>
    setChosen(chosen.includes(circuit) ? chosen.filter((c) => c !== circuit) : [...chosen, circuit])
  const save = async () => {
    const file = `${name === '' ? 'set' : name}.yaml`
    download(file, await workbench().setText({ set, file }), 'application/yaml')
  }
  const isTroubled = said !== '' && (state === 'infeasible' || state === 'refused')
  return (
    <section className="workbench-use" aria-label="Use the result">
      <TextField label="name of the set" value={name} onChange={setName} />
      {circuits.length > 0 && (
        <fieldset className="workbench-set">
          <legend>used by</legend>
          {circuits.map((circuit) => (
            <CheckField
              key={circuit}
              label={circuit}
              checked={chosen.includes(circuit)}
              onChange={() => toggle(circuit)}
            />
          ))}
        </fieldset>
      )}
      <button
        type="button"
        className="parts-button parts-button-main"
        disabled={chosen.length === 0}
        onClick={() => void useIt(set, name.trim(), chosen).then(setSaid)}
      >
        Use the result in the plant
      </button>
      <button type="button" className="parts-button" onClick={() => void save()}>
        Download the set
      </button>
      <p role="status" className="circuit-hint">
        {said}
        {isTroubled &&
          ` The plant has no solution with it: ${detail}. Undo, or fit again with constants of another set for what was not measured.`}
        {said !== '' && state === 'solved' && ' The plant is solved with it.'}
      </p>
    </section>
  )
}
