/** Commands on a ledger: who may, what is known, what is judged, what is written. */
import { catchUp } from './catch-up.ts'
import { newRecord } from './chain.ts'
import { extension, ledgerContext } from './coded.ts'
import type { CommandStatus, Known, Role } from './command.ts'
import { type AnyCommand, commands } from './commands/index.ts'
import type { EpcisEvent } from './epcis/event.ts'
import { type InputProblem, inputProblems } from './input-problems.ts'
import { loadKnown } from './known.ts'
import type { Ledger } from './ledger.ts'
import { type LotChange, lotChanges } from './lot-changes.ts'
import { mayDo } from './roles.ts'
import type { LedgerStore, NewRecord } from './store.ts'

export interface CommandOutcome {
  readonly status: CommandStatus
  /** The events that it means, with their IDs; of an accepted command they are in the log. */
  readonly events?: readonly EpcisEvent[]
  /** True when the very same was done before: nothing was written again. */
  readonly isRepeated?: boolean
  /** What becomes of the lots that it touches; of a preview only. */
  readonly changes?: readonly LotChange[]
  /** Why it was refused, and what would be right: a sentence each. */
  readonly detail?: string
  readonly expected?: string
  /** Of a malformed input. */
  readonly problems?: readonly InputProblem[]
}

export interface Who {
  readonly account: string
  readonly role: Role
}

/** How often a command is judged anew because others wrote meanwhile. */
const mostAttempts = 50

/** Commands on one store wait for each other. */
const queues = new WeakMap<LedgerStore, Promise<unknown>>()

function inTurn<T>(store: LedgerStore, work: () => Promise<T>): Promise<T> {
  const before = queues.get(store) ?? Promise.resolve()
  const mine = before.then(work, work)
  queues.set(
    store,
    mine.catch(() => undefined),
  )
  return mine
}

/** Records of the events; a declaration names those that are right instead. */
function recordsOf(
  ledger: Ledger,
  events: readonly EpcisEvent[],
  known: Known,
  account: string,
): readonly NewRecord[] {
  const isDeclaration = (event: EpcisEvent) => event.errorDeclaration !== undefined
  const right = events
    .filter((event) => !isDeclaration(event))
    .map((event) => newRecord(event, ledgerContext, account, ledger.sha256))
  const ids = right.flatMap(({ event }) => event.eventID ?? [])
  const declared = events.filter(isDeclaration).map((event) => {
    const declaration = event.errorDeclaration
    const named =
      declaration === undefined || ids.length === 0
        ? event
        : { ...event, errorDeclaration: { ...declaration, correctiveEventIDs: ids } }
    const context = known.events.get(event.eventID ?? '')?.context ?? ledgerContext
    return newRecord(named, context, account, ledger.sha256)
  })
  return [...right, ...declared]
}

type Attempt = CommandOutcome | 'moved'

/**
 * The events of a command that was run before and is sent again, because its answer was lost: a
 * ledger without them would accept it, and they are what it would mean there.
 */
async function ranBefore(
  ledger: Ledger,
  entry: AnyCommand,
  input: unknown,
  upTo: number,
): Promise<readonly EpcisEvent[] | undefined> {
  const needs = entry.needs(input)
  if (needs.time === undefined || needs.events.length > 0) return undefined
  const then = await ledger.store.select({
    eventTime: { from: needs.time, to: needs.time + 1 },
    isDeclaration: false,
    orderBy: 'seq',
    direction: 'ASC',
    limit: 1000,
  })
  const own = then.filter(
    ({ event, context }) => extension(event, 'command', context) === entry.name,
  )
  const keys = new Set(own.map(({ key }) => key))
  if (keys.size === 0) return undefined
  const known = await loadKnown(ledger, upTo, { ...needs, events: [...keys] })
  if ([...known.events.values()].some(({ isVoid }) => isVoid)) return undefined
  const judged = entry.judge(input, known)
  if (judged.status !== 'accepted') return undefined
  const records = recordsOf(ledger, judged.events, known, '')
  return records.every(({ key }) => keys.has(key)) ? records.map(({ event }) => event) : undefined
}

async function attempt(
  ledger: Ledger,
  entry: AnyCommand,
  input: unknown,
  account: string,
  isPreview: boolean,
): Promise<Attempt> {
  const { store } = ledger
  const head = await store.head()
  await catchUp(ledger)
  const known = await loadKnown(ledger, head.seq, entry.needs(input))
  const judged = entry.judge(input, known)
  if (judged.status !== 'accepted') {
    const events = await ranBefore(ledger, entry, input, head.seq)
    return events === undefined ? judged : { status: 'accepted', events, isRepeated: true }
  }
  const records = recordsOf(ledger, judged.events, known, account)
  const events = records.map(({ event }) => event)
  if (isPreview) {
    return { status: 'accepted', events, changes: await lotChanges(store, known, records) }
  }
  const outcomes = await store.append(records, known.now, { ifHead: head.seq })
  if (outcomes.some(({ outcome }) => outcome === 'moved')) return 'moved'
  const clash = outcomes.find(({ outcome }) => outcome === 'conflict')
  if (clash === undefined) {
    const isRepeated = outcomes.every(({ outcome }) => outcome === 'known')
    return { status: 'accepted', events, ...(isRepeated ? { isRepeated } : {}) }
  }
  return {
    status: 'conflict',
    detail: `The log holds another event with the ID ${clash.key}.`,
    expected: 'The same command at another time.',
  }
}

async function untilStill(work: () => Promise<Attempt>): Promise<CommandOutcome> {
  for (let tries = 0; tries < mostAttempts; tries++) {
    const outcome = await work()
    if (outcome !== 'moved') return outcome
  }
  return {
    status: 'conflict',
    detail: 'Others kept writing into the ledger while this was judged.',
    expected: 'The same command again.',
  }
}

const forbidden = (role: Role, entry: AnyCommand): CommandOutcome => ({
  status: 'forbidden',
  detail: `The role ${role} may not do ${entry.name}.`,
  expected: `One of the roles ${[...entry.roles, 'administrator'].join(', ')}.`,
})

/**
 * Runs a command of the registry: whether the role may, whether the input can be read, whether the
 * ledger bears it; then its events are appended in one go. What others append meanwhile is seen:
 * the command is then judged anew. With `preview` nothing is stored, and the answer says what would
 * become of the lots. Never throws on an input; a database that fails does.
 */
export async function runCommand(
  ledger: Ledger,
  name: string,
  input: unknown,
  who: Who,
  options: { readonly preview?: boolean } = {},
): Promise<CommandOutcome> {
  const entry = commands.find((one) => one.name === name)
  if (entry === undefined) {
    return {
      status: 'malformed',
      detail: `There is no command ${name}.`,
      expected: `One of ${commands.map((one) => one.name).join(', ')}.`,
    }
  }
  if (!mayDo(who.role, name)) return forbidden(who.role, entry)
  const read = entry.input.safeParse(input)
  if (!read.success) {
    const problems = inputProblems(read.error.issues, input)
    const [first] = problems
    return {
      status: 'malformed',
      detail: `${first?.path === '' ? 'The input' : `\`${first?.path}\``}: ${first?.message}.`,
      expected: `An input as the reference of ${name} has it.`,
      problems,
    }
  }
  const work = () => attempt(ledger, entry, read.data, who.account, options.preview === true)
  if (options.preview === true) return untilStill(work)
  return inTurn(ledger.store, () => untilStill(work))
}
