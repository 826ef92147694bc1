import { useMemo, useRef, useState, type FormEvent } from 'react'
import type { LedgerCommandInfo } from '../said.ts'
import { Fields } from './Fields.tsx'
import { useOffered } from './offered.ts'
import { Outcome } from './Outcome.tsx'
import { useRunner, wrongsOf } from './run.ts'
import {
  draftOf,
  fieldsOf,
  valueOf,
  wordsOf,
  type Field,
  type Shape,
  type Variants,
} from './schema.ts'

interface Props {
  readonly command: LedgerCommandInfo
  /** What stands in the fields at first. */
  readonly given?: unknown
  /** Inputs of commands that this one may hold. */
  readonly variants?: Variants
  /** Fields that are asked for at once, in this order; the others wait behind a word. */
  readonly first?: readonly string[]
  /** What its button says; its name where left out. */
  readonly verb?: string
  /** Told what was sent and accepted. */
  readonly onDone?: (input: unknown) => void
}

/** A command of the ledger as a form: what would be recorded can be looked at before it is. */
export function CommandForm({ command, given, variants, first, verb, onDone }: Props) {
  const shape = useMemo<Shape>(
    () => ({ kind: 'group', fields: fieldsOf(command.input, variants) }),
    [command.input, variants],
  )
  const [draft, setDraft] = useState(() => draftOf(shape, given))
  const runner = useRunner(command.name)
  const form = useRef<HTMLFormElement>(null)
  const offered = useOffered()
  const { run } = runner
  const [early, late] = apart(shape.kind === 'group' ? shape.fields : [], first)
  const wrongs = wrongsOf(run)
  const isWrongLate = late.some(({ name }) =>
    [...wrongs.keys()].some((path) => path.startsWith(name)),
  )
  const act = async (event: FormEvent) => {
    event.preventDefault()
    const input = valueOf(shape, draft)
    if (!(await runner.act(input))) return void setTimeout(() => toWrong(form.current))
    setDraft(draftOf(shape, given))
    onDone?.(input)
  }
  const shown = (fields: readonly Field[]) => (
    <Fields
      {...{ fields, draft, wrongs, offered }}
      onChange={(next) => {
        setDraft(next)
        if (run.stage === 'preview' || run.stage === 'done') runner.forget()
      }}
    />
  )
  return (
    <form className="ledger-form" ref={form} onSubmit={(event) => void act(event)} noValidate>
      {shown(early)}
      {late.length === 0 ? null : (
        <details className="ledger-more" open={isWrongLate || undefined}>
          <summary>More: {late.map(({ name }) => wordsOf(name)).join(', ')}</summary>
          {shown(late)}
        </details>
      )}
      <div className="ledger-buttons">
        <button type="submit" className="button ledger-main" disabled={run.stage === 'waiting'}>
          {verb ?? command.name}
        </button>
        <button
          type="button"
          className="button"
          disabled={run.stage === 'waiting'}
          onClick={() => void runner.preview(valueOf(shape, draft))}
        >
          What would be recorded?
        </button>
        {command.mayI ? null : (
          <span className="area-quiet">
            Your role may not do this: {command.roles.join(', ')} may.
          </span>
        )}
      </div>
      <Outcome run={run} />
    </form>
  )
}

/** Fields of commands that are shown though they may be left out. */
const usual = ['mass', 'place', 'to', 'time', 'product', 'order', 'instead']

/** Fields that are asked for at once, and those that may wait. */
function apart(
  fields: readonly Field[],
  first: readonly string[] | undefined,
): readonly [early: readonly Field[], late: readonly Field[]] {
  if (first === undefined) {
    const isEarly = ({ name, isRequired }: Field) => isRequired || usual.includes(name)
    return [fields.filter(isEarly), fields.filter((field) => !isEarly(field))]
  }
  const early = first.flatMap((name) => fields.find((field) => field.name === name) ?? [])
  return [early, fields.filter(({ name }) => !first.includes(name))]
}

/** Goes to the first field that is refused, or to the reason. */
function toWrong(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (field) field.focus()
  else form?.querySelector('[role="alert"]')?.scrollIntoView({ block: 'nearest' })
}
