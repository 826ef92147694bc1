import { createRoute } from '@hono/zod-openapi'
import { refusals, refuse, refused } from '../errors.ts'
import { refusedFor } from '../jobs.ts'
import { json, jsonBody, plantTexts, solutionSchema } from '../schemas.ts'
import { answered, textsOf } from '../serving.ts'

export const simulate = answered({
  route: createRoute({
    method: 'post',
    path: '/api/simulate',
    summary: 'Solves a plant; one that has no solution says why in its outcome',
    request: { body: jsonBody(plantTexts) },
    responses: {
      200: json(solutionSchema, 'the solution, as didymium simulate --json prints it'),
      ...refusals('too-large', 'refused-plant', 'busy', 'time-limit'),
    },
  }),
  handler: async (c) => {
    const { workers, solving, closing } = c.var.serving
    const texts = textsOf(c.req.valid('json'))
    if ('code' in texts) return refuse(c, texts)
    if (solving.underWay >= solving.most) {
      return refuse(c, refused('busy', `${solving.most} solutions are under way`, 'ask again'))
    }
    solving.underWay++
    try {
      const signal = AbortSignal.any([closing, AbortSignal.timeout(solving.time)])
      const found = await workers.solve(texts, { signal })
      if (found.ok) return c.json(found.answer, 200)
      if (found.why !== 'stopped') return refuse(c, refusedFor(found))
      return refuse(c, refused('time-limit', `not solved after ${solving.time / 1000} s`))
    } finally {
      solving.underWay--
    }
  },
})
