import { createHash } from 'node:crypto'

/** SHA-256 of UTF-8 text as 64 hex digits. */
export const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex')
