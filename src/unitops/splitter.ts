import { emptyStream, scale } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import { handledVolume } from './parts/volume.ts'

/** One stream into several of its composition; what the fractions leave goes to `remainder`. */
export const splitter = defineUnitOp({
  kind: 'splitter',
  title: 'Splitter',
  about: 'Divides a stream; all parts have its composition. The port `remainder` takes the rest.',
  group: 'general',
  symbol: 'splitter',
  params: {
    outlets: {
      type: 'map',
      about: 'Fraction of the stream by outlet port; together at most 1',
      of: { type: 'number', min: 0, max: 1, about: 'Fraction of the stream' },
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'The stream' }],
  outlets: (params) => [
    ...Object.keys(params.outlets)
      .filter((name) => name !== 'remainder')
      .map((name) => ({
        name,
        phase: 'aqueous' as const,
        about: `${params.outlets[name] ?? 0} of the stream`,
      })),
    { name: 'remainder', phase: 'aqueous', about: 'What the other outlets leave', optional: true },
  ],
  steady({ inlets, params, properties }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    const named = Object.entries(params.outlets).filter(([name]) => name !== 'remainder')
    const sum = named.reduce((total, [, fraction]) => total + fraction, 0)
    if (sum > 1 + 1e-9) {
      return {
        ok: false,
        outcome: 'out-of-domain',
        at: 'outlets',
        detail: `the fractions add up to ${sum.toPrecision(6)}`,
        advice: 'fractions of a split add up to at most 1',
      }
    }
    const outlets: Record<string, Stream> = {}
    const rest = Float64Array.from(feed.flow)
    // Fractions that add up to one leave nothing, not the rounding error of their sum.
    const full = sum > 1 - 1e-9
    for (const [k, [name, fraction]] of named.entries()) {
      const last = full && k === named.length - 1
      const part = last ? { ...feed, flow: Float64Array.from(rest) } : scale(feed, fraction)
      outlets[name] = part
      for (let i = 0; i < rest.length; i++) {
        rest[i] = last ? 0 : Math.max(0, (rest[i] as number) - (part.flow[i] as number))
      }
    }
    outlets['remainder'] = { ...feed, flow: rest }
    return { ok: true, outlets, heat: { watts: 0 } }
  },
  equipment({ inlets, properties }) {
    const feed = inlets.in ?? emptyStream(properties.species)
    return [
      {
        type: 'flow splitter',
        count: 1,
        size: { name: 'flow', value: handledVolume(properties.species, feed), unit: 'm3/s' },
        material: 'polypropylene',
        basis: 'volume flow of the stream',
      },
    ]
  },
})
