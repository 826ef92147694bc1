/**
 * Times of the last re-solve as entries of the browser's performance timeline, for whoever measures
 * (`PerformanceObserver`, or the browser's own tools). Only the last of each is kept.
 */
export interface Took {
  readonly read: number
  readonly solve: number
  /** From the edit to the answer on the page. */
  readonly answer: number
}

function measure(name: string, start: number, end: number): void {
  const full = `didymium:${name}`
  performance.clearMeasures(full)
  performance.measure(full, { start, end: Math.max(start, end) })
}

/** Notes how long an edit took, and once its answer is painted, how long that took. */
export function noteTimes(from: number, { read, solve, answer }: Took): void {
  requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.addEventListener('message', () => {
      const painted = performance.now()
      channel.port1.close()
      measure('read', from, from + read)
      measure('solve', from, from + solve)
      measure('transfer', from + read + solve, from + answer)
      measure('paint', from + answer, painted)
      measure('edit', from, painted)
    })
    channel.port1.start()
    channel.port2.postMessage(null)
  })
}
