/** Does things one after another, in the order in which they were asked. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>

/** What one request has looked at is still so when it writes. */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
