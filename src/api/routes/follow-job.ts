import { createRoute, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { refusals, refuse } from '../errors.ts'
import { jobId } from '../schemas.ts'
import { answered } from '../serving.ts'
import { noJob } from './read-job.ts'

/** Milliseconds after which a stream that has nothing to say says so, lest somebody close it. */
const quiet = 15_000

const events = 'text/event-stream'

export const followJob = answered({
  route: createRoute({
    method: 'get',
    path: '/api/jobs/{id}/events',
    summary: 'Server-sent events of a job: progress, partial and end',
    description:
      'The data are JSON: { done, total }, the summary of the draws so far, and the job when it ' +
      'ended. After an interruption, Last-Event-ID leaves out what was heard; 204 when all was.',
    request: { params: jobId },
    responses: {
      200: { description: 'the events', content: { [events]: { schema: z.string() } } },
      204: { description: 'the job has ended, and its end was heard' },
      ...refusals('not-found'),
    },
  }),
  handler: (c) => {
    const { jobs, closing } = c.var.serving
    const { id } = c.req.valid('param')
    const job = jobs.get(id)
    if (job === undefined) return refuse(c, noJob())
    const last = Number(c.req.header('last-event-id') ?? 0)
    let heard = Number.isSafeInteger(last) ? last : 0
    const isOver = () => jobs.get(id)?.state !== 'running' && jobs.since(id, heard).length === 0
    if (isOver()) return c.body(null, 204)
    return streamSSE(c, async (stream) => {
      while (!stream.aborted && !stream.closed && !closing.aborted && !isOver()) {
        const news = jobs.since(id, heard)
        for (const { id: number, event, data } of news) {
          await stream.writeSSE({ id: String(number), event, data: JSON.stringify(data) })
          heard = number
        }
        if (news.length > 0) continue
        await jobs.change(id, quiet)
        if (jobs.since(id, heard).length === 0) await stream.write(': nothing new\n\n')
      }
    })
  },
})
