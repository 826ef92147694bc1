import { createRoute } from '@hono/zod-openapi'
import { refusals, refuse, refused } from '../errors.ts'
import { jobRequest, jobSchema, json, jsonBody } from '../schemas.ts'
import { answered, textsOf } from '../serving.ts'

export const startJob = answered({
  route: createRoute({
    method: 'post',
    path: '/api/jobs',
    summary: 'Begins long work: uncertainty, optimise or sensitivity',
    request: { body: jsonBody(jobRequest) },
    responses: {
      202: json(jobSchema, 'the job, which runs'),
      ...refusals('too-large', 'busy'),
    },
  }),
  handler: (c) => {
    const { kind, plant, request } = c.req.valid('json')
    const texts = textsOf(plant)
    if ('code' in texts) return refuse(c, texts)
    const job = c.var.serving.jobs.start({ kind, plant: texts, request } as Parameters<
      typeof c.var.serving.jobs.start
    >[0])
    if (job === undefined) {
      const expected = 'wait for one to end, or cancel it'
      return refuse(c, refused('busy', 'as many jobs run as may', expected))
    }
    c.header('Location', `/api/jobs/${job.id}`)
    return c.json(job, 202)
  },
})
