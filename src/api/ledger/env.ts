import type { OpenAPIRoute, RouteConfig } from '@hono/zod-openapi'
import type { Role } from '../../ledger/index.ts'
import type { Serving } from '../serving.ts'
import type { OpenLedger } from './door.ts'

/** Who asks: an account, or whoever sits at this machine. */
export interface Actor {
  readonly account: string
  readonly fullName: string
  /** The role that this request acts in. */
  readonly role: Role
  readonly via: 'local' | 'sign-in' | 'token'
  /** Of a sign-in or a token: what it is kept by, and how long it lasts. */
  readonly key?: { readonly secretHash: string; readonly expiresAt: number }
}

/**
 * What somebody must be allowed to do for a route: an action of the ledger's table of roles, or
 * `nothing` (asked before anybody has signed in), or `self` (whoever has signed in, of oneself;
 * what a route lets them do it says itself). A command looks at the role itself.
 */
export type Need =
  | 'nothing'
  | 'self'
  | 'read'
  | 'query'
  | 'verify'
  | 'export'
  | 'certificate'
  | 'import-assays'
  | 'define-query'
  | 'capture'
  | 'tokens'
  | 'accounts'
  | 'audit'

export interface LedgerEnv {
  readonly Variables: {
    readonly serving: Serving
    readonly ledger: OpenLedger
    /** Of every route but those that need nothing. */
    readonly actor: Actor
    /** Where the request comes from. */
    readonly address: string
  }
}

/** A route of the ledger: who may ask it, what it takes, and what answers it. */
export const ledgerRoute = <R extends RouteConfig>(
  definition: Pick<OpenAPIRoute<R, LedgerEnv>, 'route' | 'handler'> & { readonly needs: Need },
) => definition
