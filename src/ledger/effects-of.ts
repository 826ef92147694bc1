/**
 * What events say, in the ledger's words. Events of the commands say it with the fields of their
 * own; of others' events what EPCIS and CBV mean by them is read: what is added comes, what is
 * shipped or deleted goes, what is observed at a place is there, what is counted is what there is.
 */
import type { Effects } from './effects.ts'
import { type Captured, draftOf, finish } from './effects/draft.ts'
import { readObjectEvent } from './effects/object.ts'
import { readAggregation, readTransformation } from './effects/transformation.ts'

/**
 * Everything that a valid event says, ours or another's. Pure; looks at nothing else. A declaration
 * that an event was wrong says nothing of lots: that the event does not count is for the reader.
 * Masses in other units than those of mass, and fields that cannot be read, are troubles.
 */
export function effectsOf(record: Captured): Effects {
  const { event } = record
  const draft = draftOf(record)
  if (event.errorDeclaration !== undefined) return finish(draft)
  if (event.type === 'ObjectEvent') readObjectEvent(draft, event)
  else if (event.type === 'TransformationEvent') readTransformation(draft, event)
  else if (event.type === 'AggregationEvent') readAggregation(draft, event)
  return finish(draft)
}
