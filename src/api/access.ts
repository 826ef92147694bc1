import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Fewest characters of a token: with fewer one might be guessed. */
export const leastToken = 32

/** How long a link may be used for the first time. */
const linkLife = 24 * 3600 * 1000
const mostLinks = 100

/** Who may ask: everyone on this machine, or only who has the token. */
export interface Access {
  /** Whether nobody is answered without a token. */
  readonly isDemanded: boolean
  /** True for the token itself, as a program sends it. */
  readonly isToken: (text: string) => boolean
  /** True for the cookie that a link left with a browser. */
  readonly isCookie: (text: string) => boolean
  /** A word for a link that opens the page once. */
  readonly link: () => string
  /** The cookie for who comes by a link; undefined for a link that is used, old or made up. */
  readonly redeem: (word: string) => string | undefined
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Compares in a time that does not tell how much of a guess is right. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))

const secret = () => randomBytes(32).toString('base64url')

/** Access by a token, or by everyone where there is none. */
export function accessBy(token: string | undefined, now: () => number = Date.now): Access {
  const cookie = secret()
  // By the hash of their word, so that a search in the map tells nothing of the word.
  const links = new Map<string, number>()
  const keyOf = (word: string) => digest(word).toString('hex')
  return {
    isDemanded: token !== undefined,
    isToken: (text) => token !== undefined && same(text, token),
    isCookie: (text) => same(text, cookie),
    link: () => {
      const word = secret()
      const [oldest] = links.keys()
      if (links.size >= mostLinks && oldest !== undefined) links.delete(oldest)
      links.set(keyOf(word), now() + linkLife)
      return word
    },
    redeem: (word) => {
      const until = links.get(keyOf(word))
      links.delete(keyOf(word))
      return until !== undefined && now() < until ? cookie : undefined
    },
  }
}
