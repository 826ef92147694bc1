import fc from 'fast-check'
import { expect, it } from 'vitest'
import { campaignChecks } from '../../src/ledger/checks/index.ts'
import type { CommandStatus } from '../../src/ledger/index.ts'
import { commandOf, emptyWorld, judge, run, takeIn } from './commands-world.ts'

const start = Date.parse('2026-03-01T00:00:00Z')
const lots = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6']
const places = ['north', 'south']
const campaigns = ['C-1', 'C-2']

const lot = fc.constantFrom(...lots)
const place = fc.constantFrom(...places)
const campaign = fc.constantFrom(...campaigns)
const mass = fc.integer({ min: 1, max: 12 }).map((kg) => `${kg} kg`)
const part = fc.record({ lot, mass: fc.option(mass, { nil: undefined }) })

const early = '2026-03-01T00:10:00Z'
/** Something is there from early on, so that there is something to do. */
const beginning: readonly (readonly [string, object])[] = [
  ['receive', { lot: 'A-1', mass: '20 kg', place: 'north', time: early }],
  ['start-campaign', { campaign: 'C-1', place: 'north', time: early }],
  [
    'charge',
    { campaign: 'C-1', lots: [{ lot: 'A-1', mass: '9 kg' }], time: '2026-03-01T00:20:00Z' },
  ],
  [
    'draw',
    {
      campaign: 'C-1',
      lots: [{ lot: 'A-2', mass: '6 kg', kind: 'product' }],
      time: '2026-03-01T00:30:00Z',
    },
  ],
]

/** Commands of which most make sense, at times of which many are earlier than others'. */
const command = fc.tuple(
  fc.oneof(
    fc.record({ name: fc.constant('receive'), lot, mass, place }),
    fc.record({ name: fc.constant('receive'), lot, mass, place }),
    fc.record({ name: fc.constant('weigh'), lot, mass }),
    fc.record({ name: fc.constant('start-campaign'), campaign, place }),
    fc.record({ name: fc.constant('end-campaign'), campaign }),
    fc.record({
      name: fc.constant('charge'),
      campaign,
      lots: fc.array(part, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      name: fc.constant('draw'),
      campaign,
      lots: fc.tuple(fc.record({ lot, mass, kind: fc.constantFrom('residue', 'product') })),
    }),
    fc.record({ name: fc.constant('move'), lots: fc.tuple(part), to: place }),
    fc.record({
      name: fc.constant('blend'),
      lots: fc.tuple(part, part),
      into: fc.record({ lot }),
    }),
    fc.record({ name: fc.constant('split'), lot, parts: fc.tuple(fc.record({ lot, mass })) }),
    fc.record({ name: fc.constant('scrap'), lots: fc.tuple(part), how: fc.constant('disposed') }),
    fc.record({
      name: fc.constant('release'),
      lots: fc.tuple(fc.record({ lot })),
      decision: fc.constantFrom('released', 'blocked'),
    }),
    fc.record({ name: fc.constant('ship'), lots: fc.tuple(part), to: fc.constant('x') }),
    fc.record({
      name: fc.constant('return'),
      lots: fc.tuple(fc.record({ lot, mass })),
      from: fc.constant('x'),
      place,
    }),
    fc.record({
      name: fc.constant('stock-take'),
      place,
      lots: fc.tuple(fc.record({ lot, mass })),
    }),
  ),
  fc.integer({ min: 0, max: 200 }),
)

it('whatever is accepted, in whatever order it is written, contradicts nothing', () => {
  const seen = new Map<CommandStatus, number>()
  fc.assert(
    fc.property(fc.array(command, { minLength: 10, maxLength: 60 }), (history) => {
      const world = emptyWorld()
      for (const [name, input] of beginning) run(world, name, input)
      for (const [{ name, ...said }, minutes] of history) {
        const time = new Date(start + minutes * 60_000).toISOString()
        const input = JSON.parse(JSON.stringify({ ...said, time })) as object
        if (!commandOf(name).input.safeParse(input).success) continue
        const judged = judge(world, name, input)
        seen.set(judged.status, (seen.get(judged.status) ?? 0) + 1)
        if (judged.status !== 'accepted') continue
        for (const event of judged.events) takeIn(world, event)
        for (const of of world.campaigns.values()) {
          const flows = (world.flows.get(of.uri) ?? []).toSorted((a, b) => a.time - b.time)
          const view = { uri: of.uri, campaign: of, flows, lots: world.lots }
          const errors = campaignChecks.filter(({ severity }) => severity === 'error')
          expect(errors.flatMap(({ find }) => find(view))).toEqual([])
        }
        for (const state of world.lots.values()) {
          const errors = state.findings.filter(({ severity }) => severity === 'error')
          expect(errors).toEqual([])
          expect(Object.values(state.places).every((mg) => mg > 0)).toBe(true)
        }
      }
    }),
    { numRuns: 30, seed: 7 },
  )
  // The histories must get somewhere, and must be refused for many reasons.
  expect(seen.get('accepted')).toBeGreaterThan(100)
  for (const status of ['not-enough', 'would-break-later-events', 'not-released'] as const) {
    expect(seen.get(status) ?? 0, status).toBeGreaterThan(0)
  }
})
