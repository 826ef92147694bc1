/**
 * SHA-256 of a text's UTF-8 bytes as lower-case hexadecimal: the same that `sha256sum FILE` prints.
 * Identifies content (data sets, plants); it is not used to protect anything.
 * Source: FIPS 180-4. The round constants are computed from their definition (fractional parts of
 * square and cube roots of primes), not typed in.
 */
export function sha256(text: string): string {
  const message = padded(utf8(text))
  const view = new DataView(message.buffer)
  const state = Uint32Array.from(initial)
  const w = new Uint32Array(64)
  for (let block = 0; block < message.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15] as number
      const b = w[i - 2] as number
      const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)
      const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10)
      w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) >>> 0
    }
    compress(state, w)
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

/** Bytes of a text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < text.length) {
      bytes += 4
      i += 1
    } else bytes += 3
  }
  return bytes
}

function rotate(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by))
}

function compress(state: Uint32Array, w: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const choice = (e & f) ^ (~e & g)
    const t1 = (h + s1 + choice + (rounds[i] as number) + (w[i] as number)) >>> 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + t1) >>> 0
    d = c
    c = b
    b = a
    a = (t1 + s0 + majority) >>> 0
  }
  const sums = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = (state[i] as number) + (sums[i] as number)
}

/** First 32 fractional bits of a root of the first primes: a double holds 12 more than that. */
function fractions(count: number, root: (x: number) => number): Uint32Array {
  const out = new Uint32Array(count)
  let found = 0
  for (let n = 2; found < count; n++) {
    if (!isPrime(n)) continue
    const value = root(n)
    out[found] = (value - Math.floor(value)) * 2 ** 32
    found += 1
  }
  return out
}

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}

const initial = /* @__PURE__ */ fractions(8, Math.sqrt)
const rounds = /* @__PURE__ */ fractions(64, Math.cbrt)

/** Leading byte of a sequence by the number of bytes that follow. */
const leads = [0, 0xc0, 0xe0, 0xf0]

function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text))
  let at = 0
  for (const character of text) {
    const code = wellFormed(character.codePointAt(0) ?? 0)
    if (code < 0x80) bytes[at++] = code
    else {
      const extra = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
      bytes[at++] = (leads[extra] as number) | (code >> (6 * extra))
      for (let i = extra - 1; i >= 0; i--) bytes[at++] = 0x80 | ((code >> (6 * i)) & 0x3f)
    }
  }
  return bytes.subarray(0, at)
}

/** A lone surrogate has no UTF-8 form; it becomes the replacement character, as encoders do. */
function wellFormed(code: number): number {
  return code >= 0xd800 && code < 0xe000 ? 0xfffd : code
}

function padded(bytes: Uint8Array): Uint8Array {
  const length = ((bytes.length + 8) >> 6) * 64 + 64
  const out = new Uint8Array(length)
  out.set(bytes)
  out[bytes.length] = 0x80
  const view = new DataView(out.buffer)
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000))
  view.setUint32(length - 4, (bytes.length << 3) >>> 0)
  return out
}
