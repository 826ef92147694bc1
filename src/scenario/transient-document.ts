import * as z from 'zod'
import type { TransientReport } from '../flowsheet/unit-op.ts'

/**
 * A circuit in time as a document: plain JSON, versioned. Times s from the beginning, rates mol/s,
 * contents kg, stage concentrations mol/L. Made to be played: `frames` holds for each moment one
 * column over the stages; `outlets`, `holdUp` and `purity` run over `times`.
 * The shapes are functions, made when somebody asks for the schema.
 */
const column = () => z.array(z.number())
const stages = () =>
  z.array(column()).describe('one column of stages for each moment of frames.times')
const byElement = () => z.record(z.string(), column())

const settled = () =>
  z.object({
    of: z.enum(['outlet', 'hold-up']),
    outlet: z.string().optional(),
    element: z.string(),
    start: z.number().describe('mol/s or kg'),
    steady: z.number().describe('mol/s or kg, at the steady state'),
    at95: z
      .number()
      .nullable()
      .describe('s from which it stays within 5 % of its way; null: later'),
    at99: z.number().nullable(),
    counts: z.boolean().describe('1 % or more of the rare earths there: decides `settledAt`'),
  })

const settledAt = () => z.object({ at95: z.number().nullable(), at99: z.number().nullable() })

const product = () =>
  z.object({
    outlet: z.string(),
    elements: z.array(z.string()),
    atLeast: z.number(),
    purity: z.array(z.number().nullable()).describe('oxides over all rare earth oxides, at times'),
    made: z.number().describe('kg of rare earth oxides that left by the outlet'),
    offSpecification: z.number().describe('kg of them while the purity was missed'),
    pureFrom: z.number().nullable().describe('s from which the purity is kept; null: never'),
  })

const summary = () =>
  z.object({
    start: z.enum(['steady', 'direct', 'total-reflux']),
    settledAt: settledAt(),
    products: z.array(product().omit({ purity: true })),
    events: z.array(z.object({ time: z.number(), text: z.string() })),
  })

const transient = () =>
  z.object({
    schema: z.literal('didymium/transient@1'),
    title: z.string(),
    plant: z.string().describe('SHA-256 of the plant file'),
    circuit: z.string(),
    start: summary().shape.start,
    until: z.number().describe('s'),
    settings: z.array(z.object({ from: z.number(), changes: z.array(z.string()) })),
    times: column(),
    outlets: z.record(z.string(), byElement()).describe('mol/s by outlet and element, at times'),
    holdUp: byElement().describe(
      'kg by element (what only rides on the water: by species), at times',
    ),
    products: z.array(product()),
    frames: z.object({
      times: column(),
      stages: z.array(z.object({ index: z.number().int(), section: z.string() })),
      aqueous: z.record(z.string(), stages()),
      organic: z.record(z.string(), stages()),
      pH: stages(),
      loading: stages().describe('of the stoichiometric limit'),
    }),
    steady: z.object({
      outlets: z.record(z.string(), z.record(z.string(), z.number())),
      holdUp: z.record(z.string(), z.number()),
    }),
    settled: z.array(settled()),
    settledAt: settledAt(),
    events: summary().shape.events,
    compared: z
      .array(summary())
      .optional()
      .describe('the ways to start side by side, if asked for'),
    balance: z.object({
      worst: z.number().describe('|held - held before - in + out| over what is there, at any step'),
      of: z.string(),
    }),
    distance: z.number().describe('largest difference of a mixer from steady at the end, relative'),
    effort: z.object({ steps: z.number(), refused: z.number() }),
    assumptions: z.array(z.string()),
  })

export type Transient = z.infer<ReturnType<typeof transient>>
export type TransientSummary = z.infer<ReturnType<typeof summary>>

/** The JSON Schema (draft 2020-12) of a transient. */
export function transientJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(transient(), { target: 'draft-2020-12' })
  return { $id: 'urn:didymium:schema:transient:1', title: 'Didymium transient', ...schema }
}

/**
 * The time from which a quantity stays within a share of its way from its first value to its goal:
 * the last crossing, as a line between two moments. Null where it does not to the end.
 */
export function settlingTime(
  times: readonly number[],
  values: readonly number[],
  goal: number,
  share: number,
): number | null {
  const band = share * Math.abs(goal - (values[0] ?? goal))
  const off = (j: number) => Math.abs((values[j] ?? goal) - goal)
  let j = times.length - 1
  if (off(j) > band) return null
  while (j > 0 && off(j - 1) <= band) j--
  if (j === 0) return times[0] ?? null
  const [t0, t1, a, b] = [times[j - 1] ?? 0, times[j] ?? 0, off(j - 1), off(j)]
  return t0 + ((t1 - t0) * (a - band)) / (a - b)
}

/** A quantity that ends where it began is not timed: its way, over itself, below which it did. */
const unmoved = 1e-3
/** Share of the rare earths of an outlet (of the hold-up) from which an element counts. */
const weighty = 0.01

/** When each outlet and each content settled; what hardly moves is left out. */
export function settlingOf(
  report: TransientReport,
  rareEarths: readonly string[],
): Transient['settled'] {
  const rows: Transient['settled'] = []
  const add = (
    head: Pick<Transient['settled'][0], 'of' | 'outlet' | 'element'>,
    values: readonly number[],
    goal: number,
    whole: number,
  ) => {
    const start = values[0] ?? 0
    if (!(Math.abs(goal - start) > unmoved * Math.max(Math.abs(goal), Math.abs(start)))) return
    const time = (share: number) => settlingTime(report.times, values, goal, share)
    const counts = rareEarths.includes(head.element) && goal >= weighty * whole
    rows.push({ ...head, start, steady: goal, at95: time(0.05), at99: time(0.01), counts })
  }
  const all = (of: Readonly<Record<string, number>>) =>
    rareEarths.reduce((sum, el) => sum + (of[el] ?? 0), 0)
  for (const [outlet, columns] of Object.entries(report.outlets)) {
    const goals = report.steady.outlets[outlet] ?? {}
    for (const [element, values] of Object.entries(columns))
      add({ of: 'outlet', outlet, element }, values, goals[element] ?? 0, all(goals))
  }
  const { holdUp } = report.steady
  for (const [element, values] of Object.entries(report.holdUp))
    add({ of: 'hold-up', element }, values, holdUp[element] ?? 0, all(holdUp))
  return rows
}

/** When the last of what counts has settled. */
export function settledWhole(rows: Transient['settled']): Transient['settledAt'] {
  const latest = (times: readonly (number | null)[]) =>
    times.reduce<number | null>((a, b) => (a === null || b === null ? null : Math.max(a, b)), 0)
  const counting = rows.filter((row) => row.counts)
  return { at95: latest(counting.map((r) => r.at95)), at99: latest(counting.map((r) => r.at99)) }
}

/** Moments of the series that a document keeps: enough to draw, few enough to send. */
const kept = 400
const digits = 7

const round = (v: number) => Number(v.toPrecision(digits))

/** The report with its series thinned to what a picture needs, to seven digits. */
export function thinned(report: TransientReport) {
  const { times } = report
  const every = Math.max(1, Math.ceil(times.length / kept))
  const keep = <T>(values: readonly T[]) =>
    values.filter((_, j) => j % every === 0 || j === values.length - 1)
  const series = (values: readonly number[]) => keep(values).map(round)
  const each = <A, B>(of: Readonly<Record<string, A>>, f: (a: A) => B): Record<string, B> =>
    Object.fromEntries(Object.entries(of).map(([name, a]) => [name, f(a)]))
  const profile = (columns: readonly (readonly number[])[]) => columns.map((c) => c.map(round))
  const { frames } = report
  return {
    times: series(times),
    outlets: each(report.outlets, (columns) => each(columns, series)),
    holdUp: each(report.holdUp, series),
    products: report.products.map(({ floor, purity, ...rest }) => ({
      outlet: floor.outlet,
      elements: [...floor.elements],
      atLeast: floor.atLeast,
      purity: keep(purity).map((p) => (p === null ? null : round(p))),
      ...rest,
    })),
    frames: {
      times: [...frames.times],
      stages: [...frames.stages],
      aqueous: each(frames.aqueous, profile),
      organic: each(frames.organic, profile),
      pH: profile(frames.pH),
      loading: profile(frames.loading),
    },
  }
}
