import {
  aqueousVolume,
  atomicNumber,
  reactionWherePresent,
  type CompiledReaction,
} from '../chemistry/index.ts'
import { emptyStream, scale, withFlow } from '../flowsheet/index.ts'
import { defineUnitOp, type Properties, type Warning } from '../flowsheet/unit-op.ts'
import { agitatedTank, materials } from './parts/equipment.ts'
import { addFlow, amount, workOn, type Work } from './parts/flows.ts'
import { reactionHeat } from './parts/heat.ts'
import { settle } from './parts/liquor.ts'
import { advance } from './parts/reaction.ts'
import { dissolved } from './parts/reagent.ts'
import { handledVolume } from './parts/volume.ts'

/** Yttrium behaves as a heavy rare earth of about this atomic number (between Dy and Ho). */
const yttriumAs = 66.5

/**
 * log10 of [M][Na][SO4]^2 (totals, mol/L) over NaM(SO4)2.H2O: fitted for Nd and Dy, flat for the
 * light ones before Nd, on the line through both by atomic number beyond (an assumption).
 */
export function doubleSulfateLog(properties: Properties, element: string): number {
  const light = properties.constant('double-sulfate.log-product-Nd').value
  const heavy = properties.constant('double-sulfate.log-product-Dy').value
  const z = element === 'Y' ? yttriumAs : (atomicNumber(element) ?? 60)
  return light + Math.max(0, z - 60) * ((heavy - light) / 6)
}

interface Salt {
  readonly element: string
  readonly terms: CompiledReaction
  /** [M][Na][SO4]^2 at saturation, (mol/L)^4. */
  readonly product: number
}

/** Precipitates each double sulfate down to its product; cycles until nothing moves. */
function saturate(properties: Properties, flow: Work, litres: number): void {
  const table = properties.species
  const sodium = table.index('aqueous', 'Na+')
  const sulfate = table.index('aqueous', 'SO4-2')
  const salts = properties.rareEarths.flatMap((element): Salt[] => {
    const terms = reactionWherePresent(
      table,
      `${element}+3 + Na+ + 2 SO4-2 + H2O = Na${element}(SO4)2·H2O(s)`,
    )
    return terms === undefined
      ? []
      : [{ element, terms, product: 10 ** doubleSulfateLog(properties, element) }]
  })
  for (let round = 0; round < 300; round++) {
    let moved = 0
    for (const { element, terms, product } of salts) {
      const rows = { metal: table.index('aqueous', `${element}+3`), sodium, sulfate }
      const extent = toProduct(flow, rows, product * litres ** 4)
      if (extent > 0) {
        moved = Math.max(moved, extent / (extent + (flow[rows.metal] as number)))
        advance(flow, terms, extent)
      }
    }
    if (moved < 1e-13) return
  }
}

interface Rows {
  readonly metal: number
  readonly sodium: number
  readonly sulfate: number
}

/** Extent at which M Na SO4^2 falls to `product`; 0 below saturation. */
function toProduct(flow: Work, rows: Rows, product: number): number {
  const metal = flow[rows.metal] as number
  const sodium = flow[rows.sodium] as number
  const sulfate = flow[rows.sulfate] as number
  const left = (x: number) => (metal - x) * (sodium - x) * (sulfate - 2 * x) ** 2
  if (!(left(0) > product)) return 0
  let low = 0
  let high = Math.min(metal, sodium, sulfate / 2)
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (left(middle) > product) low = middle
    else high = middle
  }
  return low
}

/** Sodium double sulfate precipitation: good for the light rare earths, poor for the heavy ones. */
export const doubleSulfate = defineUnitOp({
  kind: 'double-sulfate',
  title: 'Double sulfate precipitator',
  about:
    'Precipitates NaM(SO4)2.H2O with sodium sulfate. Products of solubility are fitted on one ' +
    'measured row at 60 degC (Nd 99.7 %, Dy 94.3 %); other rare earths are interpolated, and heavy ' +
    'ones stay dissolved in part.',
  group: 'purification',
  symbol: 'reactor',
  params: {
    dose: {
      type: 'number',
      default: 7,
      min: 0,
      max: 50,
      about: 'Sodium sulfate drawn, mol per mol of rare earth in the liquor',
    },
    time: {
      type: 'quantity',
      dimension: 'time',
      unit: 'h',
      default: 10800,
      min: 0,
      about: 'Reaction time',
    },
    settlingTime: {
      type: 'quantity',
      dimension: 'time',
      unit: 'min',
      default: 600,
      min: 1,
      about: 'Time constant of the approach to equilibrium in a batch (assumption)',
    },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 333.15,
      min: 283.15,
      max: 373.15,
      about: 'Temperature of the tank; the fit holds at 60 degC only',
    },
  },
  inlets: [
    { name: 'in', phase: 'aqueous', about: 'Sulfate liquor' },
    { name: 'salt', phase: 'solid', about: 'Sodium sulfate, solid or dissolved', drawn: true },
  ],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'Slurry' }],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const salt = inlets.salt ?? emptyStream(table)
    const unit = dissolved(table, salt)
    const each = amount(table, unit, 'aqueous', 'SO4-2')
    const flow = workOn(feed)
    const before = rareEarths(properties, flow)
    const total = before.reduce((sum, n) => sum + n, 0)
    const draw = each > 0 ? (params.dose * total) / each : 0
    addFlow(flow, unit, draw)
    settle(table, flow)
    const start = flow.slice()
    saturate(properties, flow, aqueousVolume(table, flow, params.temperature) * 1000)
    // What time does not allow stays as it was; both ends balance, so does every mixture of them.
    const done = -Math.expm1(-params.time / params.settlingTime)
    for (let i = 0; i < flow.length; i++) {
      flow[i] = (start[i] as number) + done * ((flow[i] as number) - (start[i] as number))
    }
    const out = withFlow(feed, flow, params.temperature)
    const drawn = scale(salt, draw)
    return {
      ok: true,
      outlets: { out },
      draws: { salt: draw },
      heat: reactionHeat(table, [feed, drawn], [out]),
      warnings: warningsOf(params.temperature, properties, total > 0 && draw === 0),
      figures: recoveries(properties, before, rareEarths(properties, flow)),
    }
  },
  equipment({ params, properties, result }) {
    const out = result.outlets.out ?? emptyStream(properties.species)
    const volume = handledVolume(properties.species, out)
    return agitatedTank(volume, params.time, materials.stainless)
  },
})

function rareEarths(properties: Properties, flow: Work): readonly number[] {
  return properties.rareEarths.map((el) => amount(properties.species, flow, 'aqueous', `${el}+3`))
}

function recoveries(properties: Properties, before: readonly number[], after: readonly number[]) {
  return Object.fromEntries(
    properties.rareEarths.flatMap((el, i) => {
      const n = before[i] ?? 0
      return n > 0 ? [[`${el} precipitated`, { value: 1 - (after[i] ?? 0) / n, unit: '' }]] : []
    }),
  )
}

function warningsOf(
  temperature: number,
  properties: Properties,
  noSalt: boolean,
): readonly Warning[] {
  const warnings: Warning[] = []
  const fitted = properties.constant('double-sulfate.temperature').value
  if (Math.abs(temperature - fitted) > 10) {
    warnings.push({
      rank: 2,
      code: 'outside-validity',
      text: 'the solubilities of the double sulfates are fitted at 60 degC and used as they are',
    })
  }
  if (noSalt) {
    warnings.push({ rank: 1, code: 'no-salt', text: 'the salt inlet brings no sulfate' })
  }
  return warnings
}
