export { startServer } from './server.ts'
export type { Running, ServeOptions } from './server.ts'
export { hashPassword, passwordLength } from './ledger/password.ts'
