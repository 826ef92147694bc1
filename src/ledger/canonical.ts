/** JSON in one form only. */
import type { Json } from './epcis/event.ts'

/** Text on its way into bytes: building it of pieces of text costs twice as long. */
interface Sheet {
  bytes: Uint8Array
  end: number
}

const usualSize = 1 << 16
const sheet: Sheet = { bytes: new Uint8Array(usualSize), end: 0 }
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Beside a text and its quotes there is always room for the signs of a list or a record. */
const spare = 8
const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c]
const [openList, closeList, openRecord, closeRecord] = [0x5b, 0x5d, 0x7b, 0x7d]

function makeRoom(to: Sheet, more: number): void {
  const needed = to.end + more + spare
  if (needed <= to.bytes.length) return
  const bytes = new Uint8Array(2 * needed)
  bytes.set(to.bytes)
  to.bytes = bytes
}

function sign(code: number, to: Sheet): void {
  makeRoom(to, 1)
  to.bytes[to.end++] = code
}

/** A text as JSON writes it, whatever is in it. */
function writeAny(value: string, to: Sheet): void {
  const bytes = encoder.encode(JSON.stringify(value))
  makeRoom(to, bytes.length)
  to.bytes.set(bytes, to.end)
  to.end += bytes.length
}

function writeText(value: string, to: Sheet): void {
  const { length } = value
  makeRoom(to, length)
  const { bytes } = to
  let at = to.end
  bytes[at++] = quote
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i)
    const isPlain = code >= 0x20 && code < 0x80 && code !== quote && code !== backslash
    if (!isPlain) {
      writeAny(value, to)
      return
    }
    bytes[at++] = code
  }
  bytes[at++] = quote
  to.end = at
}

/** A number, or the name of what is neither text nor list nor record. */
function writePlain(value: number | boolean | null, to: Sheet): void {
  const text = JSON.stringify(value)
  makeRoom(to, text.length)
  for (let i = 0; i < text.length; i++) to.bytes[to.end++] = text.charCodeAt(i)
}

const fewKeys = 32

/** Keys in the order of their UTF-16 units. */
function keysOf(record: object): readonly string[] {
  const keys = Object.keys(record)
  if (keys.length > fewKeys) return keys.sort()
  // Sorting by insertion: half the time of `sort` where there are few.
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string
    let at = i
    for (; at > 0 && (keys[at - 1] as string) > key; at--) keys[at] = keys[at - 1] as string
    keys[at] = key
  }
  return keys
}

function writeRecord(record: { readonly [key: string]: Json | undefined }, to: Sheet): void {
  sign(openRecord, to)
  let isFirst = true
  for (const key of keysOf(record)) {
    const field = record[key]
    if (field === undefined) continue
    if (!isFirst) sign(comma, to)
    isFirst = false
    writeText(key, to)
    sign(colon, to)
    write(field, to)
  }
  sign(closeRecord, to)
}

function writeList(list: readonly Json[], to: Sheet): void {
  sign(openList, to)
  for (let i = 0; i < list.length; i++) {
    if (i > 0) sign(comma, to)
    write(list[i], to)
  }
  sign(closeList, to)
}

function write(value: Json | undefined, to: Sheet): void {
  if (typeof value === 'string') writeText(value, to)
  else if (typeof value !== 'object' || value === null) writePlain(value ?? null, to)
  else if (Array.isArray(value)) writeList(value, to)
  else writeRecord(value as { readonly [key: string]: Json }, to)
}

/**
 * JSON in one form only, after RFC 8785: keys in order of their UTF-16 units, no blanks, numbers
 * and texts as ECMAScript writes them. Fields that are undefined are left out.
 */
export function canonical(value: Json | undefined): string {
  sheet.end = 0
  write(value, sheet)
  const text = decoder.decode(sheet.bytes.subarray(0, sheet.end))
  // A very long text's sheet is let go.
  if (sheet.bytes.length > 16 * usualSize) sheet.bytes = new Uint8Array(usualSize)
  return text
}
