import { createRoute, z } from '@hono/zod-openapi'
import { findingSchema, refusals, refuse } from '../errors.ts'
import { json, jsonBody, plantName } from '../schemas.ts'
import { answered, isTooLarge, tooLarge } from '../serving.ts'

const saveSchema = z
  .strictObject({
    text: z.string(),
    ifHash: z.string().max(64).nullable().openapi({
      description: 'hash of the text that this one was made from; null for a new file',
    }),
  })
  .openapi('SavePlant')

const savedSchema = z
  .object({
    name: z.string(),
    hash: z.string(),
    findings: z.array(findingSchema).openapi({ description: 'what is wrong with it all the same' }),
  })
  .openapi('SavedPlant')

export const savePlant = answered({
  route: createRoute({
    method: 'put',
    path: '/api/plants/{name}',
    summary: 'Keeps a plant file, be it finished or not, unless it was changed meanwhile',
    request: { params: plantName, body: jsonBody(saveSchema) },
    responses: {
      200: json(savedSchema, 'it is on the disk'),
      ...refusals('bad-name', 'read-only', 'not-found', 'conflict', 'too-large'),
    },
  }),
  handler: async (c) => {
    const { name } = c.req.valid('param')
    const { text, ifHash } = c.req.valid('json')
    if (isTooLarge(text)) return refuse(c, tooLarge())
    const kept = await c.var.serving.folder.write(name, text, ifHash)
    if (!kept.ok) return refuse(c, kept.error)
    return c.json({ name, hash: kept.of.hash, findings: [...kept.of.findings] }, 200)
  },
})
