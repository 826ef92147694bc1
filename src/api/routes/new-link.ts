import { createRoute, z } from '@hono/zod-openapi'
import { refusals, refuse, refused } from '../errors.ts'
import { json } from '../schemas.ts'
import { answered } from '../serving.ts'

const linkSchema = z
  .object({
    path: z.string().openapi({ description: 'opens the page once, within a day: /?token=...' }),
  })
  .openapi('Link')

export const newLink = answered({
  route: createRoute({
    method: 'post',
    path: '/api/links',
    summary: 'A link that lets one more browser in, where a token is demanded',
    responses: { 201: json(linkSchema, 'the link'), ...refusals('not-found') },
  }),
  handler: (c) => {
    const { access } = c.var.serving
    if (!access.isDemanded) return refuse(c, refused('not-found', 'nobody needs a link here'))
    return c.json({ path: `/?token=${access.link()}` }, 201)
  },
})
