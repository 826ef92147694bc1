import { describe, expect, it } from 'vitest'
import { integrate, makeOdeWork, odeStep } from './ode.ts'
import type { ImplicitOde } from './ode.ts'

/** u' = A (u - target(t)) + target'(t), stage by stage in closed form (A diagonal). */
function forced(rates: readonly number[], tolerance = 1): ImplicitOde {
  return {
    size: rates.length,
    solve: (t, step, known, u) => {
      rates.forEach((a, q) => {
        const force = -a * Math.sin(t) + Math.cos(t)
        u[q] = ((known[q] as number) + step * force) / (1 - step * a)
      })
      return true
    },
    measure: (error) => Math.max(...error.map(Math.abs)) / tolerance,
  }
}

/** u' = -u^2: the implicit stage is a quadratic equation. */
const quadratic: ImplicitOde = {
  size: 1,
  solve: (_, step, known, u) => {
    u[0] = (Math.sqrt(1 + 4 * step * (known[0] as number)) - 1) / (2 * step)
    return true
  },
  measure: (error) => Math.abs(error[0] as number),
}

/** Error at t = 1 with `count` equal steps from u = `start`. */
function errorOf(ode: ImplicitOde, start: number, exact: number, count: number): number {
  const work = makeOdeWork(ode.size)
  const u = new Float64Array(ode.size).fill(start)
  for (let k = 0; k < count; k++) {
    odeStep(ode, work, k / count, u, 1 / count)
    u.set(work.next)
  }
  return Math.abs((u[0] as number) - exact)
}

function orderOf(ode: ImplicitOde, start: number, exact: number): number {
  return Math.log2(errorOf(ode, start, exact, 40) / errorOf(ode, start, exact, 80))
}

describe('implicit steps', () => {
  it('have order 3 on smooth problems, linear and not', () => {
    expect(orderOf(quadratic, 1, 0.5)).toBeCloseTo(3, 1)
    expect(orderOf(forced([-1]), 1, Math.sin(1) + Math.exp(-1))).toBeCloseTo(3, 0)
  })

  it('stay on a very stiff solution and forget a wrong start at once', () => {
    expect(errorOf(forced([-1e8]), 0, Math.sin(1), 10)).toBeLessThan(1e-6)
    const work = makeOdeWork(1)
    odeStep(forced([-1e12]), work, 0, Float64Array.of(1e6), 0.1)
    expect(work.next[0]).toBeCloseTo(Math.sin(0.1), 4)
  })

  it('keep linear sums to rounding', () => {
    const exchange: ImplicitOde = {
      size: 2,
      solve: (_, step, known, u) => {
        const [a, b] = [known[0] as number, known[1] as number]
        const first = (a + step * 3 * (a + b)) / (1 + step * 8)
        u.set([first, a + b - first])
        return true
      },
      measure: (error) => Math.max(...error.map(Math.abs)) / 1e-6,
    }
    const u = Float64Array.of(1, 0)
    const end = integrate(
      exchange,
      makeOdeWork(2),
      u,
      0,
      40,
      { first: 1e-3, most: 1e4 },
      () => false,
    )
    expect(end.outcome).toBe('done')
    expect(u[0]).toBeCloseTo(3 / 8, 6)
    expect((u[0] as number) + (u[1] as number)).toBeCloseTo(1, 14)
  })
})

describe('integrate', () => {
  it('keeps the error near what is asked, with steps that grow with the cube root of it', () => {
    const run = (tolerance: number) => {
      const u = Float64Array.of(0)
      const ode = forced([-2], tolerance)
      const end = integrate(ode, makeOdeWork(1), u, 0, 10, { first: 1e-6, most: 1e5 }, () => false)
      return { end, error: Math.abs((u[0] as number) - Math.sin(10)) }
    }
    const [coarse, fine] = [run(1e-4), run(1e-7)]
    expect(coarse.error).toBeLessThan(1e-4)
    expect(fine.error).toBeLessThan(1e-7)
    expect(fine.end.taken / coarse.end.taken).toBeLessThan(14)
  })

  it('ends exactly where it should, stops when told, and says when it is stuck', () => {
    const times: number[] = []
    const u = Float64Array.of(0)
    const options = { first: 0.3, most: 1000 }
    const work = makeOdeWork(1)
    const seen = (time: number) => {
      times.push(time)
      return false
    }
    expect(integrate(forced([-1]), work, u, 0, 1, options, seen).outcome).toBe('done')
    expect(times.at(-1)).toBe(1)
    expect(integrate(forced([-1]), work, u, 1, 2, options, () => true).outcome).toBe('stopped')
    const unsolvable: ImplicitOde = { ...forced([-1]), solve: () => false }
    expect(integrate(unsolvable, work, u, 0, 1, options, seen).outcome).toBe('stuck')
    const few = { first: 1e-9, most: 3 }
    expect(integrate(forced([-1]), work, u, 0, 1, few, seen).outcome).toBe('max-steps')
  })
})
