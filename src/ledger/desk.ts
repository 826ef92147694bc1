/**
 * What a database keeps beside the log: who may do what, what was done, captures under way and
 * queries by name. All times are milliseconds since 1970. Secrets come hashed.
 */
import type { Role } from './command.ts'
import type { Json } from './epcis/event.ts'

export interface Account {
  /** What it signs in with: 3 to 64 of a-z, 0-9, dot, dash, underscore, @. */
  readonly name: string
  readonly fullName: string
  readonly role: Role
  /** As scrypt left it, with its salt and costs; never sent anywhere. */
  readonly passwordHash: string
  readonly isActive: boolean
  readonly createdAt: number
}

/** A sign-in of a browser, or a token of a program: found by the SHA-256 of its secret. */
export interface Key {
  readonly secretHash: string
  readonly account: string
  readonly kind: 'session' | 'token'
  /** Of a token: what it is for. */
  readonly label: string
  /** Of a token: the role it acts in, never more than its account's. */
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
}

/** Who did what, and how it ended. Kept for ever. */
export interface AuditEntry {
  readonly time: number
  readonly account: string
  readonly role: Role
  /** sign-in, command receive, capture, account create ... */
  readonly action: string
  /** What it was done to: a lot, an event, an account. */
  readonly subject: string
  /** accepted, or why it was refused. */
  readonly outcome: string
  readonly detail: string
}

export type CaptureBehaviour = 'rollback' | 'proceed'

/** A capture as `/capture/{id}` shows it. */
export interface CaptureJob {
  readonly id: string
  readonly createdAt: number
  readonly finishedAt?: number
  readonly isRunning: boolean
  readonly isSuccess: boolean
  readonly behaviour: CaptureBehaviour
  readonly by: string
  /** Problem documents (RFC 7807) of what was refused. */
  readonly errors: readonly Json[]
}

/** A query of `/queries`, with its parameters. */
export interface NamedQuery {
  readonly name: string
  readonly query: Json
  readonly createdAt: number
}

export interface DeskStore {
  readonly accounts: () => Promise<readonly Account[]>
  /** Writes it anew or over the one of that name. */
  readonly putAccount: (account: Account) => Promise<void>
  /** Keys that may still be used: of an account, or the one of a secret. */
  readonly keys: (filter: {
    readonly account?: string
    readonly secretHash?: string
    readonly now: number
  }) => Promise<readonly Key[]>
  readonly putKey: (key: Key) => Promise<void>
  readonly removeKeys: (filter: {
    readonly account?: string
    readonly secretHash?: string
    readonly kind?: Key['kind']
  }) => Promise<void>
  readonly audit: (entry: AuditEntry) => Promise<void>
  /** The newest first. */
  readonly audited: (filter: {
    readonly account?: string
    readonly before?: number
    readonly limit: number
  }) => Promise<readonly AuditEntry[]>
  readonly putCapture: (job: CaptureJob) => Promise<void>
  readonly capture: (id: string) => Promise<CaptureJob | undefined>
  readonly captures: (filter: {
    readonly before?: { readonly createdAt: number; readonly id: string }
    readonly limit: number
  }) => Promise<readonly CaptureJob[]>
  /** False when there is one of that name. */
  readonly addQuery: (query: NamedQuery) => Promise<boolean>
  readonly query: (name: string) => Promise<NamedQuery | undefined>
  readonly queries: (after: string, limit: number) => Promise<readonly NamedQuery[]>
  readonly removeQuery: (name: string) => Promise<boolean>
}
