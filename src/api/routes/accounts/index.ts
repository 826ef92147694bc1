import { addAccount, changeAccount, listAccounts } from './accounts.ts'
import { readAudit } from './audit.ts'
import { openLedger } from './open.ts'
import { endSignIn, readSignIn, startSignIn } from './sign-in.ts'
import { addToken, listTokens, removeToken } from './tokens.ts'

/** Every route about who may do what, and who did. */
export const accountRoutes = [
  readSignIn,
  startSignIn,
  endSignIn,
  listAccounts,
  addAccount,
  changeAccount,
  listTokens,
  addToken,
  removeToken,
  readAudit,
  openLedger,
] as const
