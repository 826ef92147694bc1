import { type Role, roles } from '../../ledger/index.ts'
import type { Actor, Need } from './env.ts'

const needs: Readonly<Record<Need, readonly Role[]>> = {
  nothing: roles,
  self: roles,
  read: roles,
  command: roles,
  capture: ['quality'],
  'define-queries': ['operator', 'laboratory', 'quality'],
  'read-audit': ['quality'],
  administer: [],
}

/** Whether a role may do what a route needs. */
export const mayRole = (role: Role, need: Need) =>
  role === 'administrator' || needs[need].includes(role)

/** True when a role may do nothing that another one may not. */
export const isWithin = (role: Role, other: Role) =>
  role === other || role === 'viewer' || other === 'administrator'

export const mayActor = (actor: Actor, need: Need) => mayRole(actor.role, need)

/** What a role may do: the words that routes need, and commands by name. */
export const mayAll = (role: Role): string[] =>
  Object.keys(needs).filter((need) => mayRole(role, need as Need))
