import { aqueousVolume, isRareEarth, reactionWherePresent } from '../chemistry/index.ts'
import { elementFlow, emptyStream, mix, scale, withFlow } from '../flowsheet/index.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { addFlow, amount, massFlow, moveFraction, total, workOn } from './parts/flows.ts'
import type { Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { figureOfPH } from './parts/precipitation-tank.ts'
import { runUpTo } from './parts/reaction.ts'
import { dissolved } from './parts/reagent.ts'
import { solidsVolume } from './parts/volume.ts'
import { washCake } from './parts/wash.ts'

/** Heap desorption of an ion-adsorption clay with ammonium sulfate. */
export const heapDesorption = defineUnitOp({
  kind: 'heap-desorption',
  title: 'Heap desorption',
  about:
    'Ammonium takes the place of rare earths on the clay. How much of each element is exchangeable ' +
    'is a declared share, because no published mechanism gives it; it is reached only while there ' +
    'is ammonium. The heap drains to a moisture and is rinsed. An exchangeable ion is written as ' +
    'the hydroxide of its site.',
  group: 'leaching',
  symbol: 'leach',
  params: {
    desorbed: {
      type: 'map',
      of: { type: 'number', min: 0, max: 1, about: 'Share that desorbs' },
      about: 'Share of each element that desorbs, from column or heap tests; others stay',
    },
    ammonium: {
      type: 'quantity',
      dimension: 'concentration',
      unit: 'mol/L',
      default: 600,
      min: 0,
      max: 5000,
      about: 'Ammonium in the lixiviant, reached by drawing salt (0.3 mol/L ammonium sulfate)',
    },
    liquidToSolid: {
      type: 'quantity',
      dimension: 'mass-ratio',
      unit: 'kg/kg',
      default: 0.6,
      min: 0.05,
      max: 20,
      about: 'Lixiviant per dry ore; water is drawn to reach it',
    },
    moisture: {
      type: 'number',
      default: 0.25,
      min: 0,
      max: 0.9,
      about: 'Liquor in the drained heap, mass fraction (assumption by default)',
    },
    rinseRatio: {
      type: 'number',
      default: 0.5,
      min: 0,
      max: 20,
      about: 'Volume of rinse water drawn per volume of liquor in the drained heap',
    },
    mixedCells: {
      type: 'integer',
      default: 5,
      min: 1,
      max: 200,
      about: 'Well mixed cells that the heap counts as while it is rinsed (assumption by default)',
    },
    cycle: {
      type: 'quantity',
      dimension: 'time',
      unit: 'd',
      default: 60 * 86_400,
      min: 3600,
      about: 'Time that ore spends on the pad, for sizing (assumption by default)',
    },
  },
  inlets: [
    { name: 'in', phase: 'solid', about: 'Clay as mined' },
    { name: 'barren', phase: 'aqueous', about: 'Returned lixiviant, all of it', optional: true },
    { name: 'salt', phase: 'aqueous', about: 'Ammonium sulfate', drawn: true },
    { name: 'water', phase: 'aqueous', about: 'Water', drawn: true, optional: true },
    { name: 'rinse', phase: 'aqueous', about: 'Rinse water', drawn: true, optional: true },
  ],
  outlets: [
    { name: 'out', phase: 'aqueous', about: 'Pregnant liquor with the rinse' },
    { name: 'tails', phase: 'solid', about: 'Rinsed ore with its moisture' },
  ],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const inlet = (name: string) => inlets[name] ?? emptyStream(table)
    const ore = inlet('in')
    const made = lixiviant(properties, ore, inlet, params)
    const flow = workOn(ore)
    addFlow(flow, made.flow)
    const reached = exchange(properties, flow, params.desorbed)
    settle(table, flow)
    const tails = new Float64Array(flow.length)
    moveFraction(flow, tails, table.inPhase('solid'), 1)
    const solids = massFlow(table, tails, 'solid')
    const liquor = massFlow(table, flow, 'aqueous')
    const wanted = (solids * params.moisture) / (1 - params.moisture)
    const liquids = table.inPhase('aqueous')
    moveFraction(flow, tails, liquids, liquor > 0 ? Math.min(1, wanted / liquor) : 0)
    const rinsed = washCake(table, tails, liquids, {
      washRatio: params.rinseRatio,
      mixedCells: params.mixedCells,
      wash: inlet('rinse'),
      temperature: ore.temperature,
    })
    const spent = { flow: rinsed.spent, temperature: ore.temperature }
    const out = mix(table, [withFlow(ore, flow), spent])
    const left = withFlow(ore, tails)
    const draws = { salt: made.salt, water: made.water, rinse: rinsed.draw }
    const drawn = Object.entries(draws).map(([port, draw]) => scale(inlet(port), draw))
    return {
      ok: true,
      outlets: { out, tails: left },
      draws,
      heat: reactionHeat(table, [ore, inlet('barren'), ...drawn], [out, left]),
      warnings: warningsOf(reached, wanted >= liquor && solids > 0),
      figures: {
        ...figureOfPH(properties, out),
        'rare earth desorbed': { value: desorbed(properties, ore.flow, flow, tails), unit: '' },
        'share of the desorption reached': { value: reached, unit: '' },
        'liquor left in the heap': { value: rinsed.left, unit: '' },
      },
    }
  },
  equipment({ inlets, params, properties }) {
    const ore = inlets['in'] ?? emptyStream(properties.species)
    const volume = solidsVolume(properties.species, ore.flow) * params.cycle
    return [
      {
        type: 'heap pad',
        count: 1,
        size: { name: 'volume', value: volume, unit: 'm3' },
        material: 'lined earthworks',
        basis: 'solids of the ore over the time on the pad; voids are not counted',
      },
    ]
  },
})

/** The lixiviant: barren as returned, salt up to its ammonium, water up to its mass. */
function lixiviant(
  { species: table }: Properties,
  ore: Stream,
  inlet: (name: string) => Stream,
  { ammonium, liquidToSolid }: { readonly ammonium: number; readonly liquidToSolid: number },
): { readonly flow: Work; readonly salt: number; readonly water: number } {
  const wanted = liquidToSolid * massFlow(table, ore.flow, 'solid')
  const unit = dissolved(table, inlet('salt'))
  const waterUnit = massFlow(table, inlet('water').flow)
  const each = amount(table, unit, 'aqueous', 'NH4+')
  let [salt, water] = [0, 0]
  const fill = () => {
    const flow = workOn(inlet('barren'))
    addFlow(flow, unit, salt)
    addFlow(flow, inlet('water').flow, water)
    return flow
  }
  // Salt adds mass and water adds volume: each is corrected for the other until both settle.
  for (let i = 0; i < 30; i++) {
    const flow = fill()
    const missing = wanted - massFlow(table, flow)
    if (waterUnit > 0) water = Math.max(0, water + missing / waterUnit)
    const next = fill()
    const lacking =
      ammonium * aqueousVolume(table, next, ore.temperature) -
      amount(table, next, 'aqueous', 'NH4+')
    if (each > 0) salt = Math.max(0, salt + lacking / each)
    if (Math.abs(lacking) <= 1e-13 * amount(table, next, 'aqueous', 'NH4+')) break
  }
  return { flow: fill(), salt, water }
}

/** Exchange of one ion of charge `z`, written as the hydroxide of its sites, for ammonium. */
const exchangeOf = (el: string, z: number) => ({
  el,
  z,
  solid: `${el}(OH)${z}`,
  text: `${el}(OH)${z}(s) + ${z} NH4+ = ${el}+${z} + ${z} clay-NH4(s)`,
})

/** Exchanges each element's share, all less where ammonium is short; answers the share reached. */
function exchange(
  { species: table, rareEarths }: Properties,
  flow: Work,
  shares: Readonly<Record<string, number>>,
): number {
  const ions = [
    ...[...rareEarths, 'Al', 'Fe'].map((el) => exchangeOf(el, 3)),
    ...['Ca', 'Mg', 'Mn', 'Zn'].map((el) => exchangeOf(el, 2)),
  ]
  const wanted = ions.map((ion) => ({
    ...ion,
    extent: (shares[ion.el] ?? 0) * amount(table, flow, 'solid', ion.solid),
  }))
  const demand = total(wanted.map(({ z, extent }) => z * extent))
  const ammonium = amount(table, flow, 'aqueous', 'NH4+')
  const reached = demand > 0 ? Math.min(1, ammonium / demand) : 1
  for (const { text, extent } of wanted) {
    runUpTo(flow, reactionWherePresent(table, text), extent * reached)
  }
  return reached
}

function desorbed({ species, rareEarths }: Properties, ore: Work, out: Work, tails: Work): number {
  const rare = rareEarths.filter(isRareEarth)
  const inOre = total(rare.map((el) => elementFlow(species, ore, el)))
  const liquor = total(
    rare.flatMap((el) => [out, tails].map((flow) => elementFlow(species, flow, el, 'aqueous'))),
  )
  return inOre > 0 ? liquor / inOre : 0
}

function warningsOf(reached: number, dry: boolean): readonly Warning[] {
  const warnings: Warning[] = []
  if (reached < 1) {
    const text = `ammonium suffices for ${(100 * reached).toFixed(1)} % of the desorption: raise ammonium or liquidToSolid`
    warnings.push({ rank: 1, code: 'ammonium-short', text })
  }
  if (dry) {
    const text = 'the heap holds all the liquor: raise liquidToSolid or lower moisture'
    warnings.push({ rank: 2, code: 'heap-holds-all-liquor', text })
  }
  return warnings
}
