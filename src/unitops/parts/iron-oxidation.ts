import { aqueousVolume, reaction } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { addFlow, amount, type Work } from './flows.ts'
import { advance, runUpTo } from './reaction.ts'

/** How ferrous iron is oxidised in one stirred tank. */
export interface OxidationTask {
  readonly temperature: number
  /** s */
  readonly residenceTime: number
  /** Oxidant drawn over what oxidising all ferrous iron needs. */
  readonly excess: number
  /** pH of the tank: oxygen is slow in acid. */
  readonly pH: number
  readonly oxidant: Stream
}

export interface Oxidised {
  /** kg/s */
  readonly draw: number
  /** Share of the ferrous iron that became ferric. */
  readonly conversion: number
  readonly by: 'peroxide' | 'oxygen' | 'none'
}

/** Peroxide used, mol/m3, in a tank: x = k t (F - 2x)(P - x); the smaller root. */
export function peroxideUsed(ferrous: number, peroxide: number, rateTime: number): number {
  if (!(ferrous > 0) || !(peroxide > 0) || !(rateTime > 0)) return 0
  // 2 a x^2 - (a (F + 2 P) + 1) x + a F P = 0 with a = k t, in its stable form.
  const b = rateTime * (ferrous + 2 * peroxide) + 1
  const c = rateTime * ferrous * peroxide
  const root = Math.sqrt(Math.max(0, b * b - 8 * rateTime * c))
  return Math.min((2 * c) / (b + root), ferrous / 2, peroxide)
}

/**
 * Oxidises Fe(II) in `flow` (changed in place; the drawn oxidant is added to it) by hydrogen
 * peroxide if the oxidant holds any, else by oxygen at the tank's pH. Rate constants of 25 degC.
 */
export function oxidiseIron(properties: Properties, flow: Work, task: OxidationTask): Oxidised {
  const table = properties.species
  const ferrous = amount(table, flow, 'aqueous', 'Fe+2')
  const none: Oxidised = { draw: 0, conversion: 0, by: 'none' }
  if (!(ferrous > 0)) return none
  const peroxide = amount(table, task.oxidant.flow, 'aqueous', 'H2O2')
  if (peroxide > 0) {
    const draw = (task.excess * ferrous) / 2 / peroxide
    addFlow(flow, task.oxidant.flow, draw)
    return { draw, conversion: byPeroxide(properties, flow, task, ferrous), by: 'peroxide' }
  }
  const oxygen = amount(table, task.oxidant.flow, 'gas', 'O2')
  if (oxygen > 0) {
    const draw = (task.excess * ferrous) / 4 / oxygen
    addFlow(flow, task.oxidant.flow, draw)
    return { draw, conversion: byOxygen(properties, flow, task, ferrous), by: 'oxygen' }
  }
  return none
}

function byPeroxide(properties: Properties, flow: Work, task: OxidationTask, ferrous: number) {
  const table = properties.species
  const volume = aqueousVolume(table, flow, task.temperature)
  // L/(mol s) is 1e-3 m3/(mol s).
  const k = properties.constant('iron-oxidation.peroxide-rate').value * 1e-3
  const peroxide = amount(table, flow, 'aqueous', 'H2O2')
  const used = peroxideUsed(ferrous / volume, peroxide / volume, k * task.residenceTime) * volume
  const terms = reaction(table, '2 Fe+2 + H2O2 = 2 Fe+3 + 2 OH-')
  const extent = Math.min(used, ferrous / 2, peroxide)
  advance(flow, terms, extent)
  return (2 * extent) / ferrous
}

/** Mole fraction of oxygen in a gas, 0 when there is none. */
function oxygenFraction(table: SpeciesTable, flow: Work): number {
  let all = 0
  for (const row of table.inPhase('gas')) all += flow[row] as number
  return all > 0 ? amount(table, flow, 'gas', 'O2') / all : 0
}

function byOxygen(properties: Properties, flow: Work, task: OxidationTask, ferrous: number) {
  const table = properties.species
  const hydroxide = 10 ** (task.pH - 14)
  const pressure = oxygenFraction(table, task.oxidant.flow)
  const rate =
    properties.constant('iron-oxidation.oxygen-rate-acid').value +
    properties.constant('iron-oxidation.oxygen-rate').value * hydroxide ** 2 * pressure
  const through = (rate * task.residenceTime) / (1 + rate * task.residenceTime)
  const terms = reaction(table, '4 Fe+2 + O2(g) + 2 H2O = 4 Fe+3 + 4 OH-')
  const extent = runUpTo(flow, terms, (through * ferrous) / 4)
  return (4 * extent) / ferrous
}
