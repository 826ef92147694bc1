import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** Costs of scrypt. */
export interface PasswordCosts {
  /** Base-2 logarithm of N. */
  readonly logN: number
  readonly r: number
  readonly p: number
}

/** One of the settings of OWASP's password storage sheet: 32 MiB, some tenths of a second. */
export const usualPasswordCosts: PasswordCosts = { logN: 15, r: 8, p: 3 }
const keyLength = 32

/** Fewest and most characters of a password; nothing else is asked of it (NIST SP 800-63B). */
export const passwordLength = { least: 12, most: 200 } as const

const derive = (password: string, salt: Buffer, { logN, r, p }: PasswordCosts) =>
  new Promise<Buffer>((done, failed) => {
    const N = 2 ** logN
    // What scrypt takes, and a little: Node's own limit is below the usual costs.
    const maxmem = 128 * N * r + 128 * r * p + 1_048_576
    scrypt(password.normalize('NFKC'), salt, keyLength, { N, r, p, maxmem }, (error, key) => {
      if (error === null) done(key)
      else failed(error)
    })
  })

/** A password as it may be kept: costs, salt and key, as `scrypt$17$8$1$salt$key`. */
export async function hashPassword(
  password: string,
  costs: PasswordCosts = usualPasswordCosts,
): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, costs)
  const { logN, r, p } = costs
  return ['scrypt', logN, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** A key that no password has, so that an unknown name takes as long as a known one. */
function nobody({ logN, r, p }: PasswordCosts) {
  const empty = Buffer.alloc(keyLength).toString('base64url')
  return `scrypt$${logN}$${r}$${p}$${empty}$${empty}`
}

/**
 * Whether a password is the one that was kept. Without a kept one (nobody of that name) the answer
 * is no, after the same work.
 */
export async function isPassword(
  password: string,
  kept: string | undefined,
  costs: PasswordCosts = usualPasswordCosts,
): Promise<boolean> {
  const [name, logN, r, p, salt = '', key = ''] = (kept ?? nobody(costs)).split('$')
  if (name !== 'scrypt') return false
  const asked = { logN: Number(logN), r: Number(r), p: Number(p) }
  const expected = Buffer.from(key, 'base64url')
  const found = await derive(password, Buffer.from(salt, 'base64url'), asked)
  const isSame = expected.length === found.length && timingSafeEqual(expected, found)
  return isSame && kept !== undefined
}
