import { createHash, randomBytes } from 'node:crypto'
import type { Account, DeskStore, Key, Role } from '../../ledger/index.ts'
import type { OpenLedger } from './door.ts'
import type { Actor } from './env.ts'
import { isWithin } from './may.ts'

const hour = 3_600_000

/** A sign-in lasts so long after it was last used, and so long at most. */
export const signInLife = { idle: 12 * hour, most: 7 * 24 * hour } as const

/** A sign-in that is used is written again only when it would last this much longer. */
const worthWriting = 10 * 60_000

/** The name under which a ledger keeps that whoever sits at its machine may do all. */
const openSetting = 'open'

export const localActor: Actor = {
  account: 'local',
  fullName: 'Whoever is at this machine',
  role: 'administrator',
  via: 'local',
}

/** What a secret is kept and found by. It has 256 bits of chance, so that a plain hash will do. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

const newSecret = () => {
  const secret = randomBytes(32).toString('base64url')
  return { secret, secretHash: hashOf(secret) }
}

export async function accountOf(ledger: OpenLedger, name: string): Promise<Account | undefined> {
  return (await ledger.store.accounts()).find((one) => one.name === name)
}

/**
 * Whether whoever is at the machine may do all without an account: only on a server that none but
 * this machine reaches, while nobody has an account or the ledger was set open.
 */
export async function isOpenTo(ledger: OpenLedger, isLoopback: boolean): Promise<boolean> {
  if (!isLoopback) return false
  const accounts = await ledger.store.accounts()
  return accounts.length === 0 || (await ledger.store.setting(openSetting)) === true
}

export const setOpen = (ledger: OpenLedger, isOpen: boolean) =>
  ledger.store.setSetting(openSetting, isOpen)

/** Lets a sign-in last longer because it is used; what it lasts until then. */
async function renew(ledger: OpenLedger, key: Key): Promise<number> {
  const until = Math.min(ledger.now() + signInLife.idle, key.createdAt + signInLife.most)
  if (until - key.expiresAt < worthWriting) return key.expiresAt
  await ledger.store.putKey({ ...key, expiresAt: until })
  return until
}

/** Who has a secret; undefined for one that is made up, has expired, or whose account is closed. */
export async function actorOf(
  ledger: OpenLedger,
  secret: string,
  kind: Key['kind'],
): Promise<Actor | undefined> {
  const secretHash = hashOf(secret)
  const [key] = await ledger.store.keys({ secretHash, now: ledger.now() })
  if (key === undefined || key.kind !== kind || key.expiresAt <= ledger.now()) return undefined
  const account = await accountOf(ledger, key.account)
  if (account === undefined || !account.isActive) return undefined
  const isSignIn = kind === 'session'
  // A token outlives a change of its account's role, but not with more than that role may do.
  if (!isSignIn && !isWithin(key.role, account.role)) return undefined
  const expiresAt = isSignIn ? await renew(ledger, key) : key.expiresAt
  return {
    account: account.name,
    fullName: account.fullName,
    role: isSignIn ? account.role : key.role,
    via: isSignIn ? 'sign-in' : 'token',
    key: { secretHash, expiresAt },
  }
}

/** Begins a sign-in; answers its secret, which is kept nowhere. */
export async function signIn(ledger: OpenLedger, account: Account) {
  const { secret, secretHash } = newSecret()
  const createdAt = ledger.now()
  const expiresAt = createdAt + signInLife.idle
  const { name, role } = account
  await ledger.store.putKey({
    secretHash,
    account: name,
    kind: 'session',
    label: '',
    role,
    createdAt,
    expiresAt,
  })
  return { secret, expiresAt }
}

const day = 24 * hour

/**
 * Makes a token that acts as an account that is open, in its role or a lesser one; its secret is
 * kept nowhere. Undefined where the role that is asked for may do more than the account's.
 */
export async function makeToken(
  { store, now }: { readonly store: Pick<DeskStore, 'putKey'>; readonly now: () => number },
  account: Account,
  asked: { readonly role: Role; readonly label: string; readonly days: number },
): Promise<{ readonly key: Key; readonly secret: string } | undefined> {
  const { role, label, days } = asked
  if (!isWithin(role, account.role)) return undefined
  const { secret, secretHash } = newSecret()
  const createdAt = now()
  const expiresAt = createdAt + days * day
  const { name } = account
  const key: Key = { secretHash, account: name, kind: 'token', label, role, createdAt, expiresAt }
  await store.putKey(key)
  return { key, secret }
}

/** Whether somebody would still be administrator if an account were what it is to be. */
export function hasAdministrator(accounts: readonly Account[], changed: Account): boolean {
  return [...accounts.filter(({ name }) => name !== changed.name), changed].some(
    ({ role, isActive }) => isActive && role === 'administrator',
  )
}

/** Ends the keys of one kind of an account, but for one. */
export async function dropKeys(
  ledger: OpenLedger,
  account: string,
  kind: Key['kind'],
  but: string | undefined,
): Promise<void> {
  const keys = await ledger.store.keys({ account, now: ledger.now() })
  for (const key of keys) {
    if (key.kind === kind && key.secretHash !== but) {
      await ledger.store.removeKeys({ secretHash: key.secretHash })
    }
  }
}
