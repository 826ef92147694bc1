import { createRoute } from '@hono/zod-openapi'
import { refusals, refuse, refused } from '../errors.ts'
import { jobId, jobSchema, json } from '../schemas.ts'
import { answered } from '../serving.ts'

export const noJob = () =>
  refused('not-found', 'no job of that id', 'one that runs or ended lately')

export const readJob = answered({
  route: createRoute({
    method: 'get',
    path: '/api/jobs/{id}',
    summary: 'A job as it stands, with its result when it is done',
    request: { params: jobId },
    responses: { 200: json(jobSchema, 'the job'), ...refusals('not-found') },
  }),
  handler: (c) => {
    const job = c.var.serving.jobs.get(c.req.valid('param').id)
    return job === undefined ? refuse(c, noJob()) : c.json(job, 200)
  },
})
