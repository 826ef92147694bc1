import type { Outcome, UnitResult, Warning } from '../../flowsheet/unit-op.ts'
import type { Built, SectionParams } from './model.ts'
import { aqueousTarget } from './model.ts'
import { loadings, stagePH } from './report.ts'
import type { Run } from './run.ts'

type Failure = Extract<UnitResult, { ok: false }>

const at = (a: Float64Array, i: number) => a[i] as number

function failure(outcome: Outcome, place: string, detail: string, advice: string): Failure {
  return { ok: false, outcome, at: place, detail, advice }
}

/** One past the last stage of the battery that the first stage belongs to. */
function batteryEnd(built: Built): number {
  const { sections, starts } = built.circuit
  let index = 1
  while (index < sections.length && aqueousTarget(sections, index) === 'previous') index++
  return starts[index] as number
}

const place = (built: Built, stage: number) =>
  `stage ${stage + 1} (${built.circuit.sections[at2(built.laid.sectionOf, stage)]?.name ?? ''})`
const at2 = (a: Int32Array, i: number) => a[i] as number

/**
 * More base on the organic than the first battery can exchange: its metal charge and acid, and of
 * the metal only what the organic has room for (two monomers are bound for each one that was
 * sodium). No steady state without hydroxide, whatever the solver says. A balance, checked before
 * solving.
 */
export function baseBeforeSolving(built: Built): Failure | undefined {
  const { problem, saponified, laid, circuit } = built
  if (saponified === 0 || !problem.usesFree) return undefined
  const { network } = laid
  const n = network.stages
  const end = batteryEnd(built)
  let acid = 0
  for (let i = 0; i < end; i++) acid += at(problem.acid, i)
  let metal = 0
  circuit.inventory.exchanged.forEach((e, k) => {
    if (e.charge < 2) return
    for (let i = 0; i < end; i++) metal += e.charge * at(problem.source, k * n + i)
  })
  let reflux = 0
  if (end < n) reflux += at(network.aqueousBack, end)
  for (const r of network.recycles) if (r.to < end && r.from >= end) reflux += r.flow
  const organicFlow = saponified / baseShare(built)
  const room = organicFlow / circuit.distribution.monomersPerFree
  const most = acid - metal + (reflux > 0 ? room : Math.min(metal, room))
  if (saponified <= most || (reflux > 0 && saponified <= acid + room)) return undefined
  return failure(
    'saponification-above-throughput',
    'saponification',
    `the organic brings ${saponified.toPrecision(4)} mol/s of base ` +
      `but feed and scrub bring only ${most.toPrecision(4)} mol/s of ` +
      'acid, and of metal charge that the organic has room for: pH ' +
      'would rise past 7 and hydroxide fall',
    `saponify at most ${((100 * baseShare(built) * most) / saponified).toFixed(1)} %, or lower the organic flow`,
  )
}

/** Saponified share of the extractant at the knobs. */
function baseShare(built: Built): number {
  const { params } = built.circuit
  return Math.min(params.saponification * built.knobs.saponification, 0.98)
}

/** The first named outcome that the solution shows, worst cause first; undefined = it stands. */
export function outcomeOf(run: Run): Failure | undefined {
  const { built, solution } = run
  const { circuit, laid, problem } = built
  const n = laid.network.stages
  if (!solution.converged)
    return failure(
      'max-iterations',
      place(built, solution.worstStage),
      `the balances of ${place(built, solution.worstStage)} are left ` +
        `open by ${solution.residual.toExponential(2)} after ${solution.iterations} ` +
        'linear solves',
      'check flows and acid of that section; a flow far from any working point often has no steady state',
    )
  const unused = baseLeft(run)
  if (unused !== undefined) return unused
  const loading = loadings(built, solution)
  const cap = circuit.params.loadingCap
  let full = 0
  for (let i = 1; i < n; i++) if (at(loading, i) > at(loading, full)) full = i
  const short = stripFailure(run, loading)
  if (short !== undefined) return short
  if (at(loading, full) > cap && problem.usesFree)
    return failure(
      'extractant-saturated',
      place(built, full),
      `loading is ${(100 * at(loading, full)).toFixed(1)} % of stoichiometric ` +
        `in ${place(built, full)}; the cap is ${(100 * cap).toFixed(0)} ` +
        '% (beyond it gel or a third phase)',
      'raise the organic flow or the extractant, lower saponification or reflux, or feed less',
    )
  return undefined
}

/** Sodium that passes the first battery on the organic: it found nothing to exchange with. */
function baseLeft(run: Run): Failure | undefined {
  const { built, solution } = run
  const { circuit, laid, saponified } = built
  if (saponified === 0) return undefined
  const n = laid.network.stages
  const end = batteryEnd(built)
  const k = circuit.inventory.exchanged.findIndex((e) => e.element === circuit.params.base)
  const left = at(solution.organicRate, k * n + end - 1)
  if (left <= 0.02 * saponified) return undefined
  let high = 0
  for (let i = 0; i < end; i++) if (stagePH(solution, i) > stagePH(solution, high)) high = i
  return failure(
    'saponification-above-throughput',
    place(built, high),
    `${((100 * left) / saponified).toFixed(1)} % of the base on the ` +
      `organic is not exchanged for rare earth; pH reaches ${stagePH(solution, high).toFixed(2)} ` +
      `in ${place(built, high)}, where hydroxide falls`,
    'lower saponification or organic flow',
  )
}

/** Acid short of what the loaded organic needs, else rare earth left on the stripped organic. */
function stripFailure(run: Run, loading: Float64Array): Failure | undefined {
  const { built, solution } = run
  const { circuit, laid, problem } = built
  const n = laid.network.stages
  const limit = circuit.params.strippedLimit
  const first = circuit.sections.findIndex((s) => s.type === 'strip')
  if (first < 0 || !problem.usesFree || at(loading, n - 1) <= limit) return undefined
  const start = circuit.starts[first] as number
  let need = 0
  circuit.inventory.exchanged.forEach((e, k) => {
    need += e.charge * (start > 0 ? at(solution.organicRate, k * n + start - 1) : 0)
  })
  let acid = 0
  for (let i = start; i < n; i++) acid += at(problem.acid, i)
  const left =
    `${(100 * at(loading, n - 1)).toFixed(2)} % of the stoichiometric ` +
    `loading stays on the stripped organic (limit ${(100 * limit).toFixed(2)} ` +
    '%)'
  if (acid < need)
    return failure(
      'acid-short',
      circuit.sections[first]?.name ?? 'strip',
      `the strip acid brings ${acid.toPrecision(4)} mol/s of H+ for ` +
        `${need.toPrecision(4)} mol/s of metal charge on the loaded organic; ` +
        left,
      `raise the strip flow or its acid by at least ${(100 * (need / Math.max(acid, 1e-300) - 1)).toFixed(0)} %`,
    )
  return failure(
    'organic-not-stripped',
    place(built, n - 1),
    left,
    'stronger or more strip acid, or more strip stages',
  )
}

/** Validity of the data set, one warning a kind: how many stages, the worst, what it is worth. */
export function validityWarnings(run: Run): Warning[] {
  const { built, solution } = run
  const { circuit, laid, problem } = built
  const { validity, worth, id } = circuit.set
  const n = laid.network.stages
  const warnings: Warning[] = []
  const loading = loadings(built, solution)
  const metals = circuit.inventory.exchanged
    .map((e, k) => (e.charge > 2 ? k : -1))
    .filter((k) => k >= 0)
  const total = (i: number) => metals.reduce((sum, k) => sum + at(solution.aqueous, k * n + i), 0)
  const check = (
    what: string,
    unit: string,
    range: readonly [number, number] | undefined,
    value: (i: number) => number,
  ) => {
    if (range === undefined) return
    for (const strip of [false, true]) {
      let count = 0
      let worst = -1
      let far = 0
      for (let i = 0; i < n; i++) {
        const section = circuit.sections[at2(laid.sectionOf, i)] as SectionParams
        if ((section.type === 'strip' || section.type === 'wash') !== strip) continue
        const v = value(i)
        const beyond = Math.max(range[0] - v, v - range[1])
        if (!(beyond > 1e-9 * Math.abs(range[1]))) continue
        count++
        if (beyond > far) {
          far = beyond
          worst = i
        }
      }
      if (worst < 0) continue
      warnings.push({
        rank: strip ? 3 : 2,
        code: 'outside-validity',
        stage: worst + 1,
        text:
          `${what} ${value(worst).toPrecision(3)}${unit} in ${place(built, worst)} ` +
          `is outside ${range[0]} to ${range[1]} of ${id} (${count} ${strip ? 'strip or wash ' : ''}stages); ` +
          worth,
      })
    }
  }
  check('pH', '', validity.pH, (i) => stagePH(solution, i))
  if (problem.usesFree && problem.monomersPerFree > 0)
    check('free extractant', ' mol/L', validity.free, (i) => Math.exp(at(solution.lnFree, i)))
  check('loading', '', validity.loading, (i) => at(loading, i))
  check('aqueous rare earth', ' mol/L', validity.aqueous, total)
  return warnings
}

/** Assumptions that the numbers rest on. */
export function assumptionWarnings(built: Built): Warning[] {
  const { circuit } = built
  const warnings: Warning[] = []
  const assumed = circuit.params.assumedD ?? {}
  const used = Object.entries(assumed)
  if (used.length > 0)
    warnings.push({
      rank: 3,
      code: 'assumed-distribution',
      text: `assumed distribution ratios: ${used.map(([e, D]) => `${e} ${D}`).join(', ')}`,
    })
  const sulfate = circuit.table.find('aqueous', 'SO4-2')
  const at0 = circuit.inventory.inert.indexOf(sulfate)
  const fed = at0 < 0 ? 0 : (built.inert[at0] as Float64Array).reduce((a, b) => a + b, 0)
  const acid = built.problem.acid.reduce((a, b) => a + b, 0)
  if (built.problem.bisulfate === 0 && fed > 0.05 * acid)
    warnings.push({
      rank: 2,
      code: 'sulfate-medium',
      text: `${circuit.set.id} knows no bisulfate: the acid of the sulfate liquor is taken as free H+, so extraction is underestimated`,
    })
  return warnings
}
