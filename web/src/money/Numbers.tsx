import { useState, type ReactNode } from 'react'
import { setText, useWorkspace, workspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { QuantityField } from '../inspector/QuantityField.tsx'
import { useHeld } from './held.tsx'
import { grouped, isOf, pathOf } from './numbers.ts'

/** Results with the numbers that they rest on beside them. */
export function Beside({
  sections,
  title,
  isFirst = false,
  children,
}: {
  readonly sections: readonly string[]
  readonly title: string
  /** Where there is no room beside: the numbers before the results. */
  readonly isFirst?: boolean
  readonly children: ReactNode
}) {
  return (
    <div className={isFirst ? 'money-beside money-beside-first' : 'money-beside'}>
      <div>{children}</div>
      <Numbers sections={sections} title={title} />
    </div>
  )
}

/** The numbers of the plant file that a page of money rests on, edited where they are read. */
function Numbers({
  sections,
  title,
}: {
  /** Parts of `economics` in the plant file: `sales`, `finance`. */
  readonly sections: readonly string[]
  readonly title: string
}) {
  const plant = useWorkspace((w) => w.plant)
  const savedPlant = useWorkspace((w) => w.saved?.plant ?? null)
  if (plant === null) return null
  const own = plant.parameters.filter(({ path }) => isOf(path, sections))
  const stated = own.filter(({ isDefault }) => !isDefault)
  const defaults = own.filter(({ isDefault }) => isDefault)
  const saved = new Map(savedPlant?.parameters.map((parameter) => [parameter.path, parameter]))
  const field = (parameter: ParameterView) => (
    <QuantityField
      key={parameter.path}
      parameter={parameter}
      saved={saved.get(parameter.path)}
      operatingHours={plant.operatingHours}
    />
  )
  const groups = (of: readonly ParameterView[]) =>
    grouped(of).map(([group, fields]) => (
      <fieldset key={group} className="field-group">
        {group === '' ? null : <legend>{group}</legend>}
        {fields.map(field)}
      </fieldset>
    ))
  return (
    <aside className="money-numbers inspector-body" aria-label={title}>
      <h2>{title}</h2>
      {stated.length === 0 ? <p>The plant file states none of them.</p> : groups(stated)}
      {defaults.length === 0 ? null : (
        <details>
          <summary>{defaults.length} more, by default</summary>
          {groups(defaults)}
        </details>
      )}
      <FromData sections={sections} />
    </aside>
  )
}

/** The number of a default as it would be written: `54 USD/kg`, `25 %`; undefined for a name. */
function numberIn(value: string): string | undefined {
  const [, number, rest = ''] = /^([+-]?[\d.]+(?:\s[^\s:]+)?)(:.*)?$/.exec(value) ?? []
  // The price of a solution is not that of the substance in it.
  return /\bof \d/.test(rest) ? undefined : number
}

/** Numbers that were taken from the data: each can be written into the plant file, then edited. */
function FromData({ sections }: { readonly sections: readonly string[] }) {
  const { defaults } = useHeld().now.appraisal
  const [trouble, setTrouble] = useState('')
  const own = defaults.filter(({ path }) => isOf(path, sections))
  if (own.length === 0) return null
  const state = async (path: string, value: string) => {
    const { text } = workspace()
    const after = await engine().write(text, pathOf(path), value)
    if (after === undefined) setTrouble(`The plant file has no place for ${path}.`)
    else if (workspace().text === text) setText(after)
  }
  return (
    <>
      <h3>From the data</h3>
      <p className="field-hint" role="status">
        {trouble}
      </p>
      <ul className="area-plain">
        {own.map(({ path, value, source }) => {
          const number = numberIn(value)
          return (
            <li key={path} className="money-default">
              <span>{path.replace(/^economics\.[^.]*\./, '')}</span>
              <span>{value}</span>
              {number === undefined ? null : (
                <button type="button" className="button" onClick={() => void state(path, number)}>
                  State it
                  <span className="visually-hidden">: {path}, in the plant file</span>
                </button>
              )}
              <span className="area-quiet">{source}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
