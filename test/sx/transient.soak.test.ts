import { describe, expect, test } from 'vitest'
import { random } from '../../src/numerics/index.ts'
import type { Random } from '../../src/numerics/index.ts'
import { sxCircuit } from '../../src/unitops/sx-circuit.ts'
import { draws } from '../draws.ts'
import { dysprosium, neodymium, twelve } from './hundred-stages.ts'
import { inTime, unitOf } from './in-time.ts'

const SEED = 20_262

/** A circuit with all moved that a person may: flows, acids, stages, vessels, losses. */
function drawn(source: Random) {
  const by = (low: number, high: number) => source.between(low, high)
  const base = [twelve, dysprosium, neodymium][source.integer(0, 2)] ?? twelve
  const saponification = source.uniform() < 0.2 ? 0 : base.saponification * by(0.5, 1.8)
  const rich = source.uniform() < 0.5
  const unit = unitOf(
    {
      ...base,
      stages: [source.integer(2, 15), source.integer(1, 15), source.integer(2, 6)],
      organicFlow: base.organicFlow * by(0.6, 1.6),
      saponification,
      scrubFlow: base.scrubFlow * by(0.5, 2),
      scrubH: base.scrubH * by(0.5, 1.5),
      stripFlow: base.stripFlow * by(0.7, 2),
      stripH: base.stripH * by(0.7, 1.2),
    },
    {
      settlerTanks: source.integer(1, 6),
      settlerDepth: source.uniform() < 0.1 ? 0 : by(0.05, 0.6),
      ...(rich
        ? {
            bleed: 0.01,
            reflux: {
              fraction: by(0.05, 0.5),
              from: undefined,
              to: undefined,
              neutralised: saponification > 0 ? source.uniform() : 0,
            },
          }
        : {}),
    },
    rich
      ? {
          efficiency: by(0.6, 1),
          aqueousInOrganic: by(0, 0.01),
          organicInAqueous: by(0, 0.005),
        }
      : {},
  )
  return { unit, saponification }
}

describe('random circuits in time', () => {
  test('are followed from empty, with and without total reflux, and lose nothing', () => {
    const source = random(SEED)
    let followed = 0
    for (let draw = 0; draw < draws(60); draw++) {
      const { unit, saponification } = drawn(source.split())
      if (!sxCircuit.steady(unit).ok) continue
      const floors = [{ outlet: 'strip-liquor', elements: ['Dy', 'Tb', 'Nd'], atLeast: 0.9 }]
      const ways = saponification > 0 ? [undefined, 'until-pure' as const] : [undefined]
      for (const closed of ways) {
        const report = inTime([[0, unit]], 5, {
          tolerance: 1e-2,
          floors,
          ...(closed === undefined ? {} : { closed }),
        })
        const said = `draw ${draw} of seed ${SEED}, ${closed ?? 'direct'}: ${report.gap.of}`
        expect(report.gap.worst, said).toBeLessThan(1e-9)
        const numbers = [...Object.values(report.holdUp), ...report.frames.pH].flat()
        expect(numbers.every(Number.isFinite), said).toBe(true)
        followed++
      }
    }
    expect(followed).toBeGreaterThan(0)
  })
})
