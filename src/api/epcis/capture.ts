import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import {
  type CaptureBehaviour,
  type Captured,
  type CaptureJob,
  type CaptureProblem,
  capture,
  captureLimit,
  type EpcisDocument,
  type Json,
  type Problem,
  readDocument,
} from '../../ledger/index.ts'
import { audit } from '../ledger/audit.ts'
import type { LedgerEnv } from '../ledger/env.ts'
import { linkNext, originOf, sendDocument } from './negotiate.ts'
import { except, type ProblemDocument, problemOf, sendProblem } from './problem.ts'
import { epcisRoute } from './routes.ts'

type Here = Context<LedgerEnv>

/** Problems of which no more are told in one answer. */
const mostTold = 100

/** Says how much one capture may bring. */
export function limitHeaders(c: Here): void {
  const { limits } = c.var.serving.ledger
  c.header('GS1-EPCIS-Capture-Limit', String(Math.min(captureLimit, limits.captureEvents)))
  c.header('GS1-EPCIS-Capture-File-Size-Limit', String(limits.captureBytes))
}

/** What a client asks to be done about errors; rollback unless it says. */
function behaviourOf(c: Here): CaptureBehaviour | undefined {
  const asked = (c.req.header('GS1-Capture-Error-Behaviour') ?? 'rollback').trim().toLowerCase()
  return asked === 'rollback' || asked === 'proceed' ? asked : undefined
}

const invalid = (detail: string, errors: readonly Problem[] = []) =>
  problemOf(
    { name: 'ValidationException', detail },
    errors.length === 0 ? {} : { errors: errors.slice(0, mostTold) },
  )

/** The document of a request, or what is wrong with it. */
async function documentOf(c: Here): Promise<EpcisDocument | ProblemDocument> {
  let value: unknown
  try {
    value = await c.req.json()
  } catch {
    return invalid('the body is not JSON')
  }
  const read = readDocument(value)
  if (read.ok) return read.document
  const [first] = read.problems
  return invalid(
    first === undefined ? 'no document' : `${first.path}: ${first.message}`,
    read.problems,
  )
}

const isProblem = (found: EpcisDocument | ProblemDocument): found is ProblemDocument =>
  'status' in found

/** One problem document for each kind of trouble that a capture met. */
function problemsOf(errors: readonly CaptureProblem[]): readonly ProblemDocument[] {
  const names = [...new Set(errors.map(({ exception }) => exception))]
  return names.map((name) => {
    const of = errors.filter(({ exception }) => exception === name)
    const [first] = of
    const place =
      first === undefined || first.event < 0 ? '' : `event ${first.event}, ${first.path}: `
    const detail = `${place}${first?.message ?? ''}`
    return problemOf({ name, detail }, { errors: of.slice(0, mostTold) })
  })
}

/** Captures what a document holds, and keeps who did it. */
async function captureFor(
  c: Here,
  document: EpcisDocument,
  behaviour: CaptureBehaviour,
  subject: string,
): Promise<Captured> {
  const { ledger, actor } = c.var
  const { events, context, ignored } = document
  const found = await capture(ledger, events, context, { by: actor.account, behaviour, ignored })
  const [first] = found.errors
  await audit(c, {
    action: 'capture',
    subject,
    outcome: first === undefined ? 'accepted' : first.exception,
    detail: `${found.stored.length} stored, ${found.known.length} known, ${found.errors.length} wrong`,
  })
  return found
}

const tooMany = (count: number, most: number) =>
  problemOf({
    name: 'CaptureLimitExceededException',
    detail: `${count} events; at most ${most} in one capture`,
  })

const startCapture = epcisRoute({
  needs: 'capture',
  method: 'post',
  path: '/capture',
  summary: 'captures the events of a document; by rollback all or none, by proceed the good ones',
  success: 202,
  handler: async (c) => {
    limitHeaders(c)
    const behaviour = behaviourOf(c)
    if (behaviour === undefined) {
      const detail = 'GS1-Capture-Error-Behaviour takes rollback or proceed'
      return except(c, 'ValidationException', detail)
    }
    c.header('GS1-Capture-Error-Behaviour', behaviour)
    const document = await documentOf(c)
    if (isProblem(document)) return refuseCapture(c, document)
    const most = Math.min(captureLimit, c.var.serving.ledger.limits.captureEvents)
    if (document.events.length > most) {
      return refuseCapture(c, tooMany(document.events.length, most))
    }
    const { ledger, actor } = c.var
    const id = randomUUID()
    const createdAt = ledger.now()
    const found = await captureFor(c, document, behaviour, id)
    const errors = problemsOf(found.errors)
    const job: CaptureJob = {
      id,
      createdAt,
      finishedAt: ledger.now(),
      isRunning: false,
      isSuccess: found.ok,
      behaviour,
      by: actor.account,
      errors: errors as unknown as readonly Json[],
    }
    await ledger.store.putCapture(job)
    c.header('Location', `${originOf(c)}/epcis/capture/${id}`)
    // A document that is not valid is told so at once; what the ledger refuses, the job tells.
    const wrong = errors.find(({ status }) => status === 400)
    return behaviour === 'rollback' && wrong !== undefined
      ? sendProblem(c, wrong)
      : c.body(null, 202)
  },
})

async function refuseCapture(c: Here, problem: ProblemDocument): Promise<Response> {
  const outcome = problem.type.replace('epcisException:', '')
  await audit(c, { action: 'capture', subject: '', outcome, detail: problem.detail })
  return sendProblem(c, problem)
}

/** A job in the words of EPCIS. */
const shown = (job: CaptureJob) => ({
  captureID: job.id,
  createdAt: new Date(job.createdAt).toISOString(),
  ...(job.finishedAt === undefined ? {} : { finishedAt: new Date(job.finishedAt).toISOString() }),
  running: job.isRunning,
  success: job.isSuccess,
  captureErrorBehaviour: job.behaviour,
  errors: job.errors,
})

/** How many are on a page, as a client asks; undefined for what is no number. */
export function perPageOf(c: Here): number | undefined {
  const asked = c.req.query('perPage') ?? '30'
  return /^[1-9]\d{0,8}$/.test(asked) ? Math.min(Number(asked), 1000) : undefined
}

export const badPerPage = (c: Here) =>
  except(c, 'QueryParameterException', 'perPage takes a whole number above zero')

export const badToken = (c: Here) =>
  except(c, 'QueryParameterException', 'nextPageToken is none of ours')

const listCaptures = epcisRoute({
  needs: 'capture',
  method: 'get',
  path: '/capture',
  summary: 'captures and what came of them, the newest first',
  success: 200,
  handler: async (c) => {
    limitHeaders(c)
    const { ledger } = c.var
    const perPage = perPageOf(c)
    if (perPage === undefined) return badPerPage(c)
    const token = c.req.query('nextPageToken')
    const [, time, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(token ?? '') ?? []
    if (token !== undefined && id === undefined) return badToken(c)
    const before = id === undefined ? {} : { before: { createdAt: Number(time), id } }
    const found = await ledger.store.captures({ ...before, limit: perPage + 1 })
    const jobs = found.slice(0, perPage)
    const last = jobs.at(-1)
    if (found.length > perPage && last !== undefined) {
      linkNext(c, `${last.createdAt}.${last.id}`, ledger.now())
    }
    return sendDocument(c, jobs.map(shown))
  },
})

const readCapture = epcisRoute({
  needs: 'capture',
  method: 'get',
  path: '/capture/{captureID}',
  summary: 'what came of a capture',
  success: 200,
  handler: async (c) => {
    const id = c.req.param('captureID') ?? ''
    const job = await c.var.ledger.store.capture(id)
    if (job === undefined) return except(c, 'NoSuchResourceException', `no capture ${id}`)
    c.header('GS1-Capture-Error-Behaviour', job.behaviour)
    return sendDocument(c, shown(job))
  },
})

const addEvent = epcisRoute({
  needs: 'capture',
  method: 'post',
  path: '/events',
  summary: 'captures one event',
  success: 201,
  statuses: [409],
  handler: async (c) => {
    limitHeaders(c)
    const document = await documentOf(c)
    if (isProblem(document)) return refuseCapture(c, document)
    if (document.events.length !== 1) {
      return refuseCapture(c, invalid(`${document.events.length} events where there should be one`))
    }
    const found = await captureFor(c, document, 'rollback', '')
    const [wrong] = problemsOf(found.errors)
    if (wrong !== undefined) return sendProblem(c, wrong)
    const id = found.stored[0] ?? found.known[0] ?? ''
    c.header('Location', `${originOf(c)}/epcis/events/${encodeURIComponent(id)}`)
    return c.body(null, 201)
  },
})

export const captureRoutes = [startCapture, listCaptures, readCapture, addEvent] as const
