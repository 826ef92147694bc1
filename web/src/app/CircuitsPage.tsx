import { useWorkspace } from '../document/store.ts'
import type { SolvedCircuit } from '../../../src/scenario/index.ts'
import { formatWithUnit } from '../ui/format.ts'
import { readableOf } from '../ui/shown-in.ts'
import { href } from './router.ts'

function heldText({ vary, value, unit }: NonNullable<SolvedCircuit['held']>): string {
  const shown = readableOf(value, unit)
  const words = vary.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${words} ${formatWithUnit(shown.value, shown.unit)}`
}

/** Every solvent-extraction circuit of the plant, to be opened. */
export function CircuitsPage() {
  const plant = useWorkspace((w) => w.plant)
  const circuits = useWorkspace((w) => w.solution?.circuits)
  const units = plant?.units.filter(({ sections }) => sections !== undefined) ?? []
  if (units.length === 0) {
    return <p className="app-empty">This plant has no solvent-extraction circuit.</p>
  }
  return (
    <div className="app-page">
      <h2>Circuits</h2>
      <div className="app-table" role="region" aria-label="Circuits" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Circuit</th>
              <th scope="col">Sections</th>
              <th scope="col" className="app-number">
                Stages
              </th>
              <th scope="col">Extractant</th>
              <th scope="col">Held by</th>
            </tr>
          </thead>
          <tbody>
            {units.map(({ name, sections = [] }) => {
              const solved = circuits?.[name]
              const held = solved?.held
              return (
                <tr key={name}>
                  <th scope="row">
                    <a href={href('circuit', name, { unit: name })}>{name}</a>
                  </th>
                  <td>{sections.map((s) => `${s.name} ${s.stages}`).join(', ')}</td>
                  <td className="app-number">{sections.reduce((sum, s) => sum + s.stages, 0)}</td>
                  <td>{solved?.extractant ?? ''}</td>
                  <td>{held === undefined ? '' : heldText(held)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </div>
  )
}
