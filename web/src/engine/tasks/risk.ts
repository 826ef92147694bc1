import { quantile } from '../../../../src/numerics/index.ts'
import { readPlant } from '../../../../src/scenario/engine.ts'
import { formatFinding } from '../../../../src/scenario/findings.ts'
import type { PlantDocument } from '../../../../src/scenario/plant.ts'
import { solveRisk, type PreparedRisk } from '../../../../src/scenario/risk/draw.ts'
import { openRisk } from '../../../../src/scenario/risk/open.ts'
import { riskValues, summariseRisk } from '../../../../src/scenario/risk/summary.ts'
import { swinging, swingOf } from '../../../../src/scenario/risk/tornado.ts'
import type {
  RiskCase,
  RiskDraw,
  RiskRequest,
  RiskSummary,
} from '../../../../src/scenario/risk/types.ts'
import { current } from '../in-hand.ts'
import type { Progress, SolveRequest, TaskMap } from '../protocol.ts'
import type { Refused } from './results.ts'

/** The odds that are asked of the plant in hand, alone or beside another on the same draws. */
export interface OddsAsked {
  readonly request: RiskRequest
  readonly other?: { readonly name: string; readonly plant: SolveRequest }
}

/** What a run will do. */
export interface OddsPlan {
  readonly draws: number
  readonly inputs: number
  readonly fixed: readonly string[]
}

/** One measure over the draws made so far, in its unit; an entry a plant. */
export interface OddsSample {
  readonly measure: string
  readonly title: string
  readonly unit: string
  readonly cases: readonly {
    readonly name: string
    /** Of the draws with a number, in no order. */
    readonly values: Float64Array
    readonly p10: number
    readonly p50: number
    readonly p90: number
    readonly belowZero: number
  }[]
}

/** What the draws made so far say. */
export interface OddsSoFar {
  readonly made: number
  readonly unsolved: number
  readonly samples: readonly OddsSample[]
}

export interface Odds extends OddsSoFar {
  readonly summary: RiskSummary
}

interface Prepared {
  readonly plant: PlantDocument
  readonly key: string
  readonly cases: readonly PreparedRisk[]
}

let prepared: Prepared | undefined

const refused = (message: string, expected = ''): Refused => ({
  ok: false,
  refusals: [{ ok: false, message, expected }],
})

/** The plants of a run, solved, appraised and with their draws; kept for the next piece of it. */
function prepare(asked: OddsAsked): Prepared | Refused {
  const { plant } = current()
  const key = JSON.stringify(asked)
  if (prepared?.plant === plant && prepared.key === key) return prepared
  const own = { name: 'this plant', plant, set: [] }
  const other = asked.other === undefined ? undefined : plantOf(asked.other)
  if (other !== undefined && 'ok' in other) return other
  const opened = openRisk(other === undefined ? [own] : [own, other], asked.request)
  if (opened.ok) {
    prepared = { plant, key, cases: opened.cases }
    return prepared
  }
  if (opened.why === 'question') return { ok: false, refusals: opened.refusals }
  return refused(`${opened.name} has no solution: ${opened.detail}`, opened.advice)
}

function plantOf({ name, plant: { file, text, sets } }: NonNullable<OddsAsked['other']>) {
  const reading = readPlant(text, {
    file,
    readSet: (path) => (Object.hasOwn(sets, path) ? sets[path] : undefined),
  })
  if (reading.ok) return { name, plant: reading.plant, set: [] }
  const [first] = reading.findings
  return refused(first === undefined ? `${name} cannot be read` : formatFinding(first))
}

function plan(asked: OddsAsked): { readonly ok: true; readonly plan: OddsPlan } | Refused {
  const ready = prepare(asked)
  if ('refusals' in ready) return ready
  const [first] = ready.cases
  const { draws = 0, inputs = [], fixed = [] } = first?.plan ?? {}
  return { ok: true, plan: { draws, inputs: inputs.length, fixed } }
}

function readyOf(asked: OddsAsked): readonly PreparedRisk[] {
  const ready = prepare(asked)
  if ('refusals' in ready) throw new Error('draws of a request that is refused')
  return ready.cases
}

/** Some draws of a run: a piece, so that a worker can be stopped and others share the work. */
function draws({
  asked,
  from,
  count,
}: {
  readonly asked: OddsAsked
  readonly from: number
  readonly count: number
}): readonly RiskDraw[] {
  const cases = readyOf(asked)
  const last = Math.min(from + count, cases[0]?.plan.draws ?? 0)
  return Array.from({ length: Math.max(0, last - from) }, (_, k) => ({
    draw: from + k,
    cases: cases.map((one) => solveRisk(one, from + k)),
  }))
}

function soFar({
  asked,
  made,
}: {
  readonly asked: OddsAsked
  readonly made: readonly RiskDraw[]
}): OddsSoFar {
  const cases = readyOf(asked)
  const [first] = cases
  const measures = first?.plan.measures ?? []
  const isUnsolved = ({ cases: of }: RiskDraw) => of.some((one) => !('values' in one))
  return {
    made: made.length,
    unsolved: made.filter(isUnsolved).length,
    samples: measures.map(({ name, title, unit }) => ({
      measure: name,
      title,
      unit,
      cases: cases.flatMap((one, k) => {
        const at = one.plan.measures.findIndex((measure) => measure.name === name)
        return at < 0 ? [] : [sampleOf(one, at, made, k)]
      }),
    })),
  }
}

function sampleOf(
  { subject, plan: own }: PreparedRisk,
  at: number,
  made: readonly RiskDraw[],
  which: number,
): OddsSample['cases'][number] {
  const measure = own.measures[at]
  if (measure === undefined) throw new Error('a measure that is not planned')
  const of = made.map(({ draw, cases }) => ({ draw, of: cases[which] as RiskCase }))
  const values = riskValues(measure, at, of, own.draws).filter(Number.isFinite)
  const sorted = values.toSorted()
  const part = (p: number) => (sorted.length === 0 ? Number.NaN : quantile(sorted, p))
  const below = sorted.filter((value) => value < 0).length
  return {
    name: subject.name,
    values,
    p10: part(0.1),
    p50: part(0.5),
    p90: part(0.9),
    belowZero: sorted.length === 0 ? Number.NaN : below / sorted.length,
  }
}

/** Everything that all draws say, the tornado too, for which each input is moved alone. */
function summary(
  {
    asked,
    made,
  }: {
    readonly asked: OddsAsked
    readonly made: readonly RiskDraw[]
  },
  progress?: Progress,
): Odds {
  const cases = readyOf(asked)
  const steps = cases.reduce((sum, one) => sum + swinging(one).length, 0)
  let done = 0
  const swings = cases.map((one) =>
    swinging(one).map((_, place) => {
      const swing = swingOf(one, place)
      done++
      progress?.(done / steps)
      return swing
    }),
  )
  return { ...soFar({ asked, made }), summary: summariseRisk(cases, made, swings) }
}

export const tasks = { plan, draws, soFar, summary } satisfies TaskMap
