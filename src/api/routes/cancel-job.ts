import { createRoute } from '@hono/zod-openapi'
import { refusals, refuse } from '../errors.ts'
import { jobId, jobSchema, json } from '../schemas.ts'
import { answered } from '../serving.ts'
import { noJob } from './read-job.ts'

export const cancelJob = answered({
  route: createRoute({
    method: 'delete',
    path: '/api/jobs/{id}',
    summary: 'Ends a job; answers when its work has stopped',
    request: { params: jobId },
    responses: { 200: json(jobSchema, 'the job, ended'), ...refusals('not-found') },
  }),
  handler: async (c) => {
    const job = await c.var.serving.jobs.cancel(c.req.valid('param').id)
    return job === undefined ? refuse(c, noJob()) : c.json(job, 200)
  },
})
