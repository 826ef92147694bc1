export { startServer } from './server.ts'
export type { Running, ServeOptions } from './server.ts'
