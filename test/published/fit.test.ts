import { expect, test } from 'vitest'
import type { MeasuredRow } from '../../src/chemistry/index.ts'
import { type Fit, fitConstants, type FitRequest } from '../../src/scenario/index.ts'
import { builtIn, readCase } from './case.ts'

/**
 * Fits of our own to the published rows against what others reach on them: the root mean square of
 * log10 D, over measured D above 0.02, of the three sets in `cases`. The case's own fit to LI87 has
 * the same unknowns as ours with the slope of stoichiometry, so there the least squares of log10 D
 * must win; against all three sets the fit with a slope of its own must.
 */
type ByElement = Readonly<Record<string, number>>
interface Li {
  readonly baselineRms: Readonly<Record<string, ByElement>>
  readonly constants: Readonly<Record<string, ByElement>>
}
interface Lyon {
  readonly baselineRms: Readonly<Record<string, Readonly<Record<string, ByElement>>>>
  readonly measuredRatio: readonly [number, number]
}
const li = readCase('li87') as Li
const lyon = readCase('lyon16') as Lyon

const request: FitRequest = {
  id: 'own',
  title: 'own fit',
  model: 'mass-action',
  extractant: 'PC88A',
  diluent: 'kerosene',
  medium: 'chloride',
  fix: { reference: 1 },
}

function rowsOf(id: string): MeasuredRow[] {
  return builtIn(id).points.flatMap((point, k) => {
    const each = Object.entries(point.D)
    const measured = each.map(([element, value]) => ({ of: 'D' as const, element, value }))
    const marked = point.note?.startsWith('OUTLIER') === true
    return marked ? [] : [{ ...point, measured, place: `${id}:${k + 1}` }]
  })
}
const liRows = rowsOf('PC88A-LI87-cube')
const lyonRows = rowsOf('PC88A-T21-NdPr')

function fitted(rows: readonly MeasuredRow[], more: Partial<FitRequest> = {}): Fit {
  const answer = fitConstants(rows, { ...request, ...more }, 'own fit')
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  expect(answer.fit.outcome).toBe('converged')
  return answer.fit
}

/** Root mean square of log10 D by element over the rows with so many elements, or all. */
function rmsOf(fit: Fit, rows: readonly MeasuredRow[], elements?: number): ByElement {
  const squares = new Map<string, number[]>()
  for (const { place, element = '', deviation } of fit.measures) {
    const row = rows.find((candidate) => candidate.place === place)
    if (elements !== undefined && Object.keys(row?.feed ?? {}).length !== elements) continue
    squares.set(element, [...(squares.get(element) ?? []), deviation ** 2])
  }
  return Object.fromEntries(
    [...squares].map(([element, list]) => [
      element,
      Math.sqrt(list.reduce((a, b) => a + b, 0) / list.length),
    ]),
  )
}

test('LI87: below the baseline of the same equation, and with a slope below all three', () => {
  const [plain, sloped] = [fitted(liRows), fitted(liRows, { free: ['slope'] })]
  const [own, free] = [rmsOf(plain, liRows), rmsOf(sloped, liRows)]
  const cube = li.baselineRms['PC88A-LI87-cube'] ?? {}
  const table = Object.entries(cube).map(([element, published]) => {
    const best = Math.min(...Object.values(li.baselineRms).map((set) => set[element] ?? 9))
    expect(own[element], element).toBeLessThan(published)
    expect(free[element], element).toBeLessThan(best)
    const [a, b] = [own[element] ?? 0, free[element] ?? 0].map((rms) => rms.toFixed(4))
    return { element, 'own fit': a, 'same equation': published, 'slope free': b, 'best of 3': best }
  })
  console.log('LI87: rms of log10 D')
  console.table(table)
  // The published levels: means of log10 K over the rows, the Nd rows at 0.3 and 0.5 M acid too.
  const published = li.constants['PC88A-LI87-cube'] ?? {}
  for (const { name, value } of plain.numbers) {
    const level = published[name.slice(0, name.indexOf('.'))] ?? Number.NaN
    expect(Math.abs(value - level), name).toBeLessThan(name === 'Nd.a' ? 0.23 : 0.12)
  }
})

test('LYON16: below every baseline', () => {
  const fits = {
    stoichiometric: fitted(lyonRows),
    'slope free': fitted(lyonRows, { free: ['slope'] }),
  }
  const kinds: Readonly<Record<string, number | undefined>> = {
    all: undefined,
    single: 1,
    binary: 2,
  }
  const table: Record<string, string | number>[] = []
  for (const [id, baseline] of Object.entries(lyon.baselineRms)) {
    for (const [kind, byElement] of Object.entries(baseline)) {
      for (const [element, published] of Object.entries(byElement)) {
        const rms = Object.values(fits).map(
          (fit) => rmsOf(fit, lyonRows, kinds[kind])[element] ?? 9,
        )
        const [plain = 9, sloped = 9] = rms
        expect(sloped, `${id} ${kind} ${element}`).toBeLessThan(published)
        // LLEPE's Pitzer model has activities; the level alone does not reach its Nd.
        if (id !== 'PC88A-LLEPE-Pitzer') expect(plain).toBeLessThan(published)
        const [a, b] = [plain.toFixed(3), sloped.toFixed(3)]
        table.push({ set: id, kind, element, published, stoichiometric: a, 'slope free': b })
      }
    }
  }
  console.log('LYON16: rms of log10 D')
  console.table(table)
})

test('LI87 and LYON16 together, Nd/Pr held within what mixtures measured', () => {
  const rows = [...liRows, ...lyonRows]
  const separations = [{ over: 'Nd', under: 'Pr', low: 1.3, high: 1.6 }]
  const scatter = 'source'
  const fit = fitted(rows, { separations, scatter })
  const ratio = fit.numbers.find(({ name }) => name === 'Nd/Pr')
  // Li's single sheets say 2.7 (PC88A-LI87-cube): the limit must bind, at its upper end.
  expect(ratio).toMatchObject({ atBound: true, value: expect.closeTo(1.6, 9) as number })
  const a = (name: string) => fit.set.parameters[name]?.['a']?.value ?? Number.NaN
  expect(10 ** (a('Nd') - a('Pr'))).toBeCloseTo(1.6, 6)
  const at = (list: Fit['sources'], source: string, element: string) =>
    list.find((one) => one.source === source && one.element === element)?.rms ?? Number.NaN
  const table = fit.sources
    .filter(({ element }) => element === 'Nd' || element === 'Pr')
    .map(({ source, element, rms }) => {
      const [free, alone] = [fit.unconstrained, fit.alone].map((l) => at(l, source, element))
      return { source, element, held: rms, 'not held': free, alone }
    })
  console.log('Nd/Pr held within 1.3 to 1.6: rms of log10 D by source')
  console.table(table)
  expect(table).toHaveLength(4)
  for (const { held, 'not held': free, alone } of table) {
    for (const rms of [held, free, alone]) expect(rms).toBeGreaterThan(0)
  }
  // What the limit costs: Li's Pr pays, and Lyon's mixtures gain from it.
  const [liPr, lyonPr] = [table.find((r) => r.source === 'li-1987' && r.element === 'Pr'), table[3]]
  expect(liPr?.held).toBeGreaterThan((liPr?.['not held'] ?? 9) + 0.03)
  expect(lyonPr?.held).toBeLessThan((lyonPr?.['not held'] ?? 0) - 0.1)
  // With every D weighed alike the joint fit asks for a ratio within the limits by itself.
  const alike = fitted(rows, { separations })
  const own = alike.numbers.find(({ name }) => name === 'Nd/Pr')
  expect(own?.atBound).toBe(false)
  expect(own?.value).toBeGreaterThan(1.3)
  expect(own?.value).toBeLessThan(1.6)
  console.log(
    `all D weighed alike: Nd/Pr ${own?.value.toFixed(3)} ± ${own?.standardError?.toFixed(3)}`,
  )
})
