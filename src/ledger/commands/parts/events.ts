/** Events of commands: the fields that all have, and the ledger's own beside EPCIS's words. */
import { encode } from '../../coded.ts'
import type { Ilmd, Json, QuantityElement, SensorElement } from '../../epcis/event.ts'
import { timeText } from '../../epcis/time.ts'
import type { LotMaster } from '../../lot.ts'
import { kilograms } from '../../mass.ts'
import { type Case, partyOf } from './case.ts'
import { sourceShares } from './fields.ts'
import type { Taken, Weighed } from './take.ts'

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** A record without the fields that are undefined. */
export function present<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Defined<T>
}

type Own = { readonly [field: `didymium:${string}`]: Json }

/** Fields of the ledger's own on an event or a report. */
export const own = (fields: object): Own => encode(fields) as unknown as Own

/** What every event of a command says. */
export function eventBase(c: Case) {
  return {
    eventTime: timeText(c.time, c.offset),
    eventTimeZoneOffset: c.offset,
    ...own({ command: c.name, note: c.note }),
  }
}

/** A mass of a lot as events carry it. */
export const quantity = (lot: string, mg: number): QuantityElement => ({
  epcClass: lot,
  quantity: kilograms(mg),
  uom: 'KGM',
})

/** The mass of what was taken: left open where all is meant, so that it stays all. */
export const openQuantity = (taken: Taken): QuantityElement =>
  taken.isAll ? { epcClass: taken.uri } : quantity(taken.uri, taken.mg)

/** How masses were weighed, by lot; nothing where nobody has said. */
export function weighings(
  lines: readonly { readonly uri: string; readonly weighed?: Weighed | undefined }[],
): Own {
  const said = lines.flatMap(({ uri, weighed }) => {
    if (weighed === undefined) return []
    const { u, k, instrument } = weighed
    return u === undefined && instrument === undefined ? [] : [{ lot: uri, u, k, instrument }]
  })
  return said.length === 0 ? {} : own({ weighings: said })
}

/** A reading of a balance. */
export function massReading(found: Weighed): readonly SensorElement[] {
  const { mg, u, k = 2 } = found
  const spread = u === undefined ? {} : { sDev: kilograms(u / k) }
  return [{ sensorReport: [{ type: 'Mass', value: kilograms(mg), uom: 'KGM', ...spread }] }]
}

interface AboutLot {
  readonly product?: string | undefined
  readonly grade?: string | undefined
  readonly description?: string | undefined
  readonly owner?: string | undefined
  readonly supplier?: string | undefined
  readonly sources?: Parameters<typeof sourceShares>[0] | undefined
  readonly origin?:
    | readonly {
        readonly step: string
        readonly country: string
        readonly facility?: string | undefined
        readonly operator?: string | undefined
        readonly owner?: string | undefined
      }[]
    | undefined
  readonly custody?: LotMaster['custody'] | undefined
}

type SaidOfLot = Omit<LotMaster, 'uri' | 'code' | 'kind' | 'sampleOf'>

/** What an input says of a new lot, as its master data. */
export function saidOf(c: Case, about: AboutLot): SaidOfLot {
  const { product, grade, description, owner, supplier, sources, origin, custody } = about
  return present({
    product,
    grade,
    description,
    owner: owner === undefined ? undefined : partyOf(c, owner),
    supplier: supplier === undefined ? undefined : partyOf(c, supplier),
    sources: sources === undefined ? undefined : sourceShares(sources),
    origin: origin?.map((step) => present(step)),
    custody,
  }) as SaidOfLot
}

/** Master data of one lot, in an event whose only lot it is. */
export function ilmdOf({ uri: _, ...master }: LotMaster): Ilmd {
  return own({ lot: master })
}

/** Master data of lots that come out of a transformation. */
export const ilmdOfAll = (masters: readonly LotMaster[]): Ilmd => own({ lots: masters })

const locationType = 'location'

/** Where things were before. */
export const fromPlace = (place: string) => [{ type: locationType, source: place }]

/** Where each lot was taken from, when they were not all at one place. */
export function fromPlaces(taken: readonly Taken[]): Own {
  const places = new Set(taken.map(({ place }) => place))
  if (places.size < 2) return {}
  return own({ from: taken.map(({ uri, place }) => ({ lot: uri, place })) })
}
