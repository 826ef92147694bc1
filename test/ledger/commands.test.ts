import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  checkEvent,
  commands,
  type CommandStatus,
  effectsOf,
  type Judged,
  ledgerContext,
  massText,
  statuses,
} from '../../src/ledger/index.ts'
import {
  commandOf,
  emptyWorld,
  judge,
  knownOf,
  lotUri,
  named,
  ordinaryWorld,
  present,
  run,
  takeIn,
  type World,
} from './commands-world.ts'

const world = ordinaryWorld()
const ordinaryCommands = commands.filter(({ name }) => name !== 'correct')
const time = '2026-03-02T10:00:00+00:00'

const effectsFor = (judged: Judged) => {
  if (judged.status !== 'accepted') throw new Error(`${judged.status}: ${judged.detail}`)
  return judged.events.map((event) => effectsOf({ event: named(event), context: ledgerContext }))
}

describe('the registry', () => {
  it('has every command once, with a field description everywhere', () => {
    const names =
      'receive weigh sample assay start-campaign charge draw end-campaign blend split move pack ' +
      'unpack label release ship return scrap stock-take correct'
    expect(commands.map(({ name }) => name).join(' ')).toBe(names)
    for (const { name, input } of commands) {
      const { properties = {}, additionalProperties } = z.toJSONSchema(input)
      expect(additionalProperties, name).toBe(false)
      for (const [field, schema] of Object.entries(properties)) {
        expect(typeof schema === 'object' && schema.description, `${name}.${field}`).toBeTruthy()
      }
    }
  })

  it.each(ordinaryCommands.map(({ name }) => name))('accepts the example of %s', (name) => {
    const { example, input } = commandOf(name)
    expect(input.safeParse(example).error).toBeUndefined()
    const judged = judge(world, name, example as object)
    expect(judged).toMatchObject({ status: 'accepted' })
    if (judged.status !== 'accepted') return
    for (const event of judged.events.map(named)) {
      expect(checkEvent(event, ledgerContext)).toEqual([])
      const effects = effectsOf({ event, context: ledgerContext })
      expect(effects.troubles).toEqual([])
      expect(effects.id).toBe(event.eventID)
    }
  })

  it('means the same events whenever it is asked', () => {
    for (const { name, example } of ordinaryCommands) {
      const ids = [1, 2].map(() =>
        effectsFor(judge(world, name, example as object)).map((e) => e.id),
      )
      expect(ids[0]).toEqual(ids[1])
      expect(new Set(ids[0]).size).toBe(ids[0]?.length)
    }
  })
})

/** Inputs that are refused, each for its own reason. */
const refused: readonly (readonly [CommandStatus, string, object])[] = [
  ['unknown-lot', 'weigh', { lot: 'NO-1', mass: '1 kg', time }],
  ['unknown-campaign', 'end-campaign', { campaign: 'C-9', time }],
  ['unknown-event', 'correct', { event: 'ni:///none', reason: 'did_not_occur', time }],
  ['already-exists', 'receive', { lot: 'F-2026-0001', mass: '1 kg', place: 'store', time }],
  ['already-exists', 'start-campaign', { campaign: 'C-2026-01', place: 'sx1', time }],
  [
    'before-its-time',
    'charge',
    {
      campaign: 'C-2026-01',
      lots: [{ lot: 'F-2026-0002', mass: '1 kg' }],
      time: '2026-03-01T09:30:00+00:00',
    },
  ],
  ['in-the-future', 'label', { lots: [{ lot: 'F-2026-0001' }], time: '2027-01-01T00:00:00Z' }],
  ['not-there', 'move', { lots: [{ lot: 'F-2026-0001', place: 'store' }], to: 'sx1', time }],
  ['not-there', 'unpack', { package: 'D-9', lots: [{ lot: 'P-2026-0001' }], time }],
  [
    'not-enough',
    'scrap',
    { lots: [{ lot: 'F-2026-0002', mass: '261 kg' }], how: 'disposed', time },
  ],
  [
    'mass-not-conserved',
    'split',
    { lot: 'P-2026-0001', parts: [{ lot: 'P-1A', mass: '59.999999 kg' }], time },
  ],
  [
    'mass-not-conserved',
    'sample',
    { lot: 'F-2026-0002', mass: '2 g', samples: [{ lot: 'S-9', mass: '1 g' }], time },
  ],
  ['not-released', 'ship', { lots: [{ lot: 'P-2026-0001' }], to: 'x', time }],
  ['already-shipped', 'ship', { lots: [{ lot: 'P-2026-0004' }], to: 'x', time }],
  ['already-shipped', 'release', { lots: [{ lot: 'P-2026-0004' }], decision: 'released', time }],
  [
    'would-break-later-events',
    'scrap',
    {
      lots: [{ lot: 'F-2026-0001', mass: '600 kg' }],
      how: 'disposed',
      time: '2026-03-01T08:15:00+00:00',
    },
  ],
  [
    'would-break-later-events',
    'end-campaign',
    { campaign: 'C-2026-01', time: '2026-03-01T10:00:00+00:00' },
  ],
  [
    'not-there',
    'return',
    { lots: [{ lot: 'P-2026-0003', mass: '1 kg' }], from: 'x', place: 'store', time },
  ],
]

describe('a refusal', () => {
  it.each(refused)('%s: %s', (status, name, input) => {
    const judged = judge(world, name, input)
    expect(judged).toMatchObject({ status })
    if (judged.status === 'accepted') return
    expect(judged.detail).toMatch(/^[^a-z].*[^.]\.$/)
    expect(judged.expected).toMatch(/^[A-Z`].*\.$/)
  })

  it('is the first of the published order where two would do', () => {
    const wrongs: readonly (readonly [CommandStatus, object])[] = [
      ['unknown-lot', { lots: [{ lot: 'NO-1' }] }],
      ['in-the-future', { time: '2027-01-01T00:00:00Z' }],
      ['not-enough', { lots: [{ lot: 'P-2026-0003', mass: '999 kg' }] }],
      ['not-released', { lots: [{ lot: 'P-2026-0001' }] }],
    ]
    const order = (status: CommandStatus) => statuses.indexOf(status)
    for (const [first, a] of wrongs) {
      for (const [second, b] of wrongs) {
        const lots = [a, b].flatMap((one) => ('lots' in one ? (one.lots as object[]) : []))
        const both = { lots: [{ lot: 'P-2026-0003' }], to: 'x', time, ...a, ...b }
        const input = lots.length > 0 && a !== b ? { ...both, lots } : both
        const earlier = order(first) < order(second) ? first : second
        expect(judge(world, 'ship', input).status).toBe(earlier)
      }
    }
  })

  it('says campaign-ended after the end', () => {
    const own = ordinaryWorld()
    run(own, 'end-campaign', { campaign: 'C-2026-01', time })
    const input = {
      campaign: 'C-2026-01',
      lots: [{ lot: 'F-2026-0002', mass: '1 kg' }],
      time: '2026-03-02T10:00:01+00:00',
    }
    expect(judge(own, 'charge', input).status).toBe('campaign-ended')
  })

  it('says unknown-place where the site keeps a list', () => {
    const known = knownOf(world, present)
    const site = { ...known.site, places: [{ code: 'store', name: 'Store' }] }
    const input = { lots: [{ lot: 'F-2026-0002' }], to: 'nowhere', time }
    expect(commandOf('move').judge(input, { ...known, site }).status).toBe('unknown-place')
    expect(commandOf('move').judge({ ...input, to: 'store' }, { ...known, site }).status).toBe(
      'accepted',
    )
  })

  it('says not-enough for a draw from an empty circuit', () => {
    const own = ordinaryWorld()
    run(own, 'start-campaign', { campaign: 'C-2', place: 'sx2', time })
    const lots = [{ lot: 'P-9', mass: '1 kg', kind: 'product' }]
    const input = { campaign: 'C-2', lots, time: '2026-03-02T11:00:00+00:00' }
    expect(judge(own, 'draw', input)).toMatchObject({ status: 'not-enough' })
  })
})

describe('blending', () => {
  const blended = (a: string | undefined, b: string | undefined, into?: string) => {
    const own = emptyWorld()
    const at = '2026-03-01T08:00:00+00:00'
    const lots = [a, b].map((custody, i) => {
      run(own, 'receive', {
        lot: `L-${i}`,
        mass: '1 kg',
        place: 'store',
        time: at,
        ...(custody === undefined ? {} : { custody }),
      })
      return { lot: `L-${i}` }
    })
    const custody = into === undefined ? {} : { custody: into }
    const judged = judge(own, 'blend', { lots, into: { lot: 'B-1', ...custody }, time })
    return judged.status === 'accepted'
      ? (effectsFor(judged)[0]?.lots[0]?.custody ?? 'unsaid')
      : judged.status
  }

  it('keeps a model that all parts have, and falls to the weakest only when that is said', () => {
    expect(blended(undefined, undefined)).toBe('unsaid')
    expect(blended('segregated', 'segregated')).toBe('segregated')
    expect(blended('segregated', 'controlled-blending')).toBe('mixes-custody')
    expect(blended('segregated', 'controlled-blending', 'segregated')).toBe('mixes-custody')
    expect(blended('segregated', 'controlled-blending', 'controlled-blending')).toBe(
      'controlled-blending',
    )
    expect(blended('identity-preserved', 'identity-preserved')).toBe('mixes-custody')
    expect(blended('identity-preserved', 'identity-preserved', 'segregated')).toBe('segregated')
    expect(blended('segregated', undefined)).toBe('mixes-custody')
    expect(blended('controlled-blending', 'mass-balance-credits')).toBe('mass-balance-credits')
  })
})

const code = fc.stringMatching(/^[A-Z][A-Z0-9]{0,3}-[0-9]{1,6}$/)
const milligrams = fc.integer({ min: 1, max: 5e11 })

describe('what was said comes back out of the events', () => {
  it('receive: mass, place, what is said of the lot', () => {
    const shares = fc.integer({ min: 0, max: 1000 }).map((n) => [
      { class: 'pre-consumer', share: `${n / 10} %` },
      { class: 'post-consumer', share: `${(1000 - n) / 10} %` },
    ])
    fc.assert(
      fc.property(code, milligrams, fc.nat(1e6), shares, (lot, mg, u, sources) => {
        const mass = `${massText(mg).replace(/ (\w+)$/, '')} ${massText(mg).split(' ')[1]}`
        const unit = mass.split(' ')[1]
        const size = { kg: 1e6, g: 1e3, mg: 1 }[unit ?? ''] ?? 1
        const said = {
          lot,
          mass: mass.replace(' ', ` ± ${u / size} `),
          place: 'dock',
          sources,
          time,
        }
        const [effects] = effectsFor(judge(emptyWorld(), 'receive', said))
        expect(effects?.masses).toEqual([
          {
            lot: lotUri(lot),
            kind: 'change',
            mg,
            place: expect.stringMatching(/dock$/),
            why: 'receive',
          },
        ])
        expect(effects?.weighings[0]).toMatchObject({ mg, u, k: 2 })
        expect(effects?.lots[0]).toMatchObject({ code: lot, uri: lotUri(lot), kind: 'feed' })
        const sum = effects?.lots[0]?.sources?.reduce((total, { share }) => total + share, 0)
        expect(sum).toBeCloseTo(1, 12)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  it('assay: every digit of value, uncertainty, limit', () => {
    const analytes = ['Nd', 'Pr', 'Dy2O3', 'Pr6O11', 'H2O', 'TREO', 'LOI', 'Fe']
    const value = fc.integer({ min: 0, max: 1e6 })
    const line = fc.record({ n: value, u: fc.option(value), isBelow: fc.boolean() })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const results = lines.map(({ n, u, isBelow }, i) => ({
          analyte: analytes[i],
          value: isBelow ? `< ${n + 1} ppm` : `${n / 1e4} %`,
          ...(u === null || isBelow ? {} : { u: `${u / 1e4} %`, k: 3 }),
        }))
        const said = { lot: 'F-2026-0001', condition: 'dry', results, time }
        const { input } = commandOf('assay')
        // A limit above a million ppm is no fraction.
        fc.pre(input.safeParse(said).success)
        const [effects] = effectsFor(judge(world, 'assay', said))
        expect(effects?.assays).toHaveLength(lines.length)
        lines.forEach(({ n, u, isBelow }, i) => {
          const got = effects?.assays[i]
          expect(got?.lot).toBe(lotUri('F-2026-0001'))
          expect(got?.value).toBe(isBelow ? undefined : Number((n / 1e6).toPrecision(15)))
          expect(got?.loq).toBe(isBelow ? Number(((n + 1) * 1e-6).toPrecision(15)) : undefined)
          const isSpread = u !== null && !isBelow
          expect(got?.u).toBe(isSpread ? Number((u / 1e6).toPrecision(15)) : undefined)
          expect(got?.k).toBe(isSpread ? 3 : undefined)
          expect([got?.condition, got?.status]).toEqual(['dry', 'final'])
        })
        expect(effects?.assays[2]?.analyte ?? 'Dy').toBe('Dy')
        expect(effects?.assays[2]?.oxide ?? 'Dy2O3').toBe('Dy2O3')
      }),
      { numRuns: 100, seed: 2 },
    )
  })

  it('split: parts to the milligram, of the same kind and product', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59_999_999 }), (mg) => {
        const parts = [mg, 60_000_000 - mg].map((part, i) => ({
          lot: `X-${i}`,
          mass: `${part} mg`,
        }))
        const [effects] = effectsFor(judge(world, 'split', { lot: 'P-2026-0001', parts, time }))
        expect(effects?.flows.map((flow) => [flow.direction, flow.mg])).toEqual([
          ['in', 60_000_000],
          ['out', mg],
          ['out', 60_000_000 - mg],
        ])
        expect(effects?.lots[1]).toMatchObject({ kind: 'product', product: 'didymium' })
      }),
      { numRuns: 50, seed: 3 },
    )
  })

  const changes = (name: string, input: object) =>
    effectsFor(judge(world, name, input)).flatMap(({ masses }) =>
      masses.map(({ lot, kind, mg, place, to, why }) =>
        [lot, kind, mg, place, to, why].map((part) =>
          typeof part === 'string' ? part.replace(/^.*\//, '') : part,
        ),
      ),
    )

  it('says of each command what becomes of mass', () => {
    expect(changes('weigh', { lot: 'F-2026-0002', mass: '259 kg', time })).toEqual([
      ['F-2026-0002', 'count', 259e6, 'receiving', undefined, 'weigh'],
    ])
    const lots = [{ lot: 'F-2026-0002', mass: '10 kg' }]
    const out = ['F-2026-0002', 'change', -10e6, 'receiving', undefined]
    expect(changes('charge', { campaign: 'C-2026-01', lots, time })).toEqual([[...out, 'charge']])
    expect(changes('scrap', { lots, how: 'disposed', time })).toEqual([[...out, 'scrap']])
    expect(changes('ship', { lots, to: 'x', order: 'O-1', time })).toEqual([[...out, 'ship']])
    expect(changes('move', { lots, to: 'store', time })).toEqual([
      ['F-2026-0002', 'move', 10e6, 'receiving', 'store', 'move'],
    ])
    expect(changes('move', { lots: [{ lot: 'F-2026-0002' }], to: 'store', time })).toEqual([
      ['F-2026-0002', 'move', undefined, 'receiving', 'store', 'move'],
    ])
    expect(changes('pack', { package: 'D-1', lots, time })).toEqual([])
    const back = [{ lot: 'P-2026-0004', mass: '5 kg' }]
    expect(changes('return', { lots: back, from: 'x', place: 'store', time })).toEqual([
      ['P-2026-0004', 'change', 5e6, 'store', undefined, 'return'],
    ])
    const counted = [{ lot: 'F-2026-0002', mass: '0 kg' }]
    expect(changes('stock-take', { place: 'receiving', lots: counted, time })).toEqual([
      ['F-2026-0002', 'count', 0, 'receiving', undefined, 'stock-take'],
    ])
  })

  it('says the rest: shipments, packings, decisions, campaigns, samples', () => {
    const claims = [
      { element: 'Nd', class: 'post-consumer', mass: '2 kg', model: 'mass-balance-credits' },
    ]
    const shipped = effectsFor(
      judge(world, 'ship', { lots: [{ lot: 'P-2026-0003', claims }], to: 'c', order: 'O', time }),
    )
    expect(shipped).toHaveLength(2)
    expect(shipped[0]?.shipments[0]).toMatchObject({
      lot: lotUri('P-2026-0003'),
      direction: 'out',
      mg: 30e6,
      claims: [{ element: 'Nd', class: 'post-consumer', mg: 2e6, model: 'mass-balance-credits' }],
    })
    expect(shipped[1]?.masses).toEqual([])
    const blocked = effectsFor(
      judge(world, 'release', { lots: [{ lot: 'P-2026-0001' }], decision: 'blocked', time }),
    )
    expect(blocked[0]?.releases).toMatchObject([{ isConformant: false }])
    const unpacked = effectsFor(judge(world, 'unpack', commandOf('unpack').example as object))
    expect(unpacked[0]?.packings).toMatchObject([{ action: 'DELETE' }])
    const results = [{ analyte: 'Nd', value: '20 %' }]
    const ofSample = effectsFor(
      judge(world, 'assay', { lot: 'S-2026-0001', condition: 'wet', results, time }),
    )
    expect(ofSample[0]?.assays).toMatchObject([
      { lot: lotUri('F-2026-0001'), sample: lotUri('S-2026-0001'), value: 0.2 },
    ])
  })

  it('names the place of each lot where they come from several', () => {
    const own: World = ordinaryWorld()
    const judged = judge(own, 'blend', {
      lots: [
        { lot: 'F-2026-0002', mass: '1 kg' },
        { lot: 'P-2026-0001', mass: '1 kg' },
      ],
      into: { lot: 'B-1' },
      time,
    })
    const [effects] = effectsFor(judged)
    expect(effects?.masses.map(({ place }) => place?.replace(/^.*\//, ''))).toEqual([
      'receiving',
      'store',
      'receiving',
    ])
    if (judged.status === 'accepted') for (const event of judged.events) takeIn(own, event)
    expect(own.lots.get('B-1')?.mg).toBe(2e6)
    expect(own.lots.get('F-2026-0002')?.findings).toEqual([])
  })
})

describe('inputs that cannot be read', () => {
  it.each([
    ['receive', { lot: 'F-1', mass: '125', place: 'x' }, 'mass'],
    ['receive', { lot: 'F-1', mass: '0.0000001 kg', place: 'x' }, 'mass'],
    ['receive', { lot: 'F-1', mass: '0 kg', place: 'x' }, 'mass'],
    ['receive', { lot: 'F 1', mass: '1 kg', place: 'x' }, 'lot'],
    ['receive', { lot: 'F-1', mass: '1 kg', place: 'x', time: '2026-03-01 08:00' }, 'time'],
    [
      'receive',
      { lot: 'F-1', mass: '1 kg', place: 'x', sources: [{ class: 'unknown', share: '90 %' }] },
      'sources',
    ],
    ['weigh', { lot: 'F-1', mass: '1 kg', gross: '3 kg', tare: '1 kg' }, 'mass'],
    ['charge', { campaign: 'C', lots: [{ lot: 'A' }, { lot: 'A' }] }, 'lots.1.lot'],
    [
      'assay',
      { lot: 'F', condition: 'wet', results: [{ analyte: 'Xx', value: '1 %' }] },
      'results.0.analyte',
    ],
    [
      'assay',
      { lot: 'F', condition: 'wet', results: [{ analyte: 'Nd', value: '101 %' }] },
      'results.0.value',
    ],
    [
      'assay',
      {
        lot: 'F',
        condition: 'wet',
        results: [{ analyte: 'Nd', value: '1 %', basis: 'oxide', oxide: 'Pr6O11' }],
      },
      'results.0.oxide',
    ],
    [
      'assay',
      {
        lot: 'F',
        condition: 'wet',
        results: [{ analyte: 'Nd2O3', value: '1 %', basis: 'element' }],
      },
      'results.0.basis',
    ],
    [
      'assay',
      { lot: 'F', condition: 'wet', results: [{ analyte: 'Nd', value: '< 5 ± 1 ppm' }] },
      'results.0.value',
    ],
    [
      'correct',
      {
        event: 'x',
        reason: 'incorrect_data',
        instead: [{ command: 'weigh', input: { lot: 'A', mass: '1' } }],
      },
      'instead.0.input.mass',
    ],
  ])('%s %j: %s', (name, input, path) => {
    const read = commandOf(name).input.safeParse(input)
    expect(read.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
  })
})
