import { useMemo, useState } from 'react'
import { Block } from '../../ui/Area.tsx'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { CommandForm } from '../forms/CommandForm.tsx'
import { commandOf, useCommands } from '../forms/commands.ts'
import { usePlaces } from '../forms/offered.ts'
import { useInfo } from '../info.ts'
import { LotLink } from '../parts/links.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { LedgerCommandList, LotPage } from '../said.ts'
import { nextCode } from './next-code.ts'

const first = [
  'lot',
  'supplier',
  'mass',
  'place',
  'product',
  'description',
  'instrument',
  'delivery',
  'sources',
  'origin',
]

/** Where lots come in: received, weighed and sampled in one go. */
export function Receive() {
  const asked = useCommands()
  const [received, setReceived] = useState<readonly string[]>([])
  const latest = received.at(-1)
  return (
    <Shown asked={asked} what="the desk">
      {(list) => (
        <>
          {latest === undefined ? null : <Further key={latest} lot={latest} list={list} />}
          <Block title={latest === undefined ? 'A lot arrives' : 'The next lot arrives'}>
            <Arrival list={list} onReceived={(lot) => setReceived([...received, lot])} />
          </Block>
          {received.length < 2 ? null : (
            <p>
              Received before:{' '}
              {received.slice(0, -1).map((lot, k) => (
                <span key={lot}>
                  {k === 0 ? '' : ', '}
                  <LotLink uri={lot} />
                </span>
              ))}
            </p>
          )}
        </>
      )}
    </Shown>
  )
}

/** Lots of the year that are looked at for the highest code. */
const looked = 200

interface ArrivalProps {
  readonly list: LedgerCommandList
  readonly onReceived: (lot: string) => void
}

function Arrival({ list, onReceived }: ArrivalProps) {
  const { now } = useInfo()
  const places = usePlaces()
  const prefix = `F-${new Date(now).getFullYear()}-`
  const { value } = useAsked<LotPage>(
    address('api/ledger/lots', { text: prefix, kind: 'feed', limit: looked }),
  )
  const code =
    value === undefined
      ? ''
      : nextCode(
          prefix,
          value.lots.map((lot) => lot.code),
        )
  const place = places?.includes('receiving') === true ? 'receiving' : ''
  const given = useMemo(() => {
    const sources = [{ class: 'post-consumer', share: '100 %' }]
    return { lot: code, place, sources, origin: [{ step: 'collected', country: 'unknown' }] }
  }, [code, place])
  const command = commandOf(list, 'receive')
  if (command === undefined || value === undefined || places === undefined) return null
  return (
    <CommandForm
      key={`${code} ${place}`}
      command={command}
      given={given}
      first={first}
      verb="Receive"
      onDone={(input) => onReceived(lotIn(input))}
    />
  )
}

const lotIn = (input: unknown): string =>
  typeof input === 'object' && input !== null && 'lot' in input ? String(input.lot) : ''

/** A code for the first sample of a lot. */
const sampleOf = (lot: string) => `S-${lot.replace(/^[A-Z]-/, '')}-1`

const steps = [
  ['weigh', 'Weigh it', ['lot', 'mass', 'gross', 'tare', 'instrument']],
  ['sample', 'Take samples', ['lot', 'samples', 'place']],
] as const

/** Takes the focus once: the form that had it begins anew. */
const focused = (section: HTMLElement | null) => section?.focus()

/** What is done with a lot that has just come in, before the next one. */
function Further({ lot, list }: { readonly lot: string; readonly list: LedgerCommandList }) {
  const hasLaboratory = usePlaces()?.includes('laboratory') === true
  const given = useMemo(() => {
    const place = hasLaboratory ? { place: 'laboratory' } : {}
    return { weigh: { lot }, sample: { lot, samples: [{ lot: sampleOf(lot) }], ...place } }
  }, [lot, hasLaboratory])
  return (
    <section
      className="ledger-received"
      aria-label={`${lot} was received`}
      tabIndex={-1}
      ref={focused}
    >
      <p role="status">
        <strong>
          Received: <LotLink uri={lot} />.
        </strong>{' '}
        Weigh and sample it now, or receive the next one.
      </p>
      <div className="ledger-columns">
        {steps.map(([name, title, fields]) => {
          const command = commandOf(list, name)
          return command === undefined ? null : (
            <Block key={name} title={title}>
              <CommandForm
                key={`${name} ${hasLaboratory}`}
                command={command}
                given={given[name]}
                first={fields}
                verb={title}
              />
            </Block>
          )
        })}
      </div>
    </section>
  )
}
