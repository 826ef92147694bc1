import { actions, mayDo, type Role } from '../../ledger/index.ts'
import type { Need } from './env.ts'

/** Whether a role may do what a route needs. */
export const mayRole = (role: Role, need: Need): boolean =>
  need === 'nothing' || need === 'self' || mayDo(role, need)

/** True when a role may do nothing that another one may not: a token is given no more. */
export const isWithin = (role: Role, other: Role): boolean =>
  actions.every((action) => !mayDo(role, action) || mayDo(other, action))

/** Everything that a role may do. */
export const mayAll = (role: Role): string[] => actions.filter((action) => mayDo(role, action))
