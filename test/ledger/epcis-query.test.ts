import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  capture,
  type EpcisQuery,
  findEvents,
  type Json,
  matches,
  readQuery,
  type StoredEvent,
} from '../../src/ledger/index.ts'
import { ledgerOver, memoryLog } from './memory-store.ts'

const context = {
  didymium: 'urn:didymium:ledger:1:',
  example: 'https://ns.example.com/epcis/',
}
const lot = (code: string) => `https://recycler.example/id/lot/${code}`
const place = (code: string) => `https://recycler.example/id/place/${code}`
const party = (code: string) => `https://recycler.example/id/party/${code}`
const campaign = 'https://recycler.example/id/campaign/C-1'
const at = (text: string) => ({
  eventTime: `${text}.000+00:00`,
  eventTimeZoneOffset: '+00:00',
})
const kilograms = (code: string, quantity: number) => ({
  epcClass: lot(code),
  quantity,
  uom: 'KGM',
})

/** A small history; the place in the list is the name that tests use. */
const history: Readonly<Record<string, Json>> = {
  receive: {
    type: 'ObjectEvent',
    ...at('2026-03-01T08:00:00'),
    eventID: 'urn:x:receive',
    action: 'ADD',
    bizStep: 'receiving',
    disposition: 'in_progress',
    quantityList: [kilograms('F-1', 812.5)],
    readPoint: { id: place('gate'), 'example:lane': 'north' },
    bizLocation: { id: place('yard') },
    bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:note:17' }],
    sourceList: [{ type: 'owning_party', source: party('acme') }],
    persistentDisposition: { set: ['completeness_verified'], unset: ['completeness_inferred'] },
    ilmd: { 'didymium:lot': { 'didymium:code': 'F-1' }, 'example:best': '2027-01-01T00:00:00Z' },
    'example:note': 'wet',
    'example:count': 12,
    'example:deep': { 'example:inner': [{ 'example:core': 7 }] },
  },
  assay: {
    type: 'ObjectEvent',
    ...at('2026-03-02T08:00:00'),
    eventID: 'urn:x:assay',
    action: 'OBSERVE',
    bizStep: 'https://ref.gs1.org/cbv/BizStep-inspecting',
    epcList: [lot('F-1')],
    readPoint: { id: place('laboratory') },
    sensorElementList: [
      {
        sensorMetadata: {
          time: '2026-03-02T07:30:00Z',
          startTime: '2026-03-02T07:00:00Z',
          endTime: '2026-03-02T07:40:00Z',
          deviceID: 'urn:x:icp',
          bizRules: 'urn:x:rules',
          'example:operator': 'anna',
        },
        sensorReport: [
          { type: 'Temperature', value: 26, uom: 'CEL', sDev: 0.5 },
          {
            type: 'gs1:DimensionlessConcentration',
            value: 31.2,
            minValue: 31,
            maxValue: 31.4,
            meanValue: 31.2,
            percRank: 50,
            percValue: 31.1,
            uom: 'P1',
            chemicalSubstance: 'https://identifiers.org/inchikey:QEFYFXOXNSNQGX-UHFFFAOYSA-N',
            microorganism: 'urn:x:none',
            dataProcessingMethod: 'urn:x:method',
            stringValue: 'fair',
            booleanValue: true,
            hexBinaryValue: 'F0',
            uriValue: 'urn:x:sheet',
            'example:run': 4,
          },
        ],
        'example:batch': 'b1',
      },
    ],
  },
  charge: {
    type: 'TransformationEvent',
    ...at('2026-03-03T08:00:00'),
    eventID: 'urn:x:charge',
    bizStep: 'urn:epcglobal:cbv:bizstep:commissioning',
    transformationID: campaign,
    inputEPCList: ['urn:epc:id:sgtin:0614141.107346.2018'],
    inputQuantityList: [kilograms('F-1', 800)],
    bizLocation: { id: place('plant/sx1') },
  },
  draw: {
    type: 'TransformationEvent',
    ...at('2026-03-04T08:00:00'),
    eventID: 'urn:x:draw',
    disposition: 'active',
    transformationID: campaign,
    outputEPCList: ['https://id.example.org/01/10614141073464/21/2019'],
    outputQuantityList: [kilograms('P-1', 250)],
    bizLocation: { id: place('plant') },
  },
  pack: {
    type: 'AggregationEvent',
    ...at('2026-03-05T08:00:00'),
    eventID: 'urn:x:pack',
    action: 'ADD',
    bizStep: 'packing',
    parentID: 'urn:epc:id:sscc:4012345.1112223334',
    childEPCs: ['urn:epc:id:sgtin:0614141.107346.2019'],
    childQuantityList: [kilograms('P-1', 25)],
  },
  ship: {
    type: 'ObjectEvent',
    ...at('2026-03-06T08:00:00'),
    eventID: 'urn:x:ship',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    quantityList: [{ epcClass: lot('P-1'), quantity: 25_000, uom: 'GRM' }],
    destinationList: [{ type: 'owning_party', destination: party('magnets') }],
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00002.0' },
  },
  wrong: {
    type: 'ObjectEvent',
    ...at('2026-03-06T08:00:00'),
    eventID: 'urn:x:ship',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    quantityList: [{ epcClass: lot('P-1'), quantity: 25_000, uom: 'GRM' }],
    destinationList: [{ type: 'owning_party', destination: party('magnets') }],
    bizLocation: { id: 'urn:epc:id:sgln:4012345.00002.0' },
    errorDeclaration: {
      declarationTime: '2026-03-07T08:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: ['urn:x:other'],
      'example:why': 'weight',
    },
  },
}
const names = Object.keys(history)

const store = memoryLog()
let clock = Date.UTC(2026, 2, 10)
const ledger = ledgerOver(store, () => clock)

beforeAll(async () => {
  for (const event of Object.values(history)) {
    clock += 60_000
    const captured = await capture(ledger, [event], context, { by: 'anna', behaviour: 'rollback' })
    expect(captured.errors).toEqual([])
  }
})

function asked(params: Readonly<Record<string, string>> | Json): EpcisQuery {
  const read = readQuery(params)
  if (!read.ok) throw new Error(read.problem.detail)
  return read.query
}
const fromAddress = (params: Readonly<Record<string, string>>) => new Map(Object.entries(params))
const namesOf = (events: readonly StoredEvent[]) => events.map(({ seq }) => names[seq - 1] ?? '')

/** The names of the events that a query finds, by the store and by looking at every one. */
async function found(query: EpcisQuery): Promise<readonly string[]> {
  const answer = await findEvents(ledger, query, { perPage: 100 })
  if (!answer.ok) throw new Error(answer.problem.detail)
  const all = store.log.filter((stored) => matches(stored, query))
  expect(namesOf(answer.events).toSorted()).toEqual(namesOf(all).toSorted())
  return namesOf(answer.events)
}

const sgtin = 'urn:epc:id:sgtin:0614141.107346.2018'
const link = 'https://id.gs1.org/01/10614141073464/21/2018'
const withPrefix = { '@context': [{ e: 'https://ns.example.com/epcis/' }] }

/** Parameters of an address, and what they find. */
const cases: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
  [{}, names.join(' ')],
  [{ eventType: 'TransformationEvent|AggregationEvent' }, 'charge draw pack'],
  [{ GE_eventTime: '2026-03-05T09:00:00+01:00' }, 'pack ship wrong'],
  [{ LT_eventTime: '2026-03-02T08:00:00Z' }, 'receive'],
  [{ GE_eventTime: '2026-03-02T08:00:00Z', LT_eventTime: '2026-03-04T08:00:00Z' }, 'assay charge'],
  [{ GE_recordTime: '2026-03-10T00:06:00Z' }, 'ship wrong'],
  [{ LT_recordTime: '2026-03-10T00:02:00Z' }, 'receive'],
  [{ EQ_action: 'ADD' }, 'receive pack'],
  [{ EQ_bizStep: 'inspecting' }, 'assay'],
  [{ EQ_bizStep: 'commissioning|https://ref.gs1.org/cbv/BizStep-packing' }, 'charge pack'],
  [{ EQ_bizStep: 'urn:epcglobal:cbv:bizstep:inspecting' }, 'assay'],
  [{ EQ_disposition: 'cbv:Disp-in_transit' }, 'ship wrong'],
  [{ EQ_persistentDisposition_set: 'completeness_verified' }, 'receive'],
  [{ EQ_persistentDisposition_unset: 'completeness_verified' }, ''],
  [{ EQ_readPoint: place('gate') }, 'receive'],
  [{ WD_bizLocation: place('plant') }, 'charge draw'],
  [{ EQ_bizLocation: place('plant') }, 'draw'],
  [{ WD_readPoint: `${place('gate')}|${place('lab')}` }, 'receive'],
  [{ EQ_bizLocation: 'https://id.gs1.org/414/4012345000023' }, 'ship wrong'],
  [{ EQ_bizTransaction_desadv: 'urn:x:note:17' }, 'receive'],
  [{ 'EQ_bizTransaction_urn:epcglobal:cbv:btt:desadv': 'urn:x:note:17' }, 'receive'],
  [{ EQ_bizTransaction_po: 'urn:x:note:17' }, ''],
  [{ EQ_source_owning_party: party('acme') }, 'receive'],
  [{ EQ_destination_owning_party: `${party('acme')}|${party('magnets')}` }, 'ship wrong'],
  [{ EQ_transformationID: campaign }, 'charge draw'],
  [{ MATCH_epc: lot('F-1') }, 'assay'],
  [{ MATCH_parentID: 'https://id.gs1.org/00/140123451112223334' }, ''],
  [{ MATCH_parentID: 'https://id.gs1.org/00/140123451122233341' }, 'pack'],
  [{ MATCH_inputEPC: sgtin }, 'charge'],
  [{ MATCH_inputEPC: link }, 'charge'],
  [{ MATCH_outputEPC: 'urn:epc:id:sgtin:0614141.107346.2019' }, 'draw'],
  [{ MATCH_anyEPC: 'urn:epc:idpat:sgtin:0614141.107346.*' }, 'charge draw pack'],
  [{ MATCH_anyEPC: 'urn:epc:idpat:sgtin:0614141.*.*' }, 'charge pack'],
  [{ MATCH_anyEPC: 'https://id.gs1.org/01/10614141073464/21/*' }, 'charge draw pack'],
  [{ MATCH_epcClass: lot('P-1') }, 'pack ship wrong'],
  [{ MATCH_inputEPCClass: lot('F-1') }, 'charge'],
  [{ MATCH_outputEPCClass: lot('P-*') }, 'draw'],
  [{ MATCH_anyEPCClass: `${lot('P-1')}|${lot('F-1')}` }, 'receive charge draw pack ship wrong'],
  [{ EQ_eventID: 'urn:x:ship|urn:x:draw' }, 'draw ship wrong'],
  [{ EXISTS_errorDeclaration: '' }, 'wrong'],
  [{ GE_errorDeclarationTime: '2026-03-07T08:00:00Z' }, 'wrong'],
  [{ LT_errorDeclaration_Time: '2026-03-07T08:00:00Z' }, ''],
  [{ EQ_errorReason: 'incorrect_data' }, 'wrong'],
  [{ EQ_errorReason: 'did_not_occur' }, ''],
  [{ EQ_correctiveEventID: 'urn:x:other' }, 'wrong'],
  [{ EQ_quantity_KGM: '25|800' }, 'charge pack ship wrong'],
  [{ GT_quantity_KGM: '250' }, 'receive charge'],
  [{ GE_quantity_KGM: '250', LT_quantity_KGM: '800.5' }, 'charge draw'],
  [{ LE_quantity_GRM: '25000' }, 'pack ship wrong'],
  [{ GE_quantity: '1000' }, 'ship wrong'],
  [{ GE_quantity_LTR: '0' }, ''],
  [{ EXISTS_sensorElementList: '' }, 'assay'],
  [{ EQ_type: 'DimensionlessConcentration' }, 'assay'],
  [{ EQ_type: 'https://gs1.org/voc/Mass' }, ''],
  [{ GE_value_CEL: '26' }, 'assay'],
  [{ GE_value_FAH: '78.8', LE_value_KEL: '299.15' }, 'assay'],
  [{ EQ_value_C62: '0.312' }, 'assay'],
  [{ GT_maxValue_P1: '31.4' }, ''],
  [{ GE_minValue_P1: '31', LT_meanValue_P1: '31.3', EQ_sDev_CEL: '0.5' }, 'assay'],
  [{ GE_percValue_P1: '31.1', EQ_percRank: '50' }, 'assay'],
  [{ GE_time: '2026-03-02T07:30:00Z', LT_endTime: '2026-03-02T07:41:00Z' }, 'assay'],
  [{ LT_time: '2026-03-02T07:30:00Z' }, ''],
  [{ GE_startTime: '2026-03-02T07:00:00Z', LT_startTime: '2026-03-02T07:01:00Z' }, 'assay'],
  [{ GE_endTime: '2026-03-02T07:41:00Z' }, ''],
  [{ EQ_deviceID: 'urn:x:icp', EQ_bizRules: 'urn:x:rules' }, 'assay'],
  [{ EQ_dataProcessingMethod: 'urn:x:method', EQ_microorganism: 'urn:x:none' }, 'assay'],
  [
    { EQ_chemicalSubstance: 'https://identifiers.org/inchikey:QEFYFXOXNSNQGX-UHFFFAOYSA-N' },
    'assay',
  ],
  [{ EQ_stringValue: 'fair', EQ_booleanValue: 'true' }, 'assay'],
  [{ EQ_hexBinaryValue: 'f0', EQ_uriValue: 'urn:x:sheet' }, 'assay'],
  [{ EQ_booleanValue: 'false' }, ''],
  [{ 'EQ_example:note': 'wet|dry' }, 'receive'],
  [{ 'EQ_{https://ns.example.com/epcis/}note': 'wet' }, 'receive'],
  [{ 'EXISTS_example:count': '' }, 'receive'],
  [{ 'GE_example:count': '12', 'LT_example:count': '12.5' }, 'receive'],
  [{ 'GT_example:count': '12' }, ''],
  [{ 'EXISTS_example:core': '' }, ''],
  [{ 'EXISTS_INNER_example:core': '' }, 'receive'],
  [{ 'EQ_INNER_example:core': '7' }, 'receive'],
  [{ 'EXISTS_ILMD_didymium:lot': '' }, 'receive'],
  [{ 'EQ_INNER_ILMD_didymium:code': 'F-1' }, 'receive'],
  [{ 'LT_ILMD_example:best': '2027-01-01T00:00:01Z' }, 'receive'],
  [{ 'EQ_ILMD_example:best': '2027-01-01T01:00:00+01:00' }, 'receive'],
  [{ 'EQ_ERROR_DECLARATION_example:why': 'weight' }, 'wrong'],
  [{ 'EQ_readPoint_example:lane': 'north' }, 'receive'],
  [{ 'EQ_SENSORELEMENT_example:batch': 'b1' }, 'assay'],
  [{ 'EXISTS_SENSORMETADATA_example:operator': '' }, 'assay'],
  [{ 'LE_SENSORREPORT_example:run': '4' }, 'assay'],
  [{ EQ_action: 'OBSERVE', EQ_bizStep: 'shipping', eventType: 'TransactionEvent' }, ''],
]

describe('a query', () => {
  it.each(cases)('%j finds what it asks for', async (params, expected) => {
    const query = asked(fromAddress(params) as unknown as Json)
    expect(await found(query)).toEqual(expected.split(' ').filter((name) => name !== ''))
  })

  it.each<readonly [Json, string]>([
    [{ eventType: ['ObjectEvent'], EQ_bizStep: ['receiving', 'shipping'] }, 'receive ship wrong'],
    [{ ...withPrefix, 'EQ_e:note': ['wet'] }, 'receive'],
    [{ ...withPrefix, 'GE_e:count': 12 }, 'receive'],
    [{ 'EQ_e:note': ['wet'] }, ''],
    [{ EXISTS_errorDeclaration: null }, 'wrong'],
    [{ EQ_quantity_KGM: [250], EQ_booleanValue: true }, ''],
    [{ GE_value_CEL: 26, EQ_booleanValue: true }, 'assay'],
  ])('%j in JSON finds what it asks for', async (query, expected) => {
    expect(await found(asked(query))).toEqual(expected.split(' ').filter((name) => name !== ''))
  })

  it.each<readonly [Json, string]>([
    [{ colour: 'red' }, 'colour is no parameter of an EPCIS query'],
    [{ EQ_colour: ['red'] }, 'EQ_colour is no parameter of an EPCIS query'],
    [{ constructor: 'x' }, 'constructor is no parameter of an EPCIS query'],
    [{ EQ_bizStep: ['transforming'] }, 'EQ_bizStep: transforming is no business step of CBV 2.0'],
    [{ EQ_bizTransaction_x: ['urn:x:1'] }, 'x is no type of business transaction of CBV 2.0'],
    [{ eventType: ['QuantityEvent'] }, 'eventType: QuantityEvent is none of ObjectEvent'],
    [{ EQ_bizStep: [] }, 'EQ_bizStep takes a list of texts'],
    [{ MATCH_epc: 5 }, 'MATCH_epc takes a list of texts'],
    [{ GE_quantity_KGM: 'much' }, 'GE_quantity_KGM takes a number'],
    [{ 'GE_example:count': 'much' }, 'GE_example:count takes a number or a time'],
    [{ EQ_booleanValue: 'maybe' }, 'EQ_booleanValue takes true or false'],
    [{ orderBy: 'bizStep' }, 'orderBy takes eventTime or recordTime'],
    [{ perPage: 0 }, 'perPage takes a whole number above zero'],
    [{ maxEventCount: 5, eventCountLimit: 5 }, 'exclude each other'],
    [[], 'a query is a record of its parameters'],
  ])('%j is refused', (query, message) => {
    expect(readQuery(query)).toMatchObject({
      ok: false,
      problem: { name: 'QueryParameterException', detail: expect.stringContaining(message) },
    })
  })

  it('with invalid values, of others, is refused for each', () => {
    const query = {
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/query-schema.json',
      eventType: ['ObjectEvent'],
      GE_eventTime: 'not-a-date',
      EQ_action: ['SHIPPED'],
      orderDirection: 'SIDEWAYS',
    }
    const read = readQuery(query)
    expect(read).toMatchObject({ ok: false, problem: { name: 'QueryParameterException' } })
    expect(read.ok ? '' : read.problem.detail.split('; ')).toEqual([
      'GE_eventTime takes a time with an offset, such as 2026-03-01T08:00:00.000+01:00',
      'EQ_action: SHIPPED is none of ADD, OBSERVE, DELETE',
      'orderDirection takes ASC or DESC',
    ])
  })

  it('may ask for what is not kept here', () => {
    for (const query of [{ orderBy: 'example:count' }, { HASATTR_bizLocation: ['x'] }]) {
      expect(readQuery(query)).toMatchObject({
        ok: false,
        problem: { name: 'QueryTooComplexException' },
      })
    }
  })
})

describe('the order and the pages of an answer', () => {
  it.each<readonly [Json, string]>([
    [{ orderBy: 'eventTime' }, 'wrong ship pack draw charge assay receive'],
    [{ orderBy: 'recordTime', orderDirection: 'ASC' }, names.join(' ')],
    [{ orderBy: 'eventTime', eventCountLimit: 2 }, 'wrong ship'],
    [{ orderBy: 'eventTime', orderDirection: 'ASC', eventCountLimit: 2 }, 'receive assay'],
  ])('%j', async (query, expected) => {
    const answer = await findEvents(ledger, asked(query), { perPage: 100 })
    expect(answer.ok ? namesOf(answer.events).join(' ') : answer.problem).toBe(expected)
  })

  it('refuses where there is more than was allowed for', async () => {
    const few = await findEvents(ledger, asked({ maxEventCount: 6 }))
    expect(few).toMatchObject({ ok: false, problem: { name: 'QueryTooLargeException' } })
    expect(await findEvents(ledger, asked({ maxEventCount: 7 }))).toMatchObject({ ok: true })
  })

  it.each<Json>([
    {},
    { orderBy: 'eventTime' },
    { orderBy: 'eventTime', orderDirection: 'ASC', eventCountLimit: 5 },
    { orderBy: 'recordTime', MATCH_anyEPCClass: [lot('P-*')] },
  ])('%j gives every event once, page by page', async (params) => {
    const whole = await findEvents(ledger, asked(params), { perPage: 100 })
    for (const perPage of [1, 2, 3, 5]) {
      const events: StoredEvent[] = []
      let token: string | undefined
      do {
        const query = { ...(params as object), perPage }
        const next = token === undefined ? {} : { nextPageToken: token }
        const page = await findEvents(ledger, asked({ ...query, ...next }))
        if (!page.ok) throw new Error(page.problem.detail)
        expect(page.events.length).toBeLessThanOrEqual(perPage)
        events.push(...page.events)
        token = page.next
      } while (token !== undefined)
      expect(namesOf(events)).toEqual(whole.ok ? namesOf(whole.events) : [])
    }
  })

  it('does not see what comes while somebody pages', async () => {
    const own = memoryLog()
    const other = ledgerOver(own, () => clock)
    const put = (...which: readonly string[]) =>
      capture(
        other,
        which.map((name) => history[name]),
        context,
        {
          by: 'anna',
          behaviour: 'rollback',
        },
      )
    await put('receive', 'charge', 'draw')
    const query = asked({ orderBy: 'eventTime', orderDirection: 'ASC' })
    const first = await findEvents(other, query, { perPage: 1 })
    await put('assay', 'ship')
    const token = first.ok ? (first.next ?? '') : ''
    const rest = await findEvents(other, query, { perPage: 10, token })
    expect(rest.ok ? rest.events.map(({ event }) => event.eventID) : []).toEqual([
      'urn:x:charge',
      'urn:x:draw',
    ])
  })

  it('takes a token for its own query only', async () => {
    const first = await findEvents(ledger, asked({}), { perPage: 1 })
    const token = first.ok ? (first.next ?? '') : ''
    const refused = { ok: false, problem: { name: 'QueryParameterException' } }
    const other = asked({ EQ_action: ['ADD'] })
    expect(await findEvents(ledger, other, { token })).toMatchObject(refused)
    for (const wrong of ['', 'x', '1.1.1.1.x', `${token}x`, token.replace('.', '.-')]) {
      expect(await findEvents(ledger, asked({}), { token: wrong })).toMatchObject(refused)
    }
  })
})

describe('what a query reads', () => {
  const urn = 'urn:epc:id:sgtin:0614141.107346.2018'
  const link = 'https://id.gs1.org/01/10614141073464/21/2018'
  const gate = 'urn:epc:id:sgln:0614141.00777.0'
  const many = 300
  const own = memoryLog()
  const read: number[] = []
  const counted = ledgerOver(
    {
      ...own,
      select: async (by) => {
        const page = await own.select(by)
        read.push(page.length)
        return page
      },
    },
    () => Date.parse('2026-04-01T00:00:00Z'),
  )
  const event = (k: number, fields: object) => ({
    type: 'ObjectEvent',
    ...at('2026-03-01T08:00:00'),
    eventID: `urn:x:many:${k}`,
    action: 'OBSERVE',
    ...fields,
  })

  beforeAll(async () => {
    const plain = Array.from({ length: many }, (_, k) =>
      event(k, { epcList: [lot(`F-${k}`)], readPoint: { id: place(`shed/${k}`) } }),
    )
    const reason = 'urn:epcglobal:cbv:er:incorrect_data'
    const rest = [
      event(many, { epcList: [urn], readPoint: { id: gate } }),
      event(many + 1, {
        epcList: [link],
        bizLocation: { id: 'https://id.gs1.org/414/0614141007776' },
        bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:order:1' }],
      }),
      event(1, {
        epcList: [lot('F-1')],
        readPoint: { id: place('shed/1') },
        errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', reason },
      }),
    ]
    const by = { by: 'anna', behaviour: 'proceed' } as const
    await capture(counted, [...plain, ...rest], context, by)
    expect(own.log.length).toBe(many + 3)
  })

  it.each<readonly [Json, number]>([
    [{ MATCH_epc: [urn] }, 2],
    [{ MATCH_epc: [link] }, 2],
    [{ MATCH_anyEPC: ['urn:epc:idpat:sgtin:0614141.107346.*'] }, 2],
    [{ MATCH_anyEPC: ['https://example.com/gtin/10614141073464/ser/2018'] }, 2],
    [{ MATCH_anyEPC: ['urn:epc:idpat:sgtin:0614141.*.*'] }, 1],
    [{ MATCH_epc: [lot('F-29*')] }, 11],
    [{ MATCH_epc: [lot('F-7')] }, 1],
    [{ MATCH_parentID: ['urn:x:none'] }, 0],
    [{ EQ_readPoint: ['https://id.gs1.org/414/0614141007776'] }, 1],
    [{ EQ_bizLocation: [gate] }, 1],
    [{ WD_readPoint: [place('shed/29')] }, 1],
    [{ EQ_bizTransaction_po: ['urn:x:order:1'] }, 1],
    [{ EQ_errorReason: ['incorrect_data'] }, 1],
    [{ EQ_eventID: ['urn:x:many:1'] }, 2],
  ])('%j is what it finds', async (params, expected) => {
    read.length = 0
    const answer = await findEvents(counted, asked(params), { perPage: 100 })
    expect(answer.ok ? answer.events.length : answer.problem).toBe(expected)
    const all = own.log.filter((stored) => matches(stored, asked(params)))
    expect(all.length).toBe(expected)
    // A pattern that does not end with a key of GS1 reads all that is of GS1 too: two events here.
    expect(read.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(expected + 2)
  })
})

describe('whatever is asked', () => {
  const parameters = [...new Set(cases.flatMap(([params]) => Object.keys(params)))]

  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...parameters), fc.jsonValue(), (parameter, value) => {
        const read = readQuery({ [parameter]: value as Json })
        if (read.ok) for (const stored of store.log) matches(stored, read.query)
        else expect(read.problem.detail).toContain(parameter)
      }),
      { seed: 20_260_303, numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof readQuery(value as Json).ok).toBe('boolean')
      }),
      { seed: 20_260_304, numRuns: 100 },
    )
  })

  it('finds the same by the store and by looking at every event', async () => {
    const some = fc.subarray([...cases], { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(some, async (chosen) => {
        const params = Object.assign({}, ...chosen.map(([one]) => one)) as Record<string, string>
        await found(asked(fromAddress(params) as unknown as Json))
      }),
      { seed: 20_260_305, numRuns: 200 },
    )
  })
})
