import type { Context, TypedResponse } from 'hono'

type Sent = Response & TypedResponse<string, 200, 'body'>

/** How a route of the contract describes a picture. */
export const picture = (description: string) => ({
  description,
  content: { 'image/svg+xml': { schema: { type: 'string' as const } } },
})

/** How a route of the contract describes a print. */
export const print = (description: string) => ({
  description,
  content: { 'application/pdf': { schema: { type: 'string' as const, format: 'binary' } } },
})

/** A name that any disk takes. */
const fileName = (name: string) => name.replaceAll(/[^\w.-]+/g, '-').slice(0, 100)

export function sendPicture(c: Context, svg: string, name: string): Sent {
  c.header('Content-Disposition', `inline; filename="${fileName(name)}.svg"`)
  return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8' })
}

export function sendPrint(c: Context, pdf: Uint8Array, name: string): Sent {
  c.header('Content-Disposition', `inline; filename="${fileName(name)}.pdf"`)
  const bytes = new Uint8Array(pdf)
  return c.body(bytes, 200, { 'content-type': 'application/pdf' }) as unknown as Sent
}
