import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'

/** A plant with the files that it names, as a link carries it. */
export interface Shared {
  readonly file: string
  readonly text: string
  readonly sets: Readonly<Record<string, string>>
}

/** Most that a link is unpacked to, bytes: as much as a plant file may have, with its sets. */
const mostBytes = 8_000_000

/** A plant in the letters of a URL: deflate, then base64url. Nothing of it is sent anywhere. */
export function packed({ file, text, sets }: Shared): string {
  const bytes = deflateSync(strToU8(JSON.stringify({ file, text, sets })), { level: 9 })
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** What a link carries; undefined where it is damaged, cut off or too large. */
export function unpacked(letters: string): Shared | undefined {
  try {
    const binary = atob(letters.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
    if (bytes.length > mostBytes / 8) return undefined
    const out = inflateSync(bytes)
    if (out.length > mostBytes) return undefined
    const value: unknown = JSON.parse(strFromU8(out))
    return isShared(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isShared(value: unknown): value is Shared {
  if (typeof value !== 'object' || value === null) return false
  if (!('file' in value) || !('text' in value) || !('sets' in value)) return false
  const { file, text, sets } = value
  return (
    typeof file === 'string' &&
    typeof text === 'string' &&
    typeof sets === 'object' &&
    sets !== null &&
    Object.values(sets).every((set) => typeof set === 'string')
  )
}
