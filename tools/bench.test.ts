import { describe, expect, it } from 'vitest'
import { arithmeticRate, measure } from '../bench/harness.ts'

const patience = { warmUp: 5, measure: 20 }

/** Keeps the processor busy for so many milliseconds. */
const busy = (milliseconds: number) => {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

describe('the bench harness', () => {
  it('measures the median and compares it with the target', async () => {
    const timing = { name: 'busy', milliseconds: 50, prepare: () => () => busy(2) }
    const measured = await measure(timing, 1, patience)
    expect(measured.value).toBeGreaterThanOrEqual(2)
    expect(measured.value).toBeLessThan(50)
    expect(measured).toMatchObject({ name: 'busy', unit: 'ms', most: 50, met: true })
    expect(measured.overArithmetic).toBeUndefined()
    expect((await measure({ ...timing, milliseconds: 1 }, 1, patience)).met).toBe(false)
  })

  it('relates the time to the operations that the path needs', async () => {
    const prepare = () => () => {
      busy(2)
      return 1000
    }
    const measured = await measure({ name: 'counted', milliseconds: 50, prepare }, 1000, patience)
    expect(measured.overArithmetic).toBeCloseTo(measured.value, 10)
    expect(arithmeticRate(patience)).toBeGreaterThan(1e4)
  })

  it('prepares once, outside the time', async () => {
    let prepared = 0
    const prepare = () => {
      prepared++
      busy(30)
      return () => undefined
    }
    expect((await measure({ name: 'warm', milliseconds: 5, prepare }, 1, patience)).met).toBe(true)
    expect(prepared).toBe(1)
  })

  it('takes other figures as they are', async () => {
    const memory = { name: 'memory', unit: 'MB', most: 10, measure: () => 11 }
    expect(await measure(memory, 1)).toEqual({
      ...memory,
      measure: undefined,
      value: 11,
      met: false,
    })
  })
})
