import { expect, test } from 'vitest'
import { unknownPlace } from './account.ts'
import type { Effects, MassEffect } from './effects.ts'
import { foldLot } from './fold.ts'
import type { LotMaster, Weighing } from './lot.ts'

const lot = 'urn:x:lot'
const master: LotMaster = { uri: lot, code: 'F-1', kind: 'feed' }

const empty: Omit<Effects, 'time' | 'id'> = {
  lots: [],
  masses: [],
  flows: [],
  weighings: [],
  assays: [],
  shipments: [],
  packings: [],
  campaigns: [],
  troubles: [],
}

type Mass = Omit<MassEffect, 'lot' | 'why'>

/** An event about the lot at a time. */
const event = (time: number, masses: readonly Mass[], more: Partial<Effects> = {}): Effects => ({
  ...empty,
  time,
  id: `e${time}`,
  masses: masses.map((mass) => ({ lot, why: 'test', ...mass })),
  ...more,
})

const received = event(1, [{ kind: 'change', mg: 100, place: 'a' }], { lots: [master] })
const stateOf = (...events: readonly Effects[]) => foldLot(lot, events).state
const codesOf = (...events: readonly Effects[]) =>
  (stateOf(...events)?.findings ?? []).map(({ code }) => code)

test('what is taken without a place is taken where most is', () => {
  const state = stateOf(
    received,
    event(2, [{ kind: 'move', mg: 60, place: 'a', to: 'b' }]),
    event(3, [{ kind: 'change', mg: -70 }]),
  )
  expect(state?.places).toEqual({ a: 30 })
  expect(state).toMatchObject({ mg: 30, came: 100, went: 70, adjusted: 0 })
})

test('what is not there is owed by a place, and named', () => {
  const events = [received, event(2, [{ kind: 'change', mg: -130 }])]
  expect(stateOf(...events)?.places).toEqual({ a: -30 })
  expect(codesOf(...events)).toEqual(['negative-mass'])
  expect(stateOf(...events)?.findings[0]?.message).toContain('0.00013 kg is taken')
})

test('a count is an adjustment, of the lot or of one place', () => {
  const moved = event(2, [{ kind: 'move', mg: 60, place: 'a', to: 'b' }])
  const whole = stateOf(received, moved, event(3, [{ kind: 'count', mg: 90 }]))
  expect(whole).toMatchObject({ places: { a: 40, b: 50 }, adjusted: -10, came: 100 })
  const one = stateOf(received, moved, event(3, [{ kind: 'count', mg: 50, place: 'a' }]))
  expect(one).toMatchObject({ places: { a: 50, b: 60 }, adjusted: 10 })
})

test('others observe a lot where it arrives: it moves there, and the rest comes', () => {
  const arrived = event(2, [{ kind: 'arrive', mg: 120, to: 'b' }])
  expect(stateOf(received, arrived)).toMatchObject({ places: { b: 120 }, came: 120 })
  const less = event(2, [{ kind: 'arrive', mg: 90, to: 'b' }])
  expect(stateOf(received, less)).toMatchObject({ places: { b: 90 }, came: 100, adjusted: -10 })
})

test('mass that comes nowhere is somewhere', () => {
  expect(stateOf(event(1, [{ kind: 'change', mg: 5 }]))?.places).toEqual({ [unknownPlace]: 5 })
})

test('what goes on from a state is as what begins anew, and one event is one line a place', () => {
  const events = [
    received,
    event(2, [
      { kind: 'change', mg: -10, place: 'a' },
      { kind: 'change', mg: -5, place: 'a' },
    ]),
    event(3, [{ kind: 'change', mg: -200 }]),
  ]
  const whole = foldLot(lot, events)
  const first = foldLot(lot, events.slice(0, 1))
  const then = foldLot(lot, events.slice(1), first.state)
  expect(then.state).toEqual(whole.state)
  expect([...first.movements, ...then.movements]).toEqual(whole.movements)
  expect(whole.movements[1]).toMatchObject({ change: -15, after: 85 })
})

test('events that speak of other lots make no lot', () => {
  expect(foldLot('urn:x:other', [received])).toEqual({ state: undefined, movements: [] })
})

const weighed = (u: number): Weighing => ({ lot, time: 2, event: 'e2', mg: 90, u, k: 2 })
const assayed = { lot, time: 2, event: 'e2', analyte: 'Nd', value: 1.2 }
const flow = { node: 'e2', time: 2, event: 'e2' }

test.each<[string, readonly Effects[]]>([
  ['before-receipt', [event(0, [{ kind: 'change', mg: -5, place: 'a' }]), received]],
  ['master-differs', [received, event(2, [], { lots: [{ ...master, kind: 'residue' }] })]],
  ['unreadable', [received, event(2, [], { troubles: [{ lot, message: '3 bags are no mass' }] })]],
  ['weighing-off', [received, event(2, [{ kind: 'count', mg: 90 }], { weighings: [weighed(5)] })]],
  [
    'assay-beyond-one',
    [
      received,
      event(2, [], {
        assays: [{ ...assayed, basis: 'element', condition: 'wet', status: 'final' }],
      }),
    ],
  ],
  [
    'more-out-than-in',
    [
      event(2, [{ kind: 'change', mg: 100, place: 'a' }], {
        lots: [master],
        flows: [
          { ...flow, lot: 'urn:x:parent', direction: 'in', mg: 99 },
          { ...flow, lot, direction: 'out', mg: 100 },
        ],
      }),
    ],
  ],
  [
    'shipped-though-refused',
    [
      received,
      event(2, [], { releases: [{ lot, time: 2, event: 'e2', isConformant: false }] }),
      event(3, [{ kind: 'change', mg: -5 }], {
        shipments: [{ lot, time: 3, event: 'e3', direction: 'out', mg: 5 }],
      }),
    ],
  ],
  ['unknown-lot', [{ ...received, lots: [] }]],
])('%s is found, and only that', (code, events) => {
  expect(codesOf(...events).filter((one) => one !== 'negative-mass')).toEqual([code])
})

test('nothing is found where nothing is wrong', () => {
  const again = event(2, [{ kind: 'count', mg: 90 }], {
    lots: [master],
    weighings: [weighed(15)],
  })
  expect(codesOf(received, again)).toEqual([])
})

test('a lot that is introduced later is not unknown any more', () => {
  const nameless = foldLot(lot, [{ ...received, lots: [] }])
  expect(nameless.state?.findings).toHaveLength(1)
  const { state } = foldLot(lot, [event(2, [], { lots: [master] })], nameless.state)
  expect(state?.findings).toEqual([])
})
