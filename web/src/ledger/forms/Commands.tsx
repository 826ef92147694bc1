import { useMemo } from 'react'
import { navigate, useRoute, withQuery } from '../../app/router.ts'
import { useAsked } from '../asked.ts'
import { Shown } from '../parts/Shown.tsx'
import type { LedgerCommandInfo, LedgerCommandList } from '../said.ts'
import { CommandForm } from './CommandForm.tsx'
import { fieldsOf } from './schema.ts'

/** Everything that can be recorded, each as a form. */
export function Commands() {
  const asked = useAsked<LedgerCommandList>('api/ledger/commands')
  const named = useRoute().query.get('command')
  return (
    <Shown asked={asked} what="the commands">
      {({ commands, statuses }) => {
        const chosen = commands.find(({ name }) => name === named) ?? commands[0]
        return (
          <div className="ledger-beside">
            <Names commands={commands} chosen={chosen?.name ?? ''} />
            <div>
              {chosen === undefined ? null : (
                <Chosen key={chosen.name} command={chosen} all={commands} />
              )}
              <details className="ledger-raw">
                <summary>Why a command can be refused, the first that applies</summary>
                <ol className="ledger-statuses">
                  {statuses.slice(1).map((status) => (
                    <li key={status}>
                      <code>{status}</code>
                    </li>
                  ))}
                </ol>
              </details>
            </div>
          </div>
        )
      }}
    </Shown>
  )
}

function Names({
  commands,
  chosen,
}: {
  readonly commands: readonly LedgerCommandInfo[]
  readonly chosen: string
}) {
  return (
    <nav aria-label="Commands" className="ledger-names">
      {commands.map(({ name, mayI }) => (
        <a
          key={name}
          href={withQuery({ command: name })}
          aria-current={name === chosen ? 'page' : undefined}
          data-may={mayI}
        >
          {name}
        </a>
      ))}
      <label className="ledger-names-short">
        <span>Command</span>
        <select
          value={chosen}
          onChange={(event) => navigate(withQuery({ command: event.target.value }))}
        >
          {commands.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
    </nav>
  )
}

interface ChosenProps {
  readonly command: LedgerCommandInfo
  readonly all: readonly LedgerCommandInfo[]
}

function Chosen({ command, all }: ChosenProps) {
  const { query } = useRoute()
  const [lot, event] = [query.get('lot'), query.get('event')]
  const given = useMemo(() => givenTo(command, lot, event), [command, lot, event])
  const variants = useMemo(
    () =>
      new Map(
        all.map(({ name, input }) => [name, { kind: 'group' as const, fields: fieldsOf(input) }]),
      ),
    [all],
  )
  return (
    <section className="area-block" aria-labelledby="ledger-command">
      <h2 id="ledger-command">{command.name}</h2>
      <p className="area-line">{command.about}</p>
      <CommandForm command={command} given={given} variants={variants} />
      <details className="ledger-raw">
        <summary>An example of its input</summary>
        <pre tabIndex={0}>{JSON.stringify(command.example, null, 2)}</pre>
      </details>
    </section>
  )
}

/** The lot or the event that the address names, in the field of the command that asks for one. */
function givenTo({ input }: LedgerCommandInfo, lot: string | null, event: string | null): unknown {
  const names = fieldsOf(input).map(({ name }) => name)
  if (event !== null && names.includes('event')) return { event }
  if (lot === null) return undefined
  if (names.includes('lot')) return { lot }
  return names.includes('lots') ? { lots: [{ lot }] } : undefined
}
