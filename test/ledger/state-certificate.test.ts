import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import {
  catchUp,
  certificateOf,
  type Specification,
  specificationOf,
} from '../../src/ledger/index.ts'
import { assay, day, lot, place, receive, type ResultSaid, write } from './histories.ts'
import { memoryLedger } from './memory-derived.ts'

const store = place('store')
const product = lot('P1')

async function certified(results: readonly ResultSaid[], ...specifications: Specification[]) {
  const ledger = memoryLedger()
  await write(ledger, [
    receive(day(1), { lot: product, mg: 1e9 }, store, { kind: 'product', product: 'Nd2O3' }),
    assay(day(2), product, results),
  ])
  await catchUp(ledger)
  return certificateOf(ledger, product, specifications)
}

/** Nd2O3 from Brazilian carbonate by ion exchange, ug/g of the elements (IPEN, abstract). */
const ipen: Readonly<Record<string, number>> = {
  Sc: 4.09,
  Y: 0.39,
  La: 0.78,
  Ce: 5.62,
  Pr: 4.56,
  Sm: 11.1,
  Eu: 1.1,
  Gd: 14.3,
  Tb: 29.3,
  Dy: 4.15,
  Ho: 8.39,
  Er: 13.8,
  Tm: 0.23,
  Yb: 2.29,
  Lu: 0.39,
}

const profile = Object.entries(ipen).map(([analyte, value]) => ({ analyte, value: value * 1e-6 }))
const treo: ResultSaid = { analyte: 'TREO', value: 0.995, u: 0.004, k: 2, basis: 'oxide' }

const grade = (id: string): Specification => {
  const found = bank.products.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no grade ${id}`)
  return specificationOf(found)
}

test('the published profile of a 99.99 % oxide is 99.99 % by difference', async () => {
  const { conformity } = await certified([treo, ...profile], grade('operator-99.5'))
  const [line] = conformity[0]?.lines ?? []
  expect(line?.value?.toFixed(4)).toBe('0.9999')
  expect(line).toMatchObject({ how: 'by difference: one less the other rare earths' })
  const own = await certified([treo, ...profile])
  const reo = own.computed.find(({ measure }) => measure === 'REO/TREO')
  expect(reo?.value?.toFixed(4)).toBe('0.9999')
  expect(own.computed.find(({ measure }) => measure === 'TREO in product')).toMatchObject({
    value: 0.995,
    u: 0.004,
    k: 2,
    how: 'measured',
  })
  const oxide = own.computed.find(({ measure }) => measure === 'oxide in product')
  expect(oxide?.value).toBeCloseTo((reo?.value ?? 0) * 0.995, 12)
})

test('limits that were not measured are unknown, and so is the whole', async () => {
  const certificate = await certified([treo, ...profile], grade('Nd2O3-1'))
  const [one] = certificate.conformity
  const verdictOf = (name: string) =>
    one?.lines.find(({ measure, analyte }) => (analyte ?? measure) === name)?.verdict
  expect(verdictOf('REO/TREO')).toBe('pass')
  expect(verdictOf('TREO in product')).toBe('pass')
  expect(verdictOf('Sm2O3')).toBe('pass')
  expect(verdictOf('Fe2O3')).toBe('unknown')
  expect(verdictOf('loss on ignition')).toBe('unknown')
  expect(one?.verdict).toBe('unknown')
  expect(
    one?.lines.every(({ events, verdict }) => (verdict === 'unknown') === (events.length === 0)),
  ).toBe(true)
})

const iron: Specification = {
  id: 'iron',
  name: 'at most 10 ppm Fe2O3',
  elements: ['Nd'],
  limits: [{ measure: 'impurity', analyte: 'Fe2O3', atMost: 1e-5 }],
  source: 'a test',
}

const verdictOf = async (result: Omit<ResultSaid, 'analyte'>) => {
  const { conformity } = await certified([{ analyte: 'Fe', ...result }], iron)
  const [one] = conformity
  return [one?.verdict, one?.lines[0]?.isClose, one?.lines[0]?.remark]
}

// 10 ppm Fe2O3 are 6.99 ppm Fe.
test.each<[string, Omit<ResultSaid, 'analyte'>, unknown]>([
  ['below', { value: 6.9e-6, u: 1e-7, k: 2 }, ['pass', true, undefined]],
  ['far below', { value: 5e-6, u: 1e-7, k: 2 }, ['pass', false, undefined]],
  ['above', { value: 7.1e-6 }, ['fail', false, undefined]],
  ['as oxide', { value: 9.9e-6, basis: 'oxide', oxide: 'Fe2O3' }, ['pass', false, undefined]],
  ['less than a limit below', { loq: 5e-6 }, ['pass', false, undefined]],
  [
    'less than a limit above',
    { loq: 2e-5 },
    ['unknown', false, 'the limit of quantification lies above the limit'],
  ],
  [
    'provisional',
    { value: 5e-6, status: 'provisional' },
    ['provisional', false, 'as things are: pass'],
  ],
])('iron %s', async (_, result, expected) => {
  expect(await verdictOf(result)).toEqual(expected)
})

test('a result below its limit is printed as below, never as zero or as a number', async () => {
  const { conformity, readings } = await certified([{ analyte: 'Fe', loq: 5e-6 }], iron)
  const line = conformity[0]?.lines[0]
  expect(line?.value).toBeUndefined()
  expect(line?.below).toBeCloseTo(5e-6 * 1.4297, 8)
  expect(readings[0]).toMatchObject({ analyte: 'Fe', loq: 5e-6, by: 'own' })
})

test('didymium is judged by the sum of its oxides and by their shares', async () => {
  const results: ResultSaid[] = [
    { analyte: 'Nd', value: 0.745, u: 0.004, k: 2, basis: 'oxide', oxide: 'Nd2O3' },
    { analyte: 'Pr', value: 0.245, u: 0.003, k: 2, basis: 'oxide', oxide: 'Pr6O11' },
    treo,
  ]
  const { conformity } = await certified(results, grade('trade-NdPr'))
  const [reo, share] = conformity[0]?.lines ?? []
  expect(reo).toMatchObject({ verdict: 'pass', how: 'ratio of the measured oxides' })
  expect(reo?.value).toBeCloseTo(0.99 / 0.995, 9)
  expect(reo?.u).toBeCloseTo(
    2 * Math.hypot(Math.hypot(0.002, 0.0015) / 0.995, ((0.99 / 0.995) * 0.002) / 0.995),
    9,
  )
  expect(share?.value).toBeCloseTo(0.745 / 0.99, 9)
  expect(share?.verdict).toBe('pass')
})

test('a ratio of the oxides is no more than the measured impurities leave', async () => {
  const results: ResultSaid[] = [
    { analyte: 'Nd', value: 0.9993, u: 0.003, k: 2, basis: 'oxide', oxide: 'Nd2O3' },
    { analyte: 'Sm', value: 0.001, u: 3e-5, k: 2, basis: 'oxide', oxide: 'Sm2O3' },
    { analyte: 'TREO', value: 0.998, u: 0.002, k: 2, basis: 'oxide' },
  ]
  const { conformity } = await certified(results, grade('Nd2O3-1'), grade('operator-99.5'))
  const [strict, plain] = conformity.map(({ lines }) => lines[0])
  expect(strict?.value).toBeCloseTo(1 - 0.001 / 0.998, 9)
  expect(strict).toMatchObject({ verdict: 'fail', isClose: true })
  expect(plain?.verdict).toBe('pass')
})

test('a grade becomes the limits that were read, and no others', () => {
  const { limits } = grade('Nd2O3-9A')
  expect(limits).toContainEqual({ measure: 'REO/TREO', atLeast: 0.95 })
  expect(limits).toContainEqual({ measure: 'TREO in product', atLeast: 0.99 })
  expect(limits).toContainEqual({ measure: 'impurity', analyte: 'Pr6O11', atMost: 0.03 })
  expect(limits).toContainEqual({ measure: 'impurity', analyte: 'SO4', atMost: 0.005 })
  expect(limits).toContainEqual({ measure: 'loss on ignition', atMost: 0.01 })
  expect(limits).toHaveLength(8)
})

test('a lot of which nothing is known has an empty certificate', async () => {
  const ledger = memoryLedger()
  const { conformity, readings, release } = await certificateOf(ledger, lot('nothing'), [iron])
  expect(readings).toEqual([])
  expect(conformity[0]?.verdict).toBe('unknown')
  expect(release).toBe('none')
})
