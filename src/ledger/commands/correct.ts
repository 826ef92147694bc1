import * as z from 'zod'
import type { Judged, Known, Needs } from '../command.ts'
import { effectsOf } from '../effects-of.ts'
import { ledgerContext } from '../coded.ts'
import { timeText } from '../epcis/time.ts'
import { keepCampaigns } from './parts/campaigns.ts'
import { needsOf, openCase, refuse, settle } from './parts/case.ts'
import { type AnyCommand, defineCommand } from './parts/define.ts'
import { noteField, timeField } from './parts/fields.ts'

/** A command with its input: what really happened. */
interface Instead {
  readonly command: string
  readonly input: { readonly [field: string]: unknown }
}

interface Correction {
  readonly event: string
  readonly reason: 'incorrect_data' | 'did_not_occur'
  readonly instead?: readonly Instead[] | undefined
  readonly time?: string | undefined
  readonly note?: string | undefined
}

type Find = (name: string) => AnyCommand

function schemaOf(names: readonly string[], find: Find): z.ZodType<Correction> {
  const instead = z
    .strictObject({
      command: z.enum(names).describe('name of a command'),
      input: z.looseObject({}).describe('its input, with the time at which it really happened'),
    })
    .superRefine(({ command, input }, context) => {
      for (const { message, path } of find(command).input.safeParse(input).error?.issues ?? []) {
        context.addIssue({ code: 'custom', path: ['input', ...path], message })
      }
    })
  return z
    .strictObject({
      event: z.string().min(1).max(600).describe('ID of the event that is wrong'),
      reason: z
        .enum(['incorrect_data', 'did_not_occur'])
        .describe('did_not_occur: nothing like it happened; incorrect_data: it was otherwise'),
      instead: z
        .array(instead)
        .max(20)
        .describe('what really happened, as commands; nothing when it did not occur')
        .optional(),
      time: timeField.describe('when the mistake was declared, with an offset; now if left out'),
      note: noteField,
    })
    .superRefine(({ reason, instead: real = [] }, context) => {
      if (reason !== 'did_not_occur' || real.length === 0) return
      const message = 'is not for what did not occur; the reason is then incorrect_data'
      context.addIssue({ code: 'custom', path: ['instead'], message })
    })
}

function judge(said: Correction, known: Known, find: Find): Judged {
  const c = openCase('correct', said, known)
  const wrong = known.events.get(said.event)
  if (wrong === undefined) {
    const detail = `There is no event ${said.event}.`
    refuse(c, 'unknown-event', detail, 'The ID of an event of this ledger.')
  } else if (wrong.isVoid) {
    const detail = `Event ${said.event} was declared wrong before.`
    refuse(c, 'already-corrected', detail, 'The event that was written instead of it.')
  }
  // What happened instead is judged by a ledger without the event: there is none of one unknown.
  const real = wrong === undefined || wrong.isVoid ? [] : (said.instead ?? [])
  const part: Known = { ...known, isPart: true }
  const judged = real.map((one) => find(one.command).judge(one.input, part))
  for (const one of judged) if (one.status !== 'accepted') c.refusals.push(one)
  const withdrawn = wrong === undefined ? [] : [effectsOf(wrong)]
  const right = judged.flatMap((one) => (one.status === 'accepted' ? one.events : []))
  if (c.refusals.length === 0) {
    const effects = right.map((event) => effectsOf({ event, context: ledgerContext }))
    keepCampaigns(c, effects, withdrawn)
  }
  return settle(
    c,
    () => {
      if (wrong === undefined) return []
      const { recordTime: _, errorDeclaration: __, ...event } = wrong.event
      const declarationTime = timeText(c.time, c.offset)
      return [...right, { ...event, errorDeclaration: { declarationTime, reason: said.reason } }]
    },
    withdrawn,
  )
}

const example: Correction = {
  event: 'ni:///sha-256;0000?ver=CBV2.0',
  reason: 'incorrect_data',
  instead: [
    {
      command: 'receive',
      input: {
        lot: 'F-2026-0002',
        mass: '250 kg',
        place: 'receiving',
        time: '2026-03-01T10:00:00+00:00',
      },
    },
  ],
  note: 'digits of the delivery note were swapped',
}

/** The correction, which runs other commands: those are handed in. */
export function correctWith(others: readonly AnyCommand[]): AnyCommand {
  const find: Find = (name) => {
    const entry = others.find((one) => one.name === name)
    if (entry === undefined) throw new Error(`no command ${name}`)
    return entry
  }
  const names = others.map(({ name }) => name)
  return defineCommand<Correction>({
    name: 'correct',
    about:
      'An event was wrong: it is declared so, and what really happened is written instead. The ' +
      'event stays in the log; all that depends on it is computed anew.',
    roles: ['quality'],
    input: schemaOf(names, find),
    example,
    needs: ({ time, event, instead = [] }): Needs => {
      const parts = instead.map((one) => find(one.command).needs(one.input))
      return {
        ...needsOf({ time }, { events: [event] }),
        lots: parts.flatMap(({ lots }) => lots),
        campaigns: parts.flatMap(({ campaigns }) => campaigns),
      }
    },
    judge: (said, known) => judge(said, known, find),
  })
}
