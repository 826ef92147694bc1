import type { Effects } from './effects.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'

/** Everything that a valid event says, ours or another's. Pure; looks at nothing else. */
export function effectsOf(record: { readonly event: EpcisEvent; readonly context: Json }): Effects {
  throw new Error(`${record.event.type} ${typeof record.context}`)
}
