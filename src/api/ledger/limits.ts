import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** So many in so many seconds. */
export interface Rate {
  readonly points: number
  readonly seconds: number
}

/** What one server does for the ledger, at most. */
export interface LedgerLimits {
  /** Requests of one address. */
  readonly requests: Rate
  /** Wrong sign-ins to one account from one address; from one address to any account. */
  readonly signIn: Rate
  readonly signInAddress: Rate
  /** Bytes of a body: of a capture, of a command, of a table of assays. */
  readonly captureBytes: number
  readonly commandBytes: number
  readonly tableBytes: number
  /** Events of one capture. */
  readonly captureEvents: number
  /** Characters of an address. */
  readonly address: number
  /** Milliseconds that checking the chain, or computing a report, may take. */
  readonly long: number
  /** Reports and checks under way at once. */
  readonly atOnce: number
}

const quarterHour = 900
const mebibyte = 1_048_576

export const usualLedgerLimits: LedgerLimits = {
  requests: { points: 30_000, seconds: 60 },
  signIn: { points: 5, seconds: quarterHour },
  signInAddress: { points: 50, seconds: quarterHour },
  captureBytes: 32 * mebibyte,
  commandBytes: mebibyte / 4,
  tableBytes: 4 * mebibyte,
  captureEvents: 20_000,
  address: 8000,
  long: 60_000,
  atOnce: 2,
}

/** Counts what is asked, in memory: a server that starts anew has forgotten it. */
export interface Limiters {
  /** Seconds to wait, where a request is one too many; undefined where it is not. */
  readonly request: (address: string) => Promise<number | undefined>
  /** The same before a password is looked at: counts the attempt. */
  readonly signIn: (account: string, address: string) => Promise<number | undefined>
  /** An attempt that was right is not held against anybody. */
  readonly signedIn: (account: string, address: string) => Promise<void>
}

const limiter = (prefix: string, { points, seconds }: Rate) =>
  new RateLimiterMemory({ keyPrefix: prefix, points, duration: seconds })

const secondsOf = (ms: number | undefined) => Math.max(1, Math.ceil((ms ?? 1000) / 1000))

/** Takes a point; seconds to wait where there is none left. */
async function take(of: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await of.consume(key)
    return undefined
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return secondsOf(refusal.msBeforeNext)
    throw refusal
  }
}

export function limitersOf(limits: LedgerLimits): Limiters {
  const requests = limiter('requests', limits.requests)
  const signIn = limiter('sign-in', limits.signIn)
  const signInAddress = limiter('sign-in-address', limits.signInAddress)
  const both = (account: string, address: string) => `${address} ${account}`
  return {
    request: (address) => take(requests, address),
    signIn: async (account, address) =>
      (await take(signInAddress, address)) ?? (await take(signIn, both(account, address))),
    signedIn: async (account, address) => {
      await signIn.delete(both(account, address))
      await signInAddress.reward(address)
    },
  }
}
