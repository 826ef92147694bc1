/**
 * How a command is judged: every check says what it would refuse, and of all that is refused the
 * first of the published order is the answer, whatever order the checks ran in.
 */
import { type Judged, type Known, type Needs, type RefusedStatus, statuses } from '../../command.ts'
import type { Effects } from '../../effects.ts'
import { effectsOf } from '../../effects-of.ts'
import type { EpcisEvent } from '../../epcis/event.ts'
import { timeText } from '../../epcis/time.ts'
import { foldLot } from '../../fold.ts'
import { ledgerContext } from '../../coded.ts'
import type { Campaign } from '../../lot.ts'
import type { LotState } from '../../state.ts'
import { codeOf, uriOf } from '../../uris.ts'
import { whenOf } from './time.ts'

export interface Refusal {
  readonly status: RefusedStatus
  readonly detail: string
  readonly expected: string
}

/** A command that is being judged. The lists grow while the checks run. */
export interface Case {
  /** Name of the command. */
  readonly name: string
  readonly note: string | undefined
  readonly known: Known
  readonly time: number
  readonly offset: string
  readonly refusals: Refusal[]
  /** What the command has taken already, mg, by lot and place. */
  readonly taken: Map<string, number>
}

/** Clocks of terminals go a little wrong. */
const clockTolerance = 60_000

interface Common {
  readonly time?: string | undefined
  readonly note?: string | undefined
}

/** What the fields of every command ask for. */
export function needsOf(input: Common, needs: Partial<Needs>): Needs {
  const time = input.time === undefined ? {} : { time: whenOf(input.time, 0).time }
  return { lots: [], campaigns: [], events: [], ...time, ...needs }
}

export function refuse(c: Case, status: RefusedStatus, detail: string, expected: string): void {
  c.refusals.push({ status, detail, expected })
}

export function openCase(name: string, input: Common, known: Known): Case {
  const { time, offset } = whenOf(input.time, known.now)
  const c: Case = {
    name,
    note: input.note,
    known,
    time,
    offset,
    refusals: [],
    taken: new Map(),
  }
  if (time > known.now + clockTolerance) {
    const detail = `${timeText(time, offset)} has not come yet: it is ${timeText(known.now)}.`
    refuse(c, 'in-the-future', detail, 'A time that is past; leave it out for now.')
  }
  return c
}

/** The time of the case, or another one, as people read it. */
export const at = (c: Case, time = c.time) => timeText(time, c.offset)

/** A lot that must be there already, and must have begun before the command. */
export function oldLot(c: Case, ref: string): LotState | undefined {
  const state = c.known.lots.get(ref)
  if (state === undefined) {
    const detail = `No event speaks of a lot ${ref}.`
    refuse(c, 'unknown-lot', detail, 'The code or URI of a lot that was received or drawn before.')
    return undefined
  }
  if (c.time <= state.first.time) {
    refuse(
      c,
      'before-its-time',
      `Lot ${codeOf(state.uri)} begins at ${at(c, state.first.time)}; at ${at(c)} there was none.`,
      `A time after ${at(c, state.first.time)}.`,
    )
    return undefined
  }
  return state
}

/** The URI and code of a lot that comes into being. */
export function newLot(c: Case, ref: string): { readonly uri: string; readonly code: string } {
  const state = c.known.lots.get(ref)
  if (state?.master !== undefined || (state !== undefined && state.mg > 0)) {
    const detail = `Lot ${ref} is there since ${at(c, state.first.time)}.`
    refuse(c, 'already-exists', detail, 'A code that no lot has yet.')
  }
  return { uri: state?.uri ?? uriOf(c.known.site, 'lot', ref), code: codeOf(ref) }
}

/** The URI of a place that the site knows, where it keeps a list of them. */
export function placeOf(c: Case, ref: string): string {
  const { site } = c.known
  const uri = uriOf(site, 'place', ref)
  const places = site.places
  if (places === undefined || places.some(({ code }) => uriOf(site, 'place', code) === uri)) {
    return uri
  }
  const detail = `${ref} is no place of ${site.name}.`
  const known = places.map(({ code }) => code)
  refuse(c, 'unknown-place', detail, `One of ${known.join(', ')}, or a place added to that list.`)
  return uri
}

export const partyOf = (c: Case, ref: string): string => uriOf(c.known.site, 'party', ref)

/** A campaign that has started, and has not ended at the time of the command. */
export function runningCampaign(c: Case, ref: string): Campaign | undefined {
  const campaign = c.known.campaigns.get(ref)
  if (campaign === undefined) {
    refuse(c, 'unknown-campaign', `No campaign ${ref} was started.`, 'A campaign that was started.')
    return undefined
  }
  if (campaign.end !== undefined && c.time >= campaign.end) {
    refuse(
      c,
      'campaign-ended',
      `Campaign ${campaign.code} ended at ${at(c, campaign.end)}.`,
      'A campaign that runs, or a time before its end.',
    )
  }
  if (c.time <= campaign.start) {
    refuse(
      c,
      'before-its-time',
      `Campaign ${campaign.code} starts at ${at(c, campaign.start)}; at ${at(c)} it did not run.`,
      `A time after ${at(c, campaign.start)}.`,
    )
  }
  return campaign
}

const historyOf = (c: Case, uri: string): readonly Effects[] | undefined =>
  c.known.history?.get(uri)

/** What there was of a lot by place at the time of the command, mg. */
export function placesThen(c: Case, state: LotState): Readonly<Record<string, number>> {
  const history = historyOf(c, state.uri)
  if (history === undefined) return state.places
  const before = history.filter(({ time }) => time <= c.time)
  return foldLot(state.uri, before).state?.places ?? {}
}

/** Errors that a lot's events would make, by what they say. */
function errorsOf(uri: string, events: readonly Effects[]): readonly string[] {
  const findings = foldLot(uri, events).state?.findings ?? []
  return findings.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.event}`)
}

/** What of a lot would go wrong at or after the time of the command, by its events. */
function breakage(
  c: Case,
  uri: string,
  own: readonly Effects[],
  withdrawn: readonly Effects[],
): string | undefined {
  const history = historyOf(c, uri)
  if (history === undefined) return undefined
  const before = new Set(errorsOf(uri, [...history, ...withdrawn]))
  // The IDs of the new events are not known yet: at equal times they may come first or last.
  for (const id of ['', '~']) {
    const mine = own.map((one): Effects => ({ ...one, id: `${id}${one.id}` }))
    const state = foldLot(uri, [...history, ...mine]).state
    const broken = state?.findings.find(
      (one) => one.severity === 'error' && !before.has(`${one.code} ${one.event}`),
    )
    if (broken !== undefined) {
      const message = broken.message.replaceAll(/[a-z][a-z0-9+.-]*:[^\s,;]+/g, codeOf)
      return `at ${at(c, broken.time)} ${message}`
    }
  }
  return undefined
}

/**
 * The answer: the first refusal of the published order, or the events. `withdrawn` is what a
 * correction declares wrong: it is not in the histories, and what was wrong with it is no news.
 */
export function settle(
  c: Case,
  make: () => readonly EpcisEvent[],
  withdrawn: readonly Effects[] = [],
): Judged {
  const order = (refusal: Refusal) => statuses.indexOf(refusal.status)
  const [first] = c.refusals.toSorted((a, b) => order(a) - order(b))
  if (first !== undefined) return first
  const events = make()
  if (c.known.history !== undefined && c.known.isPart !== true) {
    const own = events.map((event) => effectsOf({ event, context: ledgerContext }))
    for (const uri of c.known.history.keys()) {
      const message = breakage(c, uri, own, withdrawn)
      if (message === undefined) continue
      return {
        status: 'would-break-later-events',
        detail: `It would contradict what is written of lot ${codeOf(uri)}: ${message}.`,
        expected: 'A time, or a mass, that agrees with the later events; or correct those first.',
      }
    }
  }
  return { status: 'accepted', events }
}

/** Refs of lots as one needs them looked up. */
export const lotsOf = (lines: readonly { readonly lot: string }[]): string[] =>
  lines.map(({ lot }) => lot)
