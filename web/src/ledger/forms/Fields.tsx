import { useId, type ReactNode } from 'react'
import { fieldTime, timeOfField, withOffset } from '../parts/figures.ts'
import { emptyDraft, settled, wordsOf, type Draft, type Field, type Shape } from './schema.ts'

/** What is wrong with what stands at a path: `parts.0.mass`. */
export type Wrongs = ReadonlyMap<string, string>

/** Names that a field can offer, by what it asks for: of lots, places, campaigns. */
export type Offered = (about: string) => readonly string[] | undefined

interface FieldsProps {
  readonly fields: readonly Field[]
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly wrongs: Wrongs
  readonly offered: Offered
  /** Where these fields stand in the whole: `parts.0.`; empty at the top. */
  readonly path?: string
}

/** The fields of an object. Of one within another, what is seldom said waits behind a word. */
export function Fields(props: FieldsProps) {
  const { fields, wrongs, path = '' } = props
  const [early, late] = path === '' ? [fields, []] : apart(fields)
  const isWrong = late.some(({ name }) =>
    [...wrongs.keys()].some((at) => at.startsWith(path + name)),
  )
  return (
    <div className="ledger-fields">
      <InGrid {...props} fields={early} path={path} />
      {late.length === 0 ? null : (
        <details className="ledger-more ledger-wide" open={isWrong || undefined}>
          <summary>More: {late.map(({ name }) => wordsOf(name)).join(', ')}</summary>
          <div className="ledger-fields">
            <InGrid {...props} fields={late} path={path} />
          </div>
        </details>
      )}
    </div>
  )
}

/** Fields that are often filled in though they may be left out. */
const often = ['mass', 'kind', 'product', 'value', 'country', 'facility', 'share', 'time']

/** Fields to show at once, and those that can wait: only where there are more than a few. */
function apart(
  fields: readonly Field[],
): readonly [early: readonly Field[], late: readonly Field[]] {
  const isEarly = ({ name, isRequired }: Field) => isRequired || often.includes(name)
  const late = fields.filter((field) => !isEarly(field))
  return late.length < 2 ? [fields, []] : [fields.filter(isEarly), late]
}

function InGrid({ fields, draft, onChange, wrongs, offered, path = '' }: FieldsProps) {
  const of = asRecord(draft)
  const shaped = fields.map((field) => ({ ...field, shape: settled(field.shape, of) }))
  return shaped.map((field) => (
    <OneField
      key={field.name}
      field={field}
      draft={of[field.name] ?? emptyDraft(field.shape)}
      path={`${path}${field.name}`}
      wrongs={wrongs}
      offered={offered}
      onChange={(next) => onChange({ ...of, [field.name]: next })}
    />
  ))
}

const asRecord = (draft: Draft): { readonly [name: string]: Draft } =>
  typeof draft === 'object' && !Array.isArray(draft)
    ? (draft as { readonly [name: string]: Draft })
    : {}

interface OneProps {
  readonly field: Field
  readonly draft: Draft
  readonly path: string
  readonly wrongs: Wrongs
  readonly offered: Offered
  readonly onChange: (draft: Draft) => void
}

function OneField(props: OneProps) {
  const { field, draft, path, wrongs, offered, onChange } = props
  const { shape } = field
  if (shape.kind === 'group') {
    return (
      <fieldset className="ledger-group">
        <legend>
          <Name field={field} />
        </legend>
        <About field={field} wrong={wrongs.get(path)} />
        <Fields
          fields={shape.fields}
          draft={draft}
          onChange={onChange}
          wrongs={wrongs}
          offered={offered}
          path={`${path}.`}
        />
      </fieldset>
    )
  }
  if (shape.kind === 'list') return <Several {...props} item={shape.item} />
  return <Single {...props} />
}

const Name = ({ field: { name, isRequired } }: { readonly field: Field }) => (
  <>
    {wordsOf(name)}
    {isRequired ? <span className="ledger-needed"> · needed</span> : null}
  </>
)

/** What a field asks for, in so many words as help. */
function aboutOf({ name, about, shape }: Field): string {
  if (shape.kind === 'time') return 'now if left empty'
  return about === wordsOf(name) ? '' : about
}

function About({ field, wrong, id }: { field: Field; wrong: string | undefined; id?: string }) {
  const about = aboutOf(field)
  return (
    <>
      {about === '' ? null : (
        <p className="ledger-about" id={id}>
          {about}
        </p>
      )}
      {wrong === undefined ? null : <p className="ledger-wrong">{wrong}</p>}
    </>
  )
}

/** A field of one line, or of a few for a text that may be long. */
function Single({ field, draft, path, wrongs, offered, onChange }: OneProps) {
  const id = useId()
  const wrong = wrongs.get(path)
  return (
    <div className="ledger-field" data-kind={field.shape.kind} data-wrong={wrong !== undefined}>
      <label htmlFor={id}>
        <Name field={field} />
      </label>
      <Control
        id={id}
        shape={field.shape}
        asks={field.about}
        draft={draft}
        isRequired={field.isRequired}
        isWrong={wrong !== undefined}
        describedBy={aboutOf(field) === '' ? undefined : `${id}-about`}
        offered={offered}
        onChange={onChange}
      />
      <About field={field} wrong={wrong} id={`${id}-about`} />
    </div>
  )
}

interface ControlProps {
  readonly id?: string
  /** What it is called where no label stands beside it. */
  readonly label?: string
  readonly shape: Shape
  /** What is asked for, in words. */
  readonly asks: string
  readonly draft: Draft
  readonly isRequired: boolean
  readonly isWrong: boolean
  readonly describedBy?: string | undefined
  readonly offered: Offered
  readonly onChange: (draft: Draft) => void
}

function Control(props: ControlProps) {
  const { id, label, shape, draft, isRequired, isWrong, describedBy, onChange } = props
  const text = typeof draft === 'string' ? draft : ''
  const common = {
    id,
    'aria-label': label,
    'aria-invalid': isWrong,
    'aria-describedby': describedBy,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange(event.target.value),
  }
  if (shape.kind === 'flag') {
    return (
      <input
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        type="checkbox"
        checked={draft === true}
        onChange={(event) => onChange(event.target.checked)}
      />
    )
  }
  if (shape.kind === 'choice') {
    return (
      <select {...common} value={text}>
        <option value="">{isRequired ? 'choose …' : 'not said'}</option>
        {shape.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  }
  if (shape.kind === 'json' || (shape.kind === 'text' && shape.isLong)) {
    return <textarea {...common} rows={shape.kind === 'json' ? 3 : 2} value={text} />
  }
  return shape.kind === 'time' ? (
    <TimeControl {...props} />
  ) : (
    <Suggesting {...props} common={common} text={text} />
  )
}

function Suggesting({
  asks,
  shape,
  offered,
  common,
  text,
}: ControlProps & { readonly common: object; readonly text: string }) {
  const list = useId()
  const own = shape.kind === 'text' && shape.options.length > 0 ? shape.options : offered(asks)
  const offer = own ?? []
  return (
    <>
      <input
        {...common}
        list={offer.length === 0 ? undefined : list}
        inputMode={shape.kind === 'number' ? 'decimal' : undefined}
        spellCheck={false}
        autoComplete="off"
        value={text}
      />
      {offer.length === 0 ? null : (
        <datalist id={list}>
          {offer.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** A time of here; it is sent with its offset, and left out it is the present. */
function TimeControl({ id, label, draft, isWrong, describedBy, onChange }: ControlProps) {
  const ms = typeof draft === 'string' && draft !== '' ? Date.parse(draft) : Number.NaN
  return (
    <input
      id={id}
      aria-label={label}
      aria-invalid={isWrong}
      aria-describedby={describedBy}
      type="datetime-local"
      value={Number.isFinite(ms) ? fieldTime(ms) : ''}
      onChange={(event) => {
        const at = timeOfField(event.target.value)
        onChange(at === undefined ? '' : withOffset(at))
      }}
    />
  )
}

/** Several of one kind: texts one below the other, or a fieldset for each. */
function Several(props: OneProps & { readonly item: Shape }) {
  const { field, item, draft, path, wrongs, offered, onChange } = props
  const rows: readonly Draft[] = Array.isArray(draft) ? (draft as readonly Draft[]) : []
  const put = (k: number, next: Draft) => onChange(rows.map((row, i) => (i === k ? next : row)))
  const name = wordsOf(field.name)
  return (
    <fieldset className="ledger-group">
      <legend>
        <Name field={field} />
      </legend>
      <About field={field} wrong={wrongs.get(path)} />
      {rows.map((row, k) => (
        <div className="ledger-row" key={k} data-kind={item.kind}>
          <Item
            {...{ item, row, wrongs, offered }}
            label={`${name} ${k + 1}`}
            asks={field.about}
            path={`${path}.${k}`}
            onChange={(next) => put(k, next)}
          />
          <button
            type="button"
            className="button"
            onClick={() => onChange(rows.filter((_, i) => i !== k))}
          >
            Remove<span className="visually-hidden">: {`${name} ${k + 1}`}</span>
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => onChange([...rows, emptyDraft(item)])}
      >
        {rows.length === 0 ? 'Add' : 'Add another'}
        <span className="visually-hidden">: {name}</span>
      </button>
    </fieldset>
  )
}

interface ItemProps {
  readonly item: Shape
  readonly row: Draft
  readonly label: string
  readonly asks: string
  readonly path: string
  readonly wrongs: Wrongs
  readonly offered: Offered
  readonly onChange: (draft: Draft) => void
}

function Item({ item, row, label, asks, path, wrongs, offered, onChange }: ItemProps): ReactNode {
  if (item.kind === 'group') {
    const { fields } = item
    return <Fields {...{ fields, wrongs, offered, onChange }} draft={row} path={`${path}.`} />
  }
  const wrong = wrongs.get(path)
  return (
    <>
      <Control
        label={label}
        shape={item}
        asks={asks}
        draft={row}
        isRequired
        isWrong={wrong !== undefined}
        offered={offered}
        onChange={onChange}
      />
      {wrong === undefined ? null : <p className="ledger-wrong">{wrong}</p>}
    </>
  )
}
