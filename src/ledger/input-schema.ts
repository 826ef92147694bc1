import * as z from 'zod'
import type { AnyCommand } from './commands/index.ts'
import type { Json } from './epcis/event.ts'

/** The fields of a command's input as JSON Schema: for forms, options, and documents of an API. */
export function inputSchema(entry: Pick<AnyCommand, 'input'>): { readonly [key: string]: Json } {
  return z.toJSONSchema(entry.input, { io: 'input' }) as { readonly [key: string]: Json }
}
