import { randomBytes } from 'node:crypto'
import { type Account, type Role, roles } from '../../ledger/index.ts'
import { textTable } from '../../report/index.ts'
import { type Command, group } from '../commands/command.ts'
import { type ExitCode, exit, type Io, readTextFile } from '../io.ts'
import { declareLedger, type LedgerOptions, type Opened, print, withLedger } from './open.ts'
import { when, wholeNumber } from './words.ts'

interface Options extends LedgerOptions {
  readonly role?: string
  readonly fullName?: string
  readonly passwordFile?: string
  readonly label?: string
  readonly days?: string
}

const roleOf = (text: string | undefined): Role | undefined => roles.find((role) => role === text)
const roleWanted = roles.join(', ')

const find = async ({ store }: Opened, name: string) =>
  (await store.accounts()).find((account) => account.name === name)

/** Keeps in the audit what was done at the terminal. */
async function note({ ledger, store, by }: Opened, action: string, subject: string): Promise<void> {
  await store.audit({
    time: ledger.now(),
    account: by,
    role: 'administrator',
    action,
    subject,
    outcome: 'accepted',
    detail: 'at the terminal',
  })
}

/** The password of a file, or a new one; or what is wrong. */
async function passwordOf({ passwordFile }: Options) {
  // Loaded when used: it belongs to the server.
  const { passwordLength } = await import('../../api/ledger/password.ts')
  if (passwordFile === undefined)
    return { password: randomBytes(15).toString('base64url'), isNew: true }
  const read = readTextFile(passwordFile)
  if (!read.ok) return read.message
  const password = read.text.replace(/\r?\n$/, '')
  const { least, most } = passwordLength
  if (password.length >= least && password.length <= most) return { password, isNew: false }
  return `${passwordFile}: a password has ${least} to ${most} characters`
}

async function addAccount(opened: Opened, name: string, options: Options, io: Io) {
  const role = roleOf(options.role)
  if (role === undefined) {
    io.err(`--role ${options.role}: ${roleWanted}`)
    return exit.input
  }
  if (!/^[a-z0-9._@-]{3,64}$/.test(name)) {
    io.err(`${name}: 3 to 64 of a-z, 0-9, dot, dash, underscore, @`)
    return exit.input
  }
  if ((await find(opened, name)) !== undefined) {
    io.err(`already-exists: there is an account ${name}; account role changes its role`)
    return exit.no
  }
  const made = await passwordOf(options)
  if (typeof made === 'string') {
    io.err(made)
    return exit.input
  }
  const { hashPassword } = await import('../../api/ledger/password.ts')
  const account: Account = {
    name,
    fullName: options.fullName ?? name,
    role,
    passwordHash: await hashPassword(made.password),
    isActive: true,
    createdAt: opened.ledger.now(),
  }
  await opened.store.putAccount(account)
  await note(opened, 'account create', name)
  const secret = made.isNew ? { password: made.password } : {}
  print(io, options, { schema: 'didymium/ledger-account@1', name, role, ...secret }, () =>
    made.isNew
      ? `account ${name}, ${role}; password, shown once: ${made.password}`
      : `account ${name}, ${role}`,
  )
  return exit.done
}

const isLastAdministrator = async ({ store }: Opened, name: string) => {
  const active = (await store.accounts()).filter(
    (one) => one.isActive && one.role === 'administrator',
  )
  return active.length === 1 && active[0]?.name === name
}

/** Changes an account that is there; not the last administrator to something less. */
async function change(
  opened: Opened,
  name: string,
  how: Partial<Pick<Account, 'role' | 'isActive'>>,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const account = await find(opened, name)
  if (account === undefined) {
    io.err(`there is no account ${name}; didymium ledger account list`)
    return exit.no
  }
  if (how.role !== 'administrator' && (await isLastAdministrator(opened, name))) {
    io.err(`${name} is the last administrator; make another one first`)
    return exit.no
  }
  const changed = { ...account, ...how }
  await opened.store.putAccount(changed)
  await opened.store.removeKeys({ account: name })
  await note(opened, how.isActive === false ? 'account off' : `account role ${how.role}`, name)
  const { role, isActive } = changed
  const record = { schema: 'didymium/ledger-account@1', name, role, isActive }
  print(io, options, record, () => `account ${name}: ${isActive ? role : 'closed'}`)
  return exit.done
}

type Work = (opened: Opened, name: string, options: Options, io: Io) => Promise<ExitCode>

function about(
  name: string,
  words: Pick<Command, 'about' | 'example' | 'json'> & { readonly reads?: readonly string[] },
  declare: Command['declare'],
  work: Work,
): Command {
  return {
    name,
    ...words,
    declare: (parser) => {
      declare(parser)
      declareLedger(parser)
    },
    action: ([subject = ''], given, io) => {
      const options = given as Options
      return withLedger(options, io, (opened) => work(opened, subject, options, io))
    },
  }
}

const accountJson = '{ schema: didymium/ledger-account@1, name, role, ... }'

const accountCommands: readonly Command[] = [
  about(
    'add',
    {
      about: 'A new account; without --password-file its password is made up and shown once.',
      example: 'didymium ledger account add mary --role laboratory --full-name "Mary Quinn"',
      json: accountJson,
      reads: ['passwordFile'],
    },
    (parser) =>
      void parser
        .argument('<name>', 'what it signs in with: 3 to 64 of a-z, 0-9, dot, dash, underscore, @')
        .requiredOption('--role <role>', roleWanted)
        .option('--full-name <text>', 'who it is')
        .option('--password-file <file>', 'a file with the password, 12 characters or more'),
    addAccount,
  ),
  about(
    'list',
    {
      about: 'Every account with its role.',
      example: 'didymium ledger account list',
      json: '{ schema: didymium/ledger-accounts@1, accounts }',
    },
    () => undefined,
    async ({ store }, _, options, io) => {
      const accounts = (await store.accounts()).map(({ passwordHash: __, ...rest }) => rest)
      print(io, options, { schema: 'didymium/ledger-accounts@1', accounts }, () =>
        accounts.length === 0
          ? 'no account: whoever is at this machine may do all'
          : textTable(accounts, [
              { head: 'account', cell: ({ name }) => name },
              { head: 'role', cell: ({ role }) => role },
              { head: 'who', cell: ({ fullName }) => fullName },
              { head: 'since', cell: ({ createdAt }) => when(createdAt) },
              { head: '', cell: ({ isActive }) => (isActive ? '' : 'closed') },
            ]),
      )
      return exit.done
    },
  ),
  about(
    'role',
    {
      about: 'Give an account another role; it has to sign in again.',
      example: 'didymium ledger account role mary quality',
      json: accountJson,
    },
    (parser) => void parser.argument('<name>', 'the account').argument('<role>', roleWanted),
    async () => exit.input,
  ),
  about(
    'off',
    {
      about: 'Close an account: it can sign in no more; what it did stays.',
      example: 'didymium ledger account off mary',
      json: accountJson,
    },
    (parser) => void parser.argument('<name>', 'the account'),
    (opened, name, options, io) => change(opened, name, { isActive: false }, options, io),
  ),
].map((command) => (command.name === 'role' ? { ...command, action: changeRole } : command))

function changeRole(
  [name = '', word]: readonly (string | undefined)[],
  given: Readonly<Record<string, unknown>>,
  io: Io,
): Promise<ExitCode> | ExitCode {
  const options = given as Options
  const role = roleOf(word)
  if (role === undefined) {
    io.err(`${word}: ${roleWanted}`)
    return exit.input
  }
  return withLedger(options, io, (opened) => change(opened, name, { role }, options, io))
}

async function addToken(opened: Opened, name: string, options: Options, io: Io) {
  const account = await find(opened, name)
  if (account?.isActive !== true) {
    io.err(`there is no open account ${name}; didymium ledger account list`)
    return exit.no
  }
  const role = options.role === undefined ? account.role : roleOf(options.role)
  const days = wholeNumber(options.days ?? '365', 1, 3650)
  if (role === undefined || days === undefined) {
    io.err(role === undefined ? `--role ${options.role}: ${roleWanted}` : '--days: 1 to 3650')
    return exit.input
  }
  const { makeToken } = await import('../../api/ledger/accounts.ts')
  const label = options.label ?? ''
  const at = { store: opened.store, now: opened.ledger.now }
  const made = await makeToken(at, account, { role, label, days })
  if (made === undefined) {
    io.err(`--role ${role}: more than ${name} may do, who is ${account.role}`)
    return exit.input
  }
  const { secret, key } = made
  await note(opened, 'token create', name)
  const record = {
    schema: 'didymium/ledger-token@1',
    account: name,
    role,
    label,
    expiresAt: key.expiresAt,
    secret,
  }
  print(io, options, record, () => `token of ${name}, ${role}, shown once: ${secret}`)
  return exit.done
}

const tokenCommands: readonly Command[] = [
  about(
    'add',
    {
      about: 'A token for a program, shown once; it acts as an account, in a role of its own.',
      example: 'didymium ledger token add mary --label "balance of the laboratory" --role operator',
      json: '{ schema: didymium/ledger-token@1, account, role, label, expiresAt, secret }',
    },
    (parser) =>
      void parser
        .argument('<account>', 'the account that it acts as')
        .option('--label <text>', 'what it is for')
        .option('--role <role>', `${roleWanted}; left out: that of the account`)
        .option('--days <n>', 'days that it lasts, 1 to 3650', '365'),
    addToken,
  ),
  about(
    'off',
    {
      about: 'Take all tokens of an account back.',
      example: 'didymium ledger token off mary',
      json: '{ schema: didymium/ledger-token@1, account, taken }',
    },
    (parser) => void parser.argument('<account>', 'the account'),
    async (opened, account, options, io) => {
      const { ledger, store } = opened
      const keys = await store.keys({ account, now: ledger.now() })
      const taken = keys.filter(({ kind }) => kind === 'token').length
      await store.removeKeys({ account, kind: 'token' })
      await note(opened, 'token off', account)
      const record = { schema: 'didymium/ledger-token@1', account, taken }
      print(io, options, record, () => `${taken} taken back from ${account}`)
      return taken > 0 ? exit.done : exit.no
    },
  ),
]

export const account = group({
  name: 'account',
  about: 'Who may sign in to the server of this ledger, and what each may do.',
  example: 'didymium ledger account list',
  subs: async () => accountCommands,
})

export const token = group({
  name: 'token',
  about: 'Tokens with which programs sign in to the server of this ledger.',
  example: 'didymium ledger token add mary --label "balance of the laboratory"',
  subs: async () => tokenCommands,
})
