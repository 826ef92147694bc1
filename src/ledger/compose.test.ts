import { expect, test } from 'vitest'
import type { ElementTable } from '../chemistry/index.ts'
import { composer } from './compose.ts'
import type { Assay } from './lot.ts'
import type { Links } from './remembered.ts'
import type { LotState } from './state.ts'

const weight = (symbol: string, value: number) =>
  [
    symbol,
    { symbol, name: symbol, atomicWeight: { value, method: 'measured', source: 'x' } },
  ] as const
const elements = new Map([
  weight('Nd', 144.242),
  weight('Dy', 162.5),
  weight('O', 15.999),
]) as ElementTable

type Said = Partial<Assay> & { readonly analyte: string }

const stateOf = (uri: string, assays: readonly Said[]): LotState => ({
  uri,
  first: { time: 0, id: '' },
  last: { time: 0, id: '' },
  places: {},
  mg: 0,
  came: 0,
  went: 0,
  adjusted: 0,
  weighings: [],
  assays: assays.map((said, index) => ({
    lot: uri,
    time: index,
    event: `${uri}-${index}`,
    basis: 'element',
    condition: 'wet',
    status: 'final',
    ...said,
  })),
  shipments: [],
  packings: [],
  findings: [],
})

type Parents = Readonly<Record<string, readonly (readonly [string, number])[]>>

function compose(
  lots: Readonly<Record<string, readonly Said[]>>,
  parents: Parents = {},
  samples: Readonly<Record<string, readonly string[]>> = {},
) {
  const links = Object.keys(lots).map((uri): [string, Links] => [
    uri,
    {
      parents: (parents[uri] ?? []).map(([lot, mg]) => ({ lot, mg })),
      samples: samples[uri] ?? [],
    },
  ])
  const states = Object.entries(lots).map(([uri, said]) => [uri, stateOf(uri, said)] as const)
  return composer(elements, { states: new Map(states), links: new Map(links) })
}

const contentOf = (of: ReturnType<typeof compose>, lot: string, element: string) =>
  of(lot).contents.find((one) => one.element === element)

test('an oxide is turned into its element by atomic weights, with its uncertainty', () => {
  const of = compose({ p: [{ analyte: 'Nd', value: 0.99, u: 0.004, k: 2, basis: 'oxide' }] })
  const share = (2 * 144.242) / 336.481
  expect(contentOf(of, 'p', 'Nd')?.fraction).toBeCloseTo(0.99 * share, 10)
  expect(contentOf(of, 'p', 'Nd')?.u).toBeCloseTo(0.002 * share, 10)
})

test('a dry result is of the wet mass when the moisture is known, and a gap when it is not', () => {
  const dry: Said = { analyte: 'Nd', value: 0.3, u: 0.006, k: 2, condition: 'dry' }
  const of = compose({ f: [dry, { analyte: 'H2O', value: 0.1, u: 0.02, k: 2 }], g: [dry] })
  expect(contentOf(of, 'f', 'Nd')?.fraction).toBeCloseTo(0.27, 12)
  expect(contentOf(of, 'f', 'Nd')?.u).toBeCloseTo(Math.hypot(0.003 * 0.9, 0.3 * 0.01), 12)
  expect(of('g').contents).toEqual([])
  expect(of('g').gaps).toEqual([
    { analyte: 'Nd', why: 'given dry, and the moisture of the lot is unknown' },
  ])
})

test('the newest final result counts, a provisional one only where there is no other', () => {
  const of = compose({
    f: [
      { analyte: 'Nd', value: 0.3 },
      { analyte: 'Nd', value: 0.2 },
      { analyte: 'Nd', value: 0.1, status: 'provisional' },
      { analyte: 'Dy', value: 0.02, status: 'provisional' },
    ],
  })
  expect(contentOf(of, 'f', 'Nd')).toMatchObject({ fraction: 0.2, status: 'final', from: 'f' })
  expect(contentOf(of, 'f', 'Dy')).toMatchObject({ fraction: 0.02, status: 'provisional' })
})

test('below a limit is not zero', () => {
  const of = compose({ f: [{ analyte: 'Dy', loq: 0.001 }] })
  expect(contentOf(of, 'f', 'Dy')).toMatchObject({ fraction: 0.001, isBelow: true })
})

test('an uncertainty without its coverage factor says nothing', () => {
  const of = compose({ f: [{ analyte: 'Nd', value: 0.3, u: 0.01 }] })
  expect(contentOf(of, 'f', 'Nd')?.u).toBeUndefined()
})

test('a sample speaks for its lot, a lot for what was split from it', () => {
  const of = compose(
    { f: [], s: [{ analyte: 'Nd', value: 0.3 }], part: [{ analyte: 'Dy', value: 0.01 }] },
    { part: [['f', 10]] },
    { f: ['s'] },
  )
  expect(contentOf(of, 'f', 'Nd')).toMatchObject({ fraction: 0.3, from: 's' })
  expect(of('part').contents).toMatchObject([
    { element: 'Dy', fraction: 0.01, from: 'part' },
    { element: 'Nd', fraction: 0.3, from: 's' },
  ])
  expect(of('part').readings.find(({ analyte }) => analyte === 'Nd')?.by).toBe('parent')
})

test('a blend is the mean of its parts by mass; what one part does not say is unknown', () => {
  const of = compose(
    {
      a: [
        { analyte: 'Nd', value: 0.4, u: 0.02, k: 2 },
        { analyte: 'Dy', value: 0.01 },
      ],
      b: [{ analyte: 'Nd', value: 0.1, u: 0.01, k: 2 }],
      mix: [],
    },
    {
      mix: [
        ['a', 100],
        ['b', 300],
      ],
    },
  )
  expect(contentOf(of, 'mix', 'Nd')?.fraction).toBeCloseTo(0.175, 12)
  expect(contentOf(of, 'mix', 'Nd')?.u).toBeCloseTo(Math.hypot(0.25 * 0.01, 0.75 * 0.005), 12)
  expect(contentOf(of, 'mix', 'Dy')).toBeUndefined()
})

test('parts of one lot that are blended again are as uncertain as the lot', () => {
  const of = compose(
    { f: [{ analyte: 'Nd', value: 0.4, u: 0.02, k: 2 }], a: [], b: [], mix: [] },
    {
      a: [['f', 50]],
      b: [['f', 50]],
      mix: [
        ['a', 50],
        ['b', 50],
      ],
    },
  )
  expect(contentOf(of, 'mix', 'Nd')?.u).toBeCloseTo(0.01, 12)
})

test('less than a limit in one part is half the limit, with a rectangular uncertainty', () => {
  const of = compose(
    {
      a: [{ analyte: 'Dy', value: 0.02, u: 0, k: 2 }],
      b: [{ analyte: 'Dy', loq: 0.004 }],
      mix: [],
    },
    {
      mix: [
        ['a', 50],
        ['b', 50],
      ],
    },
  )
  expect(contentOf(of, 'mix', 'Dy')?.fraction).toBeCloseTo(0.011, 12)
  expect(contentOf(of, 'mix', 'Dy')?.u).toBeCloseTo((0.5 * 0.004) / Math.sqrt(12), 12)
})
