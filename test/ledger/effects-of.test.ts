import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  decode,
  effectsOf,
  encode,
  type EpcisEvent,
  extension,
  type Json,
  kilograms,
  ledgerContext,
  massOf,
  massText,
  parseMass,
} from '../../src/ledger/index.ts'

const base = {
  eventID: 'ni:///a',
  eventTime: '2026-03-01T08:00:00.000+00:00',
  eventTimeZoneOffset: '+00:00',
}
const lot = 'urn:epc:class:lgtin:4012345.012345.998877'
const kg = (quantity: number) => [{ epcClass: lot, quantity, uom: 'KGM' }]
const place = { id: 'urn:epc:id:sgln:9521141.11111.0' }
/** An event of others, without the ledger's context. */
const of = (event: object) =>
  effectsOf({ event: { ...base, ...event } as unknown as EpcisEvent, context: [] })

describe("events of others' systems", () => {
  it('ADD comes, in any unit of mass', () => {
    for (const [quantity, uom] of [
      [1.5, 'TNE'],
      [1500, 'KGM'],
      [1.5e6, 'GRM'],
    ]) {
      const quantityList = [{ epcClass: lot, quantity, uom }]
      const event = { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList }
      expect(of({ ...event, bizLocation: place }).masses).toEqual([
        { lot, kind: 'change', mg: 1.5e9, place: place.id, why: 'commissioning' },
      ])
    }
  })

  it('a quantity that is no mass is a trouble, and nothing moves', () => {
    for (const uom of ['MTR', undefined]) {
      const quantityList = [{ epcClass: lot, quantity: 3, ...(uom === undefined ? {} : { uom }) }]
      const effects = of({ type: 'ObjectEvent', action: 'ADD', quantityList })
      expect(effects.masses).toEqual([])
      expect(effects.troubles).toMatchObject([{ lot, message: expect.stringContaining('no mass') }])
    }
  })

  it('OBSERVE: received arrives, shipped goes, counted is what there is, seen elsewhere moved', () => {
    const seen = (bizStep: string, more = {}) =>
      of({ type: 'ObjectEvent', action: 'OBSERVE', bizStep, quantityList: kg(2), ...more })
    expect(seen('receiving', { bizLocation: place }).masses).toEqual([
      { lot, kind: 'arrive', mg: 2e6, to: place.id, why: 'receiving' },
    ])
    const to = [{ type: 'owning_party', destination: 'urn:epc:id:pgln:9521141.22222' }]
    const po = [{ type: 'po', bizTransaction: 'urn:epc:id:gdti:1.2.3' }]
    const gone = seen('https://ref.gs1.org/cbv/BizStep-shipping', {
      destinationList: to,
      bizTransactionList: po,
    })
    expect(gone.masses).toEqual([{ lot, kind: 'change', mg: -2e6, why: 'shipping' }])
    expect(gone.shipments).toMatchObject([
      { lot, direction: 'out', mg: 2e6, party: to[0]?.destination, order: po[0]?.bizTransaction },
    ])
    expect(seen('stock_taking', { bizLocation: place }).masses).toEqual([
      { lot, kind: 'count', mg: 2e6, place: place.id, why: 'stock_taking' },
    ])
    expect(seen('storing', { bizLocation: place }).masses).toEqual([
      { lot, kind: 'move', to: place.id, why: 'storing' },
    ])
    expect(seen('inspecting').masses).toEqual([])
    expect(seen('inspecting', { disposition: 'non_conformant' }).releases).toMatchObject([
      { lot, isConformant: false },
    ])
    const back = seen('urn:epcglobal:cbv:bizstep:receiving', { disposition: 'returned' })
    expect(back.shipments).toMatchObject([{ direction: 'back', mg: 2e6 }])
  })

  it('DELETE goes, all of it where no mass is said', () => {
    const quantityList = [...kg(2), { epcClass: `${lot}1` }]
    expect(of({ type: 'ObjectEvent', action: 'DELETE', quantityList }).masses).toEqual([
      { lot, kind: 'change', mg: -2e6, why: 'scrap' },
      { lot: `${lot}1`, kind: 'count', mg: 0, why: 'scrap' },
    ])
  })

  it('transformations flow through their ID, or through themselves', () => {
    const event = {
      type: 'TransformationEvent',
      inputQuantityList: kg(2),
      outputQuantityList: [{ epcClass: 'urn:x:out', quantity: 1, uom: 'KGM' }],
      bizLocation: place,
    }
    const flows = (more: object) => of({ ...event, ...more }).flows.map(({ node }) => node)
    expect(flows({})).toEqual([base.eventID, base.eventID])
    expect(flows({ transformationID: 'urn:x:t' })).toEqual(['urn:x:t', 'urn:x:t'])
  })

  it('packings, and a package without a parent is none', () => {
    const event = { type: 'AggregationEvent', action: 'ADD', childQuantityList: kg(2) }
    expect(of({ ...event, parentID: 'urn:epc:id:sscc:1.2' }).packings).toMatchObject([
      { lot, package: 'urn:epc:id:sscc:1.2', action: 'ADD', mg: 2e6 },
    ])
    expect(of(event).packings).toEqual([])
  })

  it('reads concentrations of elements from sensors, in any unit of fraction', () => {
    const report = { type: 'Dimensionless', chemicalSubstance: 'urn:x:Nd', value: 21, uom: 'P1' }
    const sensorElementList = [{ sensorReport: [{ ...report, sDev: 0.5 }] }]
    const event = { type: 'ObjectEvent', action: 'OBSERVE', quantityList: [{ epcClass: lot }] }
    expect(of({ ...event, sensorElementList }).assays).toMatchObject([
      { lot, analyte: 'Nd', value: 0.21, u: 0.005, k: 1, basis: 'element', condition: 'wet' },
    ])
    const heat = [{ sensorReport: [{ type: 'Temperature', value: 21, uom: 'CEL' }] }]
    expect(of({ ...event, sensorElementList: heat }).assays).toEqual([])
  })

  it('a declaration says nothing of lots', () => {
    const errorDeclaration = { declarationTime: base.eventTime }
    const event = { type: 'ObjectEvent', action: 'ADD', quantityList: kg(2), errorDeclaration }
    expect(of(event).masses).toEqual([])
  })

  it('reads every published document without a throw', () => {
    const folder = join(import.meta.dirname, '../vectors')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    let events = 0
    for (const file of files.filter((name) => /\.json(?:ld)?$/.test(name))) {
      const document = JSON.parse(readFileSync(join(folder, file), 'utf8'))
      const body = document.epcisBody ?? {}
      const list: unknown = body.eventList ?? body.queryResults?.resultsBody?.eventList ?? []
      for (const event of Array.isArray(list) ? list : []) {
        effectsOf({ event: event as EpcisEvent, context: document['@context'] ?? [] })
        events++
      }
    }
    expect(events).toBeGreaterThan(50)
  })
})

describe("the ledger's own namespace", () => {
  it('may hold anything: what cannot be read is a trouble', () => {
    const names = ['lot', 'lots', 'weighing', 'weighings', 'analysis', 'claims', 'campaign', 'from']
    const field = fc.tuple(fc.constantFrom(...names, 'command', 'release'), fc.jsonValue())
    fc.assert(
      fc.property(fc.array(field, { maxLength: 6 }), fc.boolean(), (fields, isIlmd) => {
        const own = Object.fromEntries(fields.map(([name, value]) => [`didymium:${name}`, value]))
        const event = {
          type: 'ObjectEvent',
          action: 'ADD',
          quantityList: kg(2),
          epcList: ['urn:a:b'],
        }
        const said = isIlmd ? { ...event, ilmd: own } : { ...event, ...own }
        const record = {
          event: { ...base, ...said } as unknown as EpcisEvent,
          context: ledgerContext,
        }
        const effects = effectsOf(record)
        expect(effects.masses.length + effects.campaigns.length).toBe(1)
      }),
      { numRuns: 300, seed: 4 },
    )
  })

  it('decodes what it encoded, under any prefix that means it', () => {
    const plain = fc.dictionary(
      fc.stringMatching(/^[a-z][A-Za-z]{0,8}$/),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    )
    const value = fc.record({ one: plain, list: fc.array(plain), text: fc.string() })
    fc.assert(
      fc.property(value, (said) => {
        const coded = encode(said)
        expect(decode(coded, ledgerContext)).toEqual(said)
        const other = JSON.parse(JSON.stringify(coded).replaceAll('"didymium:', '"d2:')) as Json
        expect(decode(other, [{ d2: 'urn:didymium:ledger:1:' }])).toEqual(said)
      }),
      { numRuns: 100, seed: 5 },
    )
    expect(
      extension({ 'didymium:a': 1 }, 'a', [
        { didymium: 'urn:else:' },
        { x: 'urn:didymium:ledger:1:' },
      ]),
    ).toBe(undefined)
  })
})

describe('masses', () => {
  it('go through kilograms and text, and come back to the milligram', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e14 }), (mg) => {
        const written = JSON.parse(JSON.stringify(kilograms(mg))) as number
        expect(massOf(written, 'KGM')).toBe(mg)
        expect(parseMass(massText(mg))).toEqual({ ok: true, mg })
      }),
      { numRuns: 1000, seed: 6 },
    )
  })

  it('are refused when they are finer than a milligram, negative or without a unit', () => {
    expect(parseMass('125.5 kg')).toEqual({ ok: true, mg: 125_500_000 })
    expect(parseMass('2.3 t')).toEqual({ ok: true, mg: 2_300_000_000 })
    expect(parseMass('480 ± 2 g')).toEqual({ ok: true, mg: 480_000, u: 2000 })
    for (const text of ['0.5 mg', '1.0000001 kg', '-1 kg', '5', '5 L', '1e12 t', '']) {
      expect(parseMass(text).ok, text).toBe(false)
    }
    expect(massOf(1, 'LBR')).toBe(453_592)
    expect(massOf(-1, 'KGM')).toBeUndefined()
    expect(massOf(1, 'MTR')).toBeUndefined()
  })
})
