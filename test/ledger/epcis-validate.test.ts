import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkEvent, type Json, type Problem, readDocument } from '../../src/ledger/index.ts'

const folder = 'test/vectors/epcis/openepcis'
const files = (path: string) =>
  readdirSync(`${folder}/${path}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${path}/${name}`)
const load = (file: string): unknown => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))

/** Everything wrong with a document and its events, with paths from the root of the document. */
function problemsOf(value: unknown): readonly Problem[] {
  const read = readDocument(value)
  if (!read.ok) return read.problems
  const { events, context, path } = read.document
  return events.flatMap((event, i) =>
    checkEvent(event, context).map((problem) => ({
      ...problem,
      path: path === '' ? problem.path : `${path}[${i}].${problem.path}`,
    })),
  )
}

const valid = ['Capture/Documents', 'Capture/Events', 'Query'].flatMap(files)
const list = 'epcisBody.eventList'
const invalid: Readonly<Record<string, readonly string[]>> = {
  'Capture/Invalid/Combination_of_non_standard_bizStep_and_disposition.json': [
    `${list}[0].bizStep: "transforming" is no business step of CBV 2.0`,
    `${list}[1].disposition: "in_transport" is no disposition of CBV 2.0`,
  ],
  'Capture/Invalid/ObjectEvent_with_ilmd_field_without_namespace.json': [
    `${list}[0].ilmd.materialType: the field materialType has no prefix`,
  ],
  'Capture/Invalid/ObjectEvent_with_invalid_eventTime_format.json': [
    `${list}[0].eventTime: "22-07-2026" is no time`,
  ],
  'Capture/Invalid/ObjectEvent_with_non_standard_bizStep.json': [
    `${list}[0].bizStep: "transforming" is no business step of CBV 2.0`,
  ],
  'Capture/Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json': [
    `${list}[1].bizStep: "transforming" is no business step of CBV 2.0`,
  ],
  'Capture/Invalid/ObjectEvent_with_non_standard_disposition.json': [
    `${list}[0].disposition: "in_transport" is no disposition of CBV 2.0`,
  ],
  'Capture/Invalid/ObjectEvent_with_unknown_field_in_quantityList.json': [
    `${list}[0].quantityList[0].weight: there is no field weight here`,
  ],
  'Capture/Invalid/ObjectEvent_without_identifier_list.json': [
    `${list}[0].: the event does not say what it is about: no epcList or quantityList`,
  ],
  'Query/Invalid/QueryDocument_with_invalid_action.json': [
    'epcisBody.queryResults.resultsBody.eventList[0].action: "INVALIDACTION" is no action',
  ],
}

describe('documents of others', () => {
  it('are 27 valid ones and 9 invalid', () => {
    expect(valid).toHaveLength(27)
    const all = [...files('Capture/Invalid'), ...files('Query/Invalid')]
    expect(Object.keys(invalid)).toEqual(all)
  })
  it.each(valid)('%s has nothing wrong', (file) => expect(problemsOf(load(file))).toEqual([]))
  it.each(Object.entries(invalid))('%s is refused for what is wrong', (file, expected) => {
    const found = problemsOf(load(file))
    expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual(expected)
    for (const problem of found) expect(problem.expected).not.toBe('')
  })
})

const event = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T08:00:00.000+00:00',
  eventTimeZoneOffset: '+00:00',
  action: 'ADD',
  bizStep: 'receiving',
  disposition: 'in_progress',
  quantityList: [{ epcClass: 'https://recycler.example/id/lot/F-1', quantity: 812.5, uom: 'KGM' }],
  bizLocation: { id: 'https://recycler.example/id/place/yard' },
  sourceList: [{ type: 'owning_party', source: 'https://recycler.example/id/party/acme' }],
  ilmd: { 'didymium:lot': { 'didymium:code': 'F-1' } },
}
const context = { didymium: 'urn:didymium:ledger:1:' }
const changed = (change: object) =>
  checkEvent({ ...event, ...change }, context).map(({ path, message }) => `${path}: ${message}`)
const without = (name: string) =>
  checkEvent(Object.fromEntries(Object.entries(event).filter(([key]) => key !== name)), context)

describe('an event', () => {
  it('of ours is valid', () => expect(checkEvent(event, context)).toEqual([]))

  it.each(['type', 'eventTime', 'eventTimeZoneOffset', 'action', 'quantityList'])(
    'without %s is refused',
    (name) => expect(without(name)).toHaveLength(1),
  )

  it.each([
    [{ type: 'QuantityEvent' }, 'type: "QuantityEvent" is no type of event'],
    [{ type: 'toString' }, 'type: "toString" is no type of event'],
    [{ eventTime: '2026-03-01T08:00:00.000' }, 'eventTime: "2026-03-01T08:00:00.000" is no time'],
    [{ eventTime: '2026-02-29T08:00:00Z' }, 'eventTime: "2026-02-29T08:00:00Z" is no time'],
    [{ eventTimeZoneOffset: 'Z' }, 'eventTimeZoneOffset: "Z" is no offset of a time zone'],
    [
      { eventTimeZoneOffset: '+14:30' },
      'eventTimeZoneOffset: "+14:30" is no offset of a time zone',
    ],
    [{ epcList: ['lot 1'] }, 'epcList[0]: "lot 1" is no URI'],
    [{ epcList: ['urn:a:1', 'urn:a:1'] }, 'epcList[1]: "urn:a:1" stands twice in the list'],
    [{ eventID: 'http://' }, 'eventID: "http://" is no URI'],
    [{ eventID: 'urn:x:%4' }, 'eventID: "urn:x:%4" is no URI'],
    [{ eventID: 'no-uri' }, 'eventID: "no-uri" is no URI'],
    [{ readPoint: 'urn:x:1' }, 'readPoint: "urn:x:1" is no record of fields'],
    [{ bizLocation: {} }, 'bizLocation.id: the field id is missing'],
    [{ weight: 5 }, 'weight: there is no field weight here'],
    [
      { bizStep: 'https://ref.gs1.org/cbv/BizStep-transforming' },
      'bizStep: "https://ref.gs1.org/cbv/BizStep-transforming" is no business step of CBV 2.0',
    ],
    [
      { quantityList: [{ epcClass: 'urn:x:1', quantity: '5', uom: 'KGM' }] },
      'quantityList[0].quantity: "5" is no quantity',
    ],
    [
      { quantityList: [{ epcClass: 'urn:x:1', quantity: -5, uom: 'KGM' }] },
      'quantityList[0].quantity: -5 is no quantity',
    ],
    [
      { quantityList: [{ epcClass: 'urn:x:1', quantity: 5, uom: 'kg' }] },
      'quantityList[0].uom: "kg" is no unit of measure',
    ],
    [
      { quantityList: [{ epcClass: 'urn:x:1', uom: 'KGM' }] },
      'quantityList[0].uom: a unit without a quantity says nothing',
    ],
    [
      { sourceList: [{ type: 'owner', source: 'urn:x:1' }] },
      'sourceList[0].type: "owner" is no type of source or destination of CBV 2.0',
    ],
    [
      { errorDeclaration: { reason: 'incorrect_data' } },
      'errorDeclaration.declarationTime: the field declarationTime is missing',
    ],
    [
      { sensorElementList: [{ sensorReport: [] }] },
      'sensorElementList[0].sensorReport: the list is empty',
    ],
    [
      { sensorElementList: [{ sensorReport: [{ value: 5 }] }] },
      'sensorElementList[0].sensorReport[0].type: the report does not say what was measured',
    ],
    [
      { persistentDisposition: { set: ['gone'] } },
      'persistentDisposition.set[0]: "gone" is no disposition of CBV 2.0',
    ],
  ])('with %j is refused', (change, message) => expect(changed(change)).toEqual([message]))

  it.each([
    { eventID: '_:event1' },
    { bizStep: 'urn:epcglobal:cbv:bizstep:receiving' },
    { bizStep: 'https://ref.gs1.org/cbv/BizStep-receiving' },
    { bizStep: 'cbv:BizStep-receiving' },
    { bizStep: 'https://recycler.example/steps/hydrogen-decrepitation' },
    { readPoint: { id: 'geo:54.607,-5.926', 'didymium:door': 'north' } },
    { 'undeclared:field': { anything: [1, null, { deep: true }] } },
    { quantityList: [], epcList: ['urn:epc:id:sgtin:0614141.107346.2018'] },
    { sensorElementList: [{ sensorReport: [{ type: 'DimensionlessConcentration', value: 0.3 }] }] },
  ])('with %j is valid', (change) => expect(changed(change)).toEqual([]))

  it('may transform under an ID with inputs alone, and not without', () => {
    const { action: _, quantityList, ...rest } = event
    const charge = { ...rest, type: 'TransformationEvent', inputQuantityList: quantityList }
    expect(checkEvent({ ...charge, transformationID: 'urn:x:c1' }, {})).toEqual([])
    expect(checkEvent(charge, {})).toHaveLength(1)
    expect(checkEvent({ ...charge, outputQuantityList: quantityList }, {})).toEqual([])
  })
})

const runs = { seed: 20_260_301, numRuns: 300 }

/** Every place of a document where something stands, as the keys that lead there. */
function placesIn(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))]
}

function replaced(value: Json, path: readonly string[], by: Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (Array.isArray(value)) {
    return value.map((one, i) => (String(i) === key ? replaced(one, rest, by) : one))
  }
  const fields = value as { readonly [key: string]: Json }
  return { ...fields, [key]: replaced(fields[key] ?? null, rest, by) }
}

describe('whatever comes', () => {
  it('is checked without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(problemsOf(value))).toBe(true)
        expect(Array.isArray(checkEvent(value, value as Json))).toBe(true)
      }),
      runs,
    )
  })

  it('is checked without a throw where it stands in a document', () => {
    const documents = valid.map((file) => load(file) as Json)
    const mutated = fc
      .record({ document: fc.constantFrom(...documents), at: fc.nat(), by: fc.jsonValue() })
      .map(({ document, at, by }) => {
        const places = placesIn(document)
        return replaced(document, places[at % places.length] ?? [], by as Json)
      })
    fc.assert(
      fc.property(mutated, (value) => {
        for (const { path, message, expected } of problemsOf(value)) {
          expect([typeof path, message !== '', expected !== '']).toEqual(['string', true, true])
        }
      }),
      runs,
    )
  })

  it('may not nest without end', () => {
    let deep: Json = 1
    for (let i = 0; i < 20_000; i++) deep = [deep]
    expect(changed({ 'x:deep': deep })).toHaveLength(1)
    expect(changed({ '@context': deep })).toHaveLength(1)
    expect(changed({ '@context': { deep } })).toHaveLength(1)
    expect(checkEvent(event, deep)).toEqual([])
  })

  it('is quick: an ordinary event takes some microseconds', () => {
    for (let i = 0; i < 5000; i++) checkEvent(event, context)
    const start = performance.now()
    for (let i = 0; i < 5000; i++) checkEvent(event, context)
    const each = ((performance.now() - start) / 5000) * 1000
    // Far above what it takes, for machines that are busy.
    expect(each).toBeLessThan(100)
  })
})
