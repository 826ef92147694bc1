import { dayText, shortUri } from '../parts/figures.ts'
import type { Flag } from '../said.ts'

const changed = {
  'declared-wrong': (lot: string) => `an event of ${lot} was declared wrong`,
  corrected: (lot: string) => `an event of ${lot} was corrected`,
  'assayed-later': (lot: string) => `${lot} was analysed`,
  'recorded-later': (lot: string) => `an earlier analysis of ${lot} was recorded`,
} as const

/** What changed after a lot had left, in a sentence. */
export function flagText({ shipment, changes }: Flag): string {
  const to = shipment.party === undefined ? '' : ` to ${shortUri(shipment.party)}`
  const what = changes.slice(0, 3).map(({ kind, of, time }) => {
    return `${changed[kind](shortUri(of))} (${dayText(time)})`
  })
  const more = changes.length > 3 ? ` and ${changes.length - 3} more` : ''
  return `Shipped${to} on ${dayText(shipment.time)}; since then ${what.join(', ')}${more}.`
}
