import { randomUUID } from 'node:crypto'
import type {
  OptimiseQuestion,
  OptimumReport,
  Sensitivity,
  SensitivityQuestion,
  UncertaintyRequest,
  UncertaintySummary,
} from '../scenario/index.ts'
import type { Answered, PlantTexts, Unanswered, Workers } from '../jobs/index.ts'
import { type ErrorBody, type Refused, refused } from './errors.ts'

/** Long work that somebody asked for. */
export type JobRequest =
  | {
      readonly kind: 'uncertainty'
      readonly plant: PlantTexts
      readonly request: UncertaintyRequest
    }
  | { readonly kind: 'optimise'; readonly plant: PlantTexts; readonly request: OptimiseQuestion }
  | {
      readonly kind: 'sensitivity'
      readonly plant: PlantTexts
      readonly request: SensitivityQuestion
    }

export type JobResult = UncertaintySummary | OptimumReport | Sensitivity
export type JobState = 'running' | 'done' | 'failed' | 'cancelled'

/** A job as it stands. */
export interface Job {
  readonly id: string
  readonly kind: JobRequest['kind']
  readonly state: JobState
  /** When it was asked for and when it ended, ISO 8601. */
  readonly started: string
  readonly ended: string | null
  readonly done: number
  /** 0 until it is known. */
  readonly total: number
  /** What the draws said so far; null for other work. */
  readonly partial: UncertaintySummary | null
  readonly result: JobResult | null
  /** Why it failed. */
  readonly error: ErrorBody | null
}

/** What happened to a job: how far it is, what the draws say so far, and the job when it ended. */
export type JobEvent =
  | { readonly event: 'progress'; readonly data: { readonly done: number; readonly total: number } }
  | { readonly event: 'partial'; readonly data: UncertaintySummary }
  | { readonly event: 'end'; readonly data: Job }

/** The number of an event among those of its job; of each kind only the last is kept. */
type Numbered = JobEvent & { readonly id: number }

export interface JobLimits {
  readonly running: number
  /** Jobs that are remembered after they ended. */
  readonly kept: number
  /** Milliseconds that a job may take. */
  readonly time: number
  readonly threads: number
}

export interface Jobs {
  /** Undefined when as many run as may. */
  readonly start: (request: JobRequest) => Job | undefined
  readonly get: (id: string) => Job | undefined
  /** Ends the work; answers when it has ended. */
  readonly cancel: (id: string) => Promise<Job | undefined>
  /** What happened after the event of that number, in order. */
  readonly since: (id: string, after: number) => readonly Numbered[]
  /** Answers when something happens to the job, or after so many milliseconds. */
  readonly change: (id: string, wait: number) => Promise<void>
  readonly running: () => number
  readonly close: () => Promise<void>
}

interface Entry {
  job: Job
  next: number
  readonly events: Map<JobEvent['event'], Numbered>
  readonly waiting: Set<() => void>
  readonly stop: AbortController
  end: Promise<void>
}

/** Why there is no answer, as the server says it. */
export function refusedFor(
  found: Exclude<Unanswered, { why: 'stopped' }>,
): Refused<'refused-plant' | 'unsolved' | 'refused-question'> {
  switch (found.why) {
    case 'plant':
      return refused('refused-plant', 'the plant is refused', 'what its findings say', {
        findings: [...found.findings],
      })
    case 'unsolved':
      return refused('unsolved', found.detail, found.advice)
    case 'question': {
      const [first] = found.refusals
      const refusals = found.refusals.map(({ message, expected }) => ({ message, expected }))
      return refused('refused-question', first?.message ?? '', first?.expected ?? '', { refusals })
    }
  }
}

function happen(entry: Entry, happened: JobEvent): void {
  const { event } = happened
  entry.events.set(event, { ...happened, id: entry.next++ })
  for (const wake of entry.waiting) wake()
}

async function work(
  entry: Entry,
  { kind, plant, request }: JobRequest,
  workers: Workers,
  signal: AbortSignal,
  { threads }: JobLimits,
): Promise<Answered<JobResult>> {
  const told = (done: number, total: number) => {
    entry.job = { ...entry.job, done, total }
    happen(entry, { event: 'progress', data: { done, total } })
  }
  switch (kind) {
    case 'optimise':
      return workers.optimise(plant, request, { signal, told })
    case 'sensitivity':
      return workers.sensitivity(plant, request, { signal, told })
    case 'uncertainty': {
      const partial = (summary: UncertaintySummary) => {
        entry.job = { ...entry.job, partial: summary }
        happen(entry, { event: 'partial', data: summary })
      }
      return workers.uncertainty(plant, request, { signal, told, threads, partial })
    }
  }
}

/** Runs a job to its end, whatever that is; never throws. */
async function follow(entry: Entry, request: JobRequest, workers: Workers, limits: JobLimits) {
  const late = AbortSignal.timeout(limits.time)
  const signal = AbortSignal.any([entry.stop.signal, late])
  const end = (state: JobState, more: Partial<Job>) => {
    entry.job = { ...entry.job, ...more, state, ended: new Date().toISOString() }
    happen(entry, { event: 'end', data: entry.job })
  }
  const fail = (error: Refused) => end('failed', { error })
  try {
    const found = await work(entry, request, workers, signal, limits)
    if (found.ok) end('done', { result: found.answer })
    else if (found.why !== 'stopped') fail(refusedFor(found))
    else if (entry.stop.signal.aborted) end('cancelled', {})
    else fail(refused('time-limit', `not done after ${limits.time / 1000} s`, 'ask for less'))
  } catch {
    fail(refused('fault', 'the program failed at this', 'please report it with the plant file'))
  }
}

export function openJobs(workers: Workers, limits: JobLimits): Jobs {
  const entries = new Map<string, Entry>()
  const running = () => [...entries.values()].filter(({ job }) => job.state === 'running')
  const forget = () => {
    const ended = [...entries.values()].filter(({ job }) => job.state !== 'running')
    for (const { job } of ended.slice(0, Math.max(0, ended.length - limits.kept))) {
      entries.delete(job.id)
    }
  }
  const start = (request: JobRequest) => {
    if (running().length >= limits.running) return undefined
    const job: Job = {
      id: randomUUID(),
      kind: request.kind,
      state: 'running',
      started: new Date().toISOString(),
      ended: null,
      done: 0,
      total: 0,
      partial: null,
      result: null,
      error: null,
    }
    const entry: Entry = {
      job,
      next: 1,
      events: new Map(),
      waiting: new Set(),
      stop: new AbortController(),
      end: Promise.resolve(),
    }
    entries.set(job.id, entry)
    entry.end = follow(entry, request, workers, limits).then(forget)
    return job
  }
  const cancel = async (id: string) => {
    const entry = entries.get(id)
    entry?.stop.abort()
    await entry?.end
    return entry?.job
  }
  return {
    start,
    get: (id) => entries.get(id)?.job,
    cancel,
    since: (id, after) =>
      [...(entries.get(id)?.events.values() ?? [])]
        .filter((event) => event.id > after)
        .sort((a, b) => a.id - b.id),
    change: (id, wait) =>
      new Promise((done) => {
        const waiting = entries.get(id)?.waiting
        const wake = () => {
          clearTimeout(timer)
          waiting?.delete(wake)
          done()
        }
        const timer = setTimeout(wake, wait)
        waiting?.add(wake)
      }),
    running: () => running().length,
    close: async () => {
      await Promise.all(running().map(({ job }) => cancel(job.id)))
    },
  }
}
