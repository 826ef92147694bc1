import { aqueousVolume, reactionWherePresent } from '../chemistry/index.ts'
import { elementFlow, emptyStream, scale } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { addFlow, amount, massFlow, total, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { degas, hydroxides, precipitate, precipitationMemory } from './parts/precipitation.ts'
import {
  approach,
  figureOfPH,
  tankFields,
  tankFor,
  ventCarbonDioxide,
} from './parts/precipitation-tank.ts'
import { runTo, runUpTo } from './parts/reaction.ts'
import { baseEquivalents, dissolved } from './parts/reagent.ts'

/** Dissolution of mixed rare earth carbonate in acid, with its CO2. */
export const carbonateDissolver = defineUnitOp({
  kind: 'carbonate-dissolver',
  title: 'Carbonate dissolver',
  about:
    'Dissolves mixed rare earth carbonate: acid is drawn until the liquor holds a pH in equilibrium ' +
    'with 1 atm of CO2 and with what does not dissolve there (hydroxides of Fe and Al, gypsum, ' +
    'rare earth carbonate above about pH 3). Silica stays. Ce(IV) stays unless peroxide reduces it.',
  group: 'leaching',
  symbol: 'leach',
  params: {
    pH: { type: 'number', default: 2, min: 0, max: 5, about: 'pH held with acid' },
    rareEarth: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      optional: true,
      min: 1,
      max: 5000,
      about: 'Rare earth in the liquor; water is drawn to reach it. Left out = no water is drawn',
    },
    reductantRatio: {
      type: 'number',
      default: 0,
      min: 0,
      max: 20,
      about: 'H2O2 drawn over 1/2 mol per mol of Ce(IV); what it does not reduce stays solid',
    },
    residenceTime: { ...tankFields.residenceTime, unit: 'h', default: 7200 },
    settlingTime: {
      ...tankFields.settlingTime,
      default: 600,
      about: 'Time constant of the dissolution (assumption by default)',
    },
    tanks: tankFields.tanks,
    activity: tankFields.activity,
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Mixed rare earth carbonate, dry, as cake or as slurry' },
    { name: 'acid', phase: 'aqueous', about: 'Acid', drawn: true },
    { name: 'water', phase: 'aqueous', about: 'Water', drawn: true, optional: true },
    { name: 'oxidant', phase: 'aqueous', about: 'H2O2, for Ce(IV)', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Slurry of liquor and residue' },
    { name: 'offgas', phase: 'gas', about: 'CO2, and O2 from Ce(IV)' },
  ],
  steady(input) {
    const { inlets, params, properties } = input
    const table = properties.species
    const inlet = (name: string) => inlets[name] ?? emptyStream(table)
    const feed = inlet('in')
    const acid = dissolved(table, inlet('acid'))
    if (!(baseEquivalents(table, acid) < 0)) return noAcid
    const share = approach(params.residenceTime, params.settlingTime, params.tanks)
    const opened = opening(properties, feed, inlet('oxidant'), params.reductantRatio, share)
    const { flow } = opened
    const water = waterDraw(properties, opened, acid, inlet('water'), params.rareEarth)
    addFlow(flow, inlet('water').flow, water)
    const done = precipitate(properties, {
      flow,
      temperature: feed.temperature,
      pH: params.pH,
      base: acid,
      henry: properties.constant('carbon-dioxide.henry').value,
      solids: solidsLeft(properties),
      completion: 1,
      activity: params.activity,
      memory: precipitationMemory(input.memory),
    })
    if (!done.ok) return { ...done, at: 'acid' }
    addFlow(flow, opened.left)
    runTo(flow, reactionWherePresent(table, 'O2 = O2(g)'))
    const { out, offgas } = ventCarbonDioxide(properties, feed, flow)
    const draws = { acid: done.result.base, water, oxidant: opened.oxidant }
    const drawn = Object.entries(draws).map(([port, draw]) => scale(inlet(port), draw))
    const rare = rareEarthShares(properties, out)
    const pH = figureOfPH(properties, out, done.result.memory)
    return {
      ok: true,
      outlets: { out, offgas },
      draws,
      heat: reactionHeat(table, [feed, ...drawn], [out, offgas]),
      warnings: [
        ...warningsOf(rare.share, tetravalent(table, out.flow), params.pH),
        ...notHeld(params.pH, pH.pH?.value),
      ],
      figures: {
        ...pH,
        'rare earth dissolved': { value: rare.share, unit: '' },
        'rare earth in the liquor': { value: rare.concentration, unit: 'mol/m3' },
        'acid drawn': { value: draws.acid, unit: 'kg/s' },
        'CO2 evolved': { value: amount(table, offgas.flow, 'gas', 'CO2'), unit: 'mol/s' },
        'Ce(IV) left': { value: tetravalent(table, out.flow), unit: 'mol/s' },
      },
      memory: done.result.memory,
    }
  },
  equipment({ params, properties, result }) {
    return tankFor(properties, result.outlets.out, params.residenceTime)
  },
})

const noAcid = {
  ok: false,
  outcome: 'acid-short',
  at: 'acid',
  detail: 'no acid reaches the dissolver',
  advice: 'connect a reagent with HCl, H2SO4 or HNO3 to the acid port',
} as const

/** How the solids of a carbonate come apart; acid then meets the carbonate and the hydroxide. */
function openings(rareEarths: readonly string[]): readonly string[] {
  const divalent = ['Mg', 'Mn', 'Zn', 'Fe', 'Co', 'Ni', 'Cu']
  return [
    ...rareEarths.flatMap((el) => [
      `${el}2(CO3)3·8H2O(s) = 2 ${el}+3 + 3 CO3-2 + 8 H2O`,
      `${el}2(CO3)3(s) = 2 ${el}+3 + 3 CO3-2`,
      `${el}(OH)3(s) = ${el}+3 + 3 OH-`,
    ]),
    ...divalent.flatMap((el) => [
      `${el}CO3(s) = ${el}+2 + CO3-2`,
      `${el}(OH)2(s) = ${el}+2 + 2 OH-`,
    ]),
    'Al(OH)3(s) = Al+3 + 3 OH-',
    'Fe(OH)3(s) = Fe+3 + 3 OH-',
    'FeOOH(s) + H2O = Fe+3 + 3 OH-',
    'CaSO4·2H2O(s) = Ca+2 + SO4-2 + 2 H2O',
    'CaO(s) + H2O = Ca+2 + 2 OH-',
    'Th(OH)4(s) = Th+4 + 4 OH-',
    'UO2(OH)2(s) = UO2+2 + 2 OH-',
  ]
}

/** Ce(IV) by peroxide, which gives oxygen. */
const reductions = [
  '2 CeO2(s) + H2O2 + 2 H2O = 2 Ce+3 + O2(g) + 6 OH-',
  '2 Ce(OH)4(s) + H2O2 = 2 Ce+3 + O2(g) + 6 OH- + 2 H2O',
] as const

const tetravalent = (table: Properties['species'], flow: Work) =>
  total(['CeO2', 'Ce(OH)4'].map((id) => amount(table, flow, 'solid', id)))

interface Opened {
  /** What takes part in the equilibrium, its carbonate and hydroxide without acid, mol/s. */
  readonly flow: Work
  /** What the time does not reach, mol/s. */
  readonly left: Work
  /** kg/s of peroxide. */
  readonly oxidant: number
  readonly temperature: number
}

/** Takes the solids that the time reaches apart into components, Ce(IV) with them. */
function opening(
  properties: Properties,
  feed: Stream,
  oxidant: Stream,
  ratio: number,
  share: number,
): Opened {
  const { species: table, rareEarths } = properties
  const left = new Float64Array(feed.flow.length)
  for (const row of table.inPhase('solid')) left[row] = (1 - share) * (feed.flow[row] as number)
  const reached = { ...feed, flow: feed.flow.map((n, row) => n - (left[row] as number)) }
  const peroxide = amount(table, oxidant.flow, 'aqueous', 'H2O2')
  const draw = peroxide > 0 ? (ratio * tetravalent(table, reached.flow)) / 2 / peroxide : 0
  const flow = dissolved(table, reached)
  addFlow(flow, oxidant.flow, draw)
  for (const text of reductions) runUpTo(flow, reactionWherePresent(table, text))
  runTo(flow, reactionWherePresent(table, 'H2O2 = H2O + 1/2 O2(g)'))
  for (const text of openings(rareEarths)) runTo(flow, reactionWherePresent(table, text))
  return { flow, left, oxidant: draw, temperature: feed.temperature }
}

/** Solids that may stay or fall at the pH held. */
function solidsLeft(properties: Properties): readonly string[] {
  const carbonates = properties.equilibria.solids
    .filter((solid) => solid.crystal === 'rare earth carbonate')
    .map((solid) => solid.id)
  return [...hydroxides(properties, 'amorphous', 'ferrihydrite'), ...carbonates]
}

/** kg/s of water that brings the liquor, once its acid is in, to the rare earth asked. */
function waterDraw(
  properties: Properties,
  { flow, temperature }: Opened,
  acid: Work,
  water: Stream,
  wanted: number | undefined,
): number {
  const { species: table, rareEarths } = properties
  const unit = massFlow(table, water.flow)
  const each = baseEquivalents(table, acid)
  const rare = total(rareEarths.map((el) => elementFlow(table, flow, el, 'aqueous')))
  if (wanted === undefined || !(unit > 0) || !(each < 0) || !(rare > 0)) return 0
  const liquor = (draw: number) => {
    const mixed = Float64Array.from(flow)
    addFlow(mixed, acid, Math.max(0, baseEquivalents(table, flow)) / -each)
    addFlow(mixed, water.flow, draw)
    settle(table, mixed)
    degas(table, mixed, temperature, properties.constant('carbon-dioxide.henry').value)
    return aqueousVolume(table, mixed, temperature)
  }
  // Volumes of liquors nearly add: three corrections leave nothing worth another.
  let draw = 0
  for (let i = 0; i < 4; i++) {
    draw = Math.max(0, draw + (1000 * (rare / wanted - liquor(draw))) / unit)
  }
  return draw
}

function rareEarthShares({ species: table, rareEarths }: Properties, out: Stream) {
  const inPhase = (phase?: 'aqueous') =>
    total(rareEarths.map((el) => elementFlow(table, out.flow, el, phase)))
  const [liquor, all] = [inPhase('aqueous'), inPhase()]
  const volume = aqueousVolume(table, out.flow, out.temperature)
  return {
    share: all > 0 ? liquor / all : 1,
    concentration: volume > 0 ? liquor / volume : 0,
  }
}

/** Where carbonate is left, CO2 goes on leaving and the pH rises with it. */
function notHeld(wanted: number, reached: number | undefined): readonly Warning[] {
  if (reached === undefined || Math.abs(reached - wanted) < 0.1) return []
  const text = `carbonate holds the pH at ${reached.toFixed(2)}, not ${wanted}: dissolve at a lower one`
  return [{ rank: 2, code: 'pH-not-held', text }]
}

function warningsOf(share: number, cerium: number, pH: number): readonly Warning[] {
  if (!(share < 0.99)) return []
  const why = cerium > 0 ? 'Ce(IV) stays: raise reductantRatio; ' : ''
  const text =
    `${(100 * (1 - share)).toFixed(1)} % of the rare earth stays in the residue (${why}` +
    `a pH below ${pH} or more time dissolves more)`
  return [{ rank: 2, code: 'rare-earth-undissolved', text }]
}
