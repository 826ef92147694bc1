/**
 * A long made-up ledger for measuring, as plain events of the kinds that the commands write: feed
 * is received, stored, assayed and charged into campaigns that hand an intermediate on, thirty in a
 * row; products are assayed, released and shipped, residues scrapped. Nothing of it is chance: the
 * same count gives the same events.
 */
import type { EpcisEvent } from '../src/ledger/index.ts'

const authority = 'https://bench.example/id'
export const lotUri = (code: string): string => `${authority}/lot/${code}`
const place = (name: string) => ({ id: `${authority}/place/${name}` })
const first = Date.parse('2024-01-01T00:00:00Z')
/** Time between one event and the next, ms. */
const pace = 60_000

export const stagesInARow = 30
const feedsPerCampaign = 33

type Draft = Readonly<Record<string, unknown>>

const kg = (code: string, quantity: number) => ({
  epcClass: lotUri(code),
  quantity,
  uom: 'KGM',
})

function receive(code: string, mass: number): Draft {
  const supplier = `${authority}/party/collector`
  return {
    'didymium:command': 'receive',
    type: 'ObjectEvent',
    action: 'ADD',
    bizStep: 'receiving',
    disposition: 'in_progress',
    quantityList: [kg(code, mass)],
    readPoint: place('receiving'),
    bizLocation: place('receiving'),
    ilmd: {
      'didymium:lot': {
        'didymium:code': code,
        'didymium:kind': 'feed',
        'didymium:product': 'NdFeB swarf',
        'didymium:supplier': supplier,
        'didymium:sources': [{ 'didymium:class': 'pre-consumer', 'didymium:share': 1 }],
      },
    },
    sensorElementList: [{ sensorReport: [{ type: 'Mass', value: mass, uom: 'KGM', sDev: 0.2 }] }],
    'didymium:weighing': { 'didymium:u': 400_000, 'didymium:k': 2 },
    sourceList: [{ type: 'owning_party', source: supplier }],
  }
}

const move = (code: string, mass: number): Draft => ({
  'didymium:command': 'move',
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'storing',
  quantityList: [kg(code, mass)],
  readPoint: place('store'),
  bizLocation: place('store'),
  sourceList: [{ type: 'location', source: place('receiving').id }],
})

const report = (analyte: string, value: number) => ({
  type: 'Dimensionless',
  chemicalSubstance: `urn:didymium:analyte:${analyte}`,
  uom: '3H',
  value,
  sDev: value / 200,
  'didymium:assay': {
    'didymium:analyte': analyte,
    'didymium:u': value / 100,
    'didymium:k': 2,
    'didymium:basis': 'element',
    'didymium:condition': 'wet',
    'didymium:status': 'final',
    'didymium:method': 'ICP-OES',
  },
})

const assay = (code: string): Draft => ({
  'didymium:command': 'assay',
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'inspecting',
  quantityList: [{ epcClass: lotUri(code) }],
  sensorElementList: [{ sensorReport: [report('Nd', 0.22), report('Pr', 0.06)] }],
  'didymium:analysis': { 'didymium:lot': lotUri(code) },
})

const mark = (campaign: string, isStart: boolean): Draft => ({
  'didymium:command': isStart ? 'start-campaign' : 'end-campaign',
  type: 'ObjectEvent',
  action: isStart ? 'ADD' : 'DELETE',
  bizStep: isStart ? 'commissioning' : 'decommissioning',
  disposition: isStart ? 'active' : 'inactive',
  epcList: [`${authority}/campaign/${campaign}`],
  readPoint: place('sx1'),
  ...(isStart ? { bizLocation: place('sx1') } : {}),
  'didymium:campaign': { 'didymium:code': campaign },
})

const charge = (campaign: string, code: string, mass: number, from: string): Draft => ({
  'didymium:command': 'charge',
  type: 'TransformationEvent',
  transformationID: `${authority}/campaign/${campaign}`,
  inputQuantityList: [kg(code, mass)],
  readPoint: place('sx1'),
  sourceList: [{ type: 'location', source: place(from).id }],
})

const draw = (campaign: string, code: string, kind: string, mass: number): Draft => ({
  'didymium:command': 'draw',
  type: 'TransformationEvent',
  transformationID: `${authority}/campaign/${campaign}`,
  bizStep: 'creating_class_instance',
  disposition: 'in_progress',
  outputQuantityList: [kg(code, mass)],
  readPoint: place('sx1'),
  bizLocation: place('store'),
  ilmd: {
    'didymium:lots': [
      { 'didymium:uri': lotUri(code), 'didymium:code': code, 'didymium:kind': kind },
    ],
  },
})

const ship = (code: string, mass: number): Draft => ({
  'didymium:command': 'ship',
  type: 'ObjectEvent',
  action: 'OBSERVE',
  bizStep: 'shipping',
  disposition: 'in_transit',
  quantityList: [kg(code, mass)],
  readPoint: place('store'),
  sourceList: [{ type: 'location', source: place('store').id }],
  destinationList: [{ type: 'owning_party', destination: `${authority}/party/magnet-maker` }],
})

const scrap = (code: string, mass: number): Draft => ({
  'didymium:command': 'scrap',
  type: 'ObjectEvent',
  action: 'DELETE',
  bizStep: 'destroying',
  disposition: 'disposed',
  quantityList: [kg(code, mass)],
  readPoint: place('store'),
})

export const intermediateOf = (campaign: number): string => `I-${campaign}`

/** One campaign; the first of a row has none before it. One in a thousand has a thousand feeds. */
function* campaignDrafts(n: number): Generator<Draft> {
  const campaign = `C-${n}`
  const stage = n % stagesInARow
  const isWide = Math.floor(n / stagesInARow) === 0 && stage === stagesInARow - 1
  const feeds = isWide ? 1000 : feedsPerCampaign
  const codes = Array.from({ length: feeds }, (_, i) => `F-${n}-${i}`)
  for (const code of codes) {
    yield receive(code, 400)
    yield move(code, 400)
    yield assay(code)
  }
  yield mark(campaign, true)
  if (stage > 0) yield charge(campaign, intermediateOf(n - 1), 200, 'store')
  for (const code of codes) yield charge(campaign, code, 400, 'store')
  yield draw(campaign, intermediateOf(n), 'intermediate', 200)
  for (const product of [`P-${n}-1`, `P-${n}-2`, `P-${n}-3`]) {
    yield draw(campaign, product, 'product', 300)
    yield assay(product)
    yield ship(product, 300)
  }
  yield draw(campaign, `R-${n}`, 'residue', 900)
  yield mark(campaign, false)
  // The last residues of all are still there.
  if (n >= 500) yield scrap(`R-${n - 500}`, 900)
}

/** So many events of a ledger, in the order of time, with IDs of their own. */
export function* ledgerHistory(count: number): Generator<EpcisEvent> {
  let made = 0
  for (let n = 0; made < count; n++) {
    for (const draft of campaignDrafts(n)) {
      if (made >= count) return
      const eventTime = new Date(first + made * pace).toISOString().replace('Z', '+00:00')
      const eventID = `${authority}/event/${made}`
      made++
      yield { eventTime, eventTimeZoneOffset: '+00:00', eventID, ...draft } as unknown as EpcisEvent
    }
  }
}

export const timeOfEvent = (number: number): number => first + number * pace
