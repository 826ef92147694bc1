import { createRoute, z } from '@hono/zod-openapi'
import { refusals } from '../errors.ts'
import { json } from '../schemas.ts'
import { answered } from '../serving.ts'

const listSchema = z
  .object({
    readOnly: z.boolean().openapi({ description: 'examples, which are not written over' }),
    plants: z.array(z.object({ name: z.string(), title: z.string(), hash: z.string() })),
  })
  .openapi('PlantList')

export const listPlants = answered({
  route: createRoute({
    method: 'get',
    path: '/api/plants',
    summary: 'The plant files that are served, the one to open first first',
    responses: { 200: json(listSchema, 'names, titles and SHA-256 of the texts'), ...refusals() },
  }),
  handler: async (c) => {
    const { folder } = c.var.serving
    const plants = await folder.list()
    return c.json({ readOnly: folder.isReadOnly, plants: [...plants] }, 200)
  },
})
