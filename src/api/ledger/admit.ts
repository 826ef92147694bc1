import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { refuse, refused } from '../errors.ts'
import { actorOf, isOpenTo, localActor } from './accounts.ts'
import type { OpenLedger } from './door.ts'
import type { Actor, LedgerEnv, Need } from './env.ts'
import { mayRole } from './may.ts'

const noLedger = refused(
  'no-ledger',
  'this server has no ledger',
  'didymium demo for a made-up one, or didymium ledger init for your own',
)

/** The address of who asks; where there is no connection (in tests) a word for it. */
function addressOf(c: Context): string {
  const bound = c.env as Partial<HttpBindings> | undefined
  return bound?.incoming?.socket.remoteAddress ?? 'unknown'
}

/** The cookie of a sign-in; cookies do not tell ports apart, and two servers may run. */
export const signInCookie = (port: number) => `didymium-account-${port}`

const bearerOf = (c: Context) => /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]

/** Who asks; undefined for nobody that is known. */
export async function whoAsks(
  c: Context<LedgerEnv>,
  ledger: OpenLedger,
): Promise<Actor | undefined> {
  const { ledger: serving, access } = c.var.serving
  const bearer = bearerOf(c)
  // Beyond the machine the token of the server itself comes the same way, and says nobody's name.
  if (bearer !== undefined && !(access.isDemanded && access.isToken(bearer))) {
    return actorOf(ledger, bearer, 'token')
  }
  const cookie = getCookie(c, signInCookie(serving.port()))
  const known = cookie === undefined ? undefined : await actorOf(ledger, cookie, 'session')
  if (known !== undefined) return known
  return (await isOpenTo(ledger, serving.isLoopback)) ? localActor : undefined
}

/** Lets in who may ask for a route of the ledger; everyone else is told why not. */
export function admit(needs: Need): MiddlewareHandler<LedgerEnv> {
  return async (c, next) => {
    const { door, limiters } = c.var.serving.ledger
    const address = addressOf(c)
    const wait = await limiters.request(address)
    if (wait !== undefined) return tooMany(c, wait)
    const ledger = await door.open()
    if (ledger === undefined) return refuse(c, noLedger)
    c.set('ledger', ledger)
    c.set('address', address)
    if (needs === 'nothing') return next()
    const actor = await whoAsks(c, ledger)
    if (actor === undefined) {
      c.header('WWW-Authenticate', 'Bearer')
      const expected = 'POST /api/session, or Authorization: Bearer with a token of an account'
      return refuse(c, refused('sign-in-needed', 'nobody has signed in', expected))
    }
    c.set('actor', actor)
    if (mayRole(actor.role, needs)) return next()
    await ledger.store.audit({
      time: ledger.now(),
      account: actor.account,
      role: actor.role,
      action: `${c.req.method} ${c.req.path}`.slice(0, 200),
      subject: '',
      outcome: 'forbidden',
      detail: needs,
    })
    return refuse(c, notAllowed(actor, needs))
  }
}

export const notAllowed = (actor: Actor, what: string) =>
  refused('not-allowed', `${actor.role} may not do this: ${what}`, 'ask an administrator')

export function tooMany(c: Context, seconds: number) {
  c.header('Retry-After', String(seconds))
  return refuse(c, refused('too-many', 'too many requests', `ask again in ${seconds} s`))
}
