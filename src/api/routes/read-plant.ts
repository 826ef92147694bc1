import { createRoute, z } from '@hono/zod-openapi'
import { refusals, refuse } from '../errors.ts'
import { json, plantName } from '../schemas.ts'
import { answered } from '../serving.ts'

const plantSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    text: z.string(),
    hash: z.string().openapi({ description: 'SHA-256 of the text' }),
    sets: z.record(z.string(), z.string()).openapi({
      description:
        'texts of its own data sets, and of plants that deliver to it, by their path; of a plant ' +
        'longer than 500 000 characters none',
    }),
    readOnly: z.boolean(),
  })
  .openapi('Plant')

export const readPlant = answered({
  route: createRoute({
    method: 'get',
    path: '/api/plants/{name}',
    summary: 'A plant file with the files that it names',
    request: { params: plantName },
    responses: {
      200: json(plantSchema, 'the plant file'),
      ...refusals('bad-name', 'not-found'),
    },
  }),
  handler: (c) => {
    const found = c.var.serving.folder.read(c.req.valid('param').name)
    return found.ok ? c.json(found.of, 200) : refuse(c, found.error)
  },
})
