/** Who may do what: one table, looked up before anything is done. */
import { type Role, roles } from './command.ts'
import { commands } from './commands/index.ts'

const all: readonly Role[] = roles
const only: readonly Role[] = ['administrator']

/**
 * What people do beside commands. Reading is for everybody who may sign in. Capture writes any
 * EPCIS event, past the rules of the commands, and a mistake of it needs quality to undo it: it is
 * for quality. Accounts, the audit and the care of the database are the administrator's.
 */
const others = {
  read: all,
  query: all,
  export: all,
  verify: all,
  // A certificate is a promise to a customer; reading one that exists is for everybody.
  certificate: ['quality'],
  'import-assays': ['laboratory', 'quality'],
  'define-query': ['operator', 'laboratory', 'quality'],
  capture: ['quality'],
  import: only,
  tokens: all,
  accounts: only,
  audit: only,
  site: only,
  backup: only,
  rebuild: only,
} as const satisfies Readonly<Record<string, readonly Role[]>>

const table: ReadonlyMap<string, readonly Role[]> = new Map<string, readonly Role[]>([
  ...Object.entries(others),
  ...commands.map(({ name, roles: may }): [string, readonly Role[]] => [`command ${name}`, may]),
])

/** Every action that the table knows; a command is `command receive`. */
export const actions: readonly string[] = [...table.keys()]

/**
 * True when a role may do an action: a command by its name (`receive`, or `command receive`), or
 * one of `actions`. The administrator may do all; nobody may do what is not in the table.
 */
export function mayDo(role: Role, action: string): boolean {
  const may = table.get(action) ?? table.get(`command ${action}`)
  if (may === undefined) return false
  return role === 'administrator' || may.includes(role)
}
