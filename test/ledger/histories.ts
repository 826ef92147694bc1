/** Events as the commands write them, in few words, for tests of what is computed from events. */
import {
  type Claim,
  encode,
  type EpcisEvent,
  type Ledger,
  ledgerContext,
  type LotKind,
  type LotMaster,
  newRecord,
  timeText,
} from '../../src/ledger/index.ts'

export const place = (code: string) => `https://recycler.example/id/place/${code}`
export const lot = (code: string) => `https://recycler.example/id/lot/${code}`
export const campaign = (code: string) => `https://recycler.example/id/campaign/${code}`

/** Day of 2026, from 0, as ms. */
export const day = (number: number) => Date.UTC(2026, 0, 1) + number * 86_400_000

export interface Amount {
  readonly lot: string
  readonly mg: number
}

const own = (fields: object) => encode(fields) as unknown as Record<`didymium:${string}`, never>

const base = (time: number, command: string) => ({
  eventTime: timeText(time, '+00:00'),
  eventTimeZoneOffset: '+00:00',
  ...own({ command }),
})

const quantities = (amounts: readonly Amount[]) =>
  amounts.map((one) => ({ epcClass: one.lot, quantity: one.mg / 1e6, uom: 'KGM' }))

type About = Partial<Omit<LotMaster, 'uri' | 'code'>>

const masterOf = (uri: string, kind: LotKind, about: About) => ({
  code: uri.slice(uri.lastIndexOf('/') + 1),
  kind,
  ...about,
})

export const receive = (time: number, { lot: uri, mg }: Amount, at: string, about: About = {}) =>
  ({
    type: 'ObjectEvent',
    action: 'ADD',
    ...base(time, 'receive'),
    bizStep: 'receiving',
    disposition: 'in_progress',
    quantityList: quantities([{ lot: uri, mg }]),
    bizLocation: { id: at },
    ilmd: own({ lot: masterOf(uri, about.kind ?? 'feed', about) }),
  }) satisfies EpcisEvent

export interface ResultSaid {
  readonly analyte: string
  readonly value?: number
  readonly loq?: number
  readonly u?: number
  readonly k?: number
  readonly basis?: 'element' | 'oxide'
  readonly oxide?: string
  readonly condition?: 'wet' | 'dry'
  readonly status?: 'provisional' | 'final'
  readonly method?: string
}

export const assay = (time: number, uri: string, results: readonly ResultSaid[], sample?: string) =>
  ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...base(time, 'assay'),
    bizStep: 'inspecting',
    quantityList: [uri, ...(sample === undefined ? [] : [sample])].map((epcClass) => ({
      epcClass,
    })),
    ...own({ analysis: { lot: uri, sample } }),
    sensorElementList: [
      {
        sensorReport: results.map(({ value, ...said }) => ({
          type: 'https://example.org/mass-fraction',
          ...(value === undefined ? {} : { value }),
          uom: '3H',
          ...own({ assay: { basis: 'element', condition: 'wet', status: 'final', ...said } }),
        })),
      },
    ],
  }) satisfies EpcisEvent

const masters = (kind: LotKind, amounts: readonly Amount[], about: About) =>
  own({ lots: amounts.map((one) => ({ uri: one.lot, ...masterOf(one.lot, kind, about) })) })

export const charge = (time: number, to: string, inputs: readonly Amount[]) =>
  ({
    type: 'TransformationEvent',
    ...base(time, 'charge'),
    transformationID: to,
    inputQuantityList: quantities(inputs),
  }) satisfies EpcisEvent

export const draw = (
  time: number,
  from: string,
  outputs: readonly Amount[],
  at: string,
  about: About = {},
) =>
  ({
    type: 'TransformationEvent',
    ...base(time, 'draw'),
    transformationID: from,
    outputQuantityList: quantities(outputs),
    bizLocation: { id: at },
    ilmd: masters(about.kind ?? 'product', outputs, about),
  }) satisfies EpcisEvent

/** Split, blend or sample: a transformation in one event. */
export const transform = (
  time: number,
  inputs: readonly Amount[],
  outputs: readonly Amount[],
  at: string,
  about: About = {},
) =>
  ({
    type: 'TransformationEvent',
    ...base(time, 'split'),
    inputQuantityList: quantities(inputs),
    outputQuantityList: quantities(outputs),
    bizLocation: { id: at },
    ilmd: masters(about.kind ?? 'intermediate', outputs, about),
  }) satisfies EpcisEvent

export const ship = (
  time: number,
  amounts: readonly Amount[],
  claims: readonly (Claim & { readonly lot: string })[] = [],
) =>
  ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...base(time, 'ship'),
    bizStep: 'shipping',
    disposition: 'in_transit',
    quantityList: quantities(amounts),
    ...(claims.length === 0 ? {} : own({ claims })),
  }) satisfies EpcisEvent

/** A customer sends it back: an event as others write it. */
export const sendBack = (time: number, amounts: readonly Amount[], at: string) =>
  ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: timeText(time, '+00:00'),
    eventTimeZoneOffset: '+00:00',
    bizStep: 'receiving',
    disposition: 'returned',
    quantityList: quantities(amounts),
    bizLocation: { id: at },
  }) satisfies EpcisEvent

export const count = (time: number, { lot: uri, mg }: Amount, at?: string) =>
  ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...base(time, 'stock-take'),
    bizStep: 'stock_taking',
    quantityList: quantities([{ lot: uri, mg }]),
    ...(at === undefined ? {} : { bizLocation: { id: at } }),
  }) satisfies EpcisEvent

export const move = (time: number, uri: string, to: string) =>
  ({
    type: 'ObjectEvent',
    action: 'OBSERVE',
    ...base(time, 'move'),
    bizStep: 'storing',
    quantityList: [{ epcClass: uri }],
    bizLocation: { id: to },
  }) satisfies EpcisEvent

export const campaignMark = (time: number, uri: string, isStart: boolean) =>
  ({
    type: 'ObjectEvent',
    action: isStart ? 'ADD' : 'DELETE',
    ...base(time, isStart ? 'start-campaign' : 'end-campaign'),
    bizStep: isStart ? 'commissioning' : 'decommissioning',
    epcList: [uri],
    bizLocation: { id: place('sx') },
    ...own({ campaign: { code: uri.slice(uri.lastIndexOf('/') + 1) } }),
  }) satisfies EpcisEvent

/** With its ID, as the log keeps it. */
export const named = (ledger: Ledger, event: EpcisEvent): EpcisEvent =>
  newRecord(event, ledgerContext, 'test', ledger.sha256).event

/** The declaration that an event, with its ID, was wrong. */
export const declareWrong = (
  time: number,
  event: EpcisEvent,
  right: readonly EpcisEvent[] = [],
) => ({
  ...event,
  errorDeclaration: {
    declarationTime: timeText(time, '+00:00'),
    reason: right.length === 0 ? 'did_not_occur' : 'incorrect_data',
    correctiveEventIDs: right.map(({ eventID }) => eventID ?? ''),
  },
})

/** Appends events, all at once. */
export async function write(ledger: Ledger, events: readonly EpcisEvent[]): Promise<void> {
  const records = events.map((event) => newRecord(event, ledgerContext, 'test', ledger.sha256))
  await ledger.store.append(records, ledger.now())
}
