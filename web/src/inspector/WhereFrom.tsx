import { setLayout } from '../app/layout.ts'
import { workspace } from '../document/store.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { showPlace } from '../text/place.ts'

interface WhereFromProps {
  readonly parameter: ParameterView
  readonly bounds: string
}

const words: Readonly<Record<string, string>> = {
  source: 'Source',
  assumption: 'Assumption',
  note: 'Note',
}

/** What is known of a number: what it means, its bounds, and who says so. */
export function WhereFrom({ parameter, bounds }: WhereFromProps) {
  const { about, path, notes, isDefault, accepted, deviation } = parameter
  const units = accepted.filter((unit) => unit !== '')
  return (
    <div className="where">
      <p>{about}</p>
      <dl>
        {isDefault ? (
          <Row name="Value">default of the unit; the plant file does not state it</Row>
        ) : (
          <Row name="Value">
            stated by the plant file{' '}
            <button type="button" onClick={() => showInText(path)}>
              show it there
            </button>
          </Row>
        )}
        {deviation === undefined ? null : (
          <Row name="Uncertainty">standard deviation, in the text behind ±</Row>
        )}
        {notes.map(({ kind, text }) => (
          <Row key={kind + text} name={words[kind] ?? kind}>
            {text}
          </Row>
        ))}
        {!isDefault && notes.length === 0 ? (
          <Row name="Source">the plant file names none</Row>
        ) : null}
        {bounds === '' ? null : <Row name="Allowed">{bounds}</Row>}
        {units.length === 0 ? null : <Row name="Units">{units.slice(0, 14).join(', ')}</Row>}
        <Row name="Path">
          <code>{path}</code>
        </Row>
      </dl>
    </div>
  )
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function showInText(path: string): void {
  const place = workspace().places.get(path)
  if (place === undefined) return
  setLayout({ dock: 'text' })
  showPlace(place)
}
