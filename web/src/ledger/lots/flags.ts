import { dayText, shortUri } from '../parts/figures.ts'
import type { Flag } from '../said.ts'

const changed = {
  'declared-wrong': 'an event was declared wrong',
  corrected: 'an event was corrected',
  'assayed-later': 'an assay came later',
  'recorded-later': 'something was recorded later',
} as const

/** What changed after a lot had left, in a sentence. */
export function flagText({ shipment, changes }: Flag): string {
  const to = shipment.party === undefined ? '' : ` to ${shortUri(shipment.party)}`
  const what = changes.slice(0, 3).map(({ kind, of, time }) => {
    return `${changed[kind]} of ${shortUri(of)} on ${dayText(time)}`
  })
  const more = changes.length > 3 ? `; and ${changes.length - 3} more` : ''
  return `Shipped${to} on ${dayText(shipment.time)}; since then ${what.join('; ')}${more}.`
}
