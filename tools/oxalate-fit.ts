/**
 * Fits the conditional solubility constants of rare earth oxalates and prints them with their rms:
 * `npx tsx tools/oxalate-fit.ts`. What is printed is written into
 * `data/equilibria/oxalate-solubility.json` by hand, with its note; a test repeats the rms.
 *
 * 1. Nd from dose and recovery (Klemettinen et al. 2023): 100, 120, 140 % of stoichiometric oxalic
 *    acid recover 93, 96.7, 98.1 % of the rare earths from a sulfate leachate of NdFeB. The
 *    abstract does not give the liquor; it is assumed (`leachate`).
 * 2. The other elements relative to Nd from the isotherms exp(-(E/D)^N) at pH 1.5 (PrOMMiS), D in
 *    g/L of oxalic acid, all elements taken as equally concentrated traces.
 */
import { fileURLToPath } from 'node:url'
import { bank, plantEquilibria, plantSpecies } from '../src/databank/index.ts'
import { precipitateOxalates, type Equilibria } from '../src/chemistry/index.ts'

export const doses: readonly (readonly [number, number])[] = [
  [1, 0.93],
  [1.2, 0.967],
  [1.4, 0.981],
]

/** Assumed leachate, mol/L: Nd2Fe14B dissolved in sulfuric acid, with 0.15 mol/L of acid left. */
export const leachate = { 'Nd+3': 0.1, 'Fe+2': 0.7, 'H+': 0.3, 'SO4-2': 1 }

/** E in g/L and N of the isotherms. */
export const isotherms: Readonly<Record<string, readonly [number, number]>> = {
  Sc: [6.4203, 6.4203],
  Y: [4.551786, 4.67403],
  La: [4.3717, 4.634],
  Ce: [1.18848, 2.737238],
  Pr: [2.09604, 3.44364],
  Nd: [1.0103, 2.419137],
  Sm: [2.29617, 3.7201],
  Gd: [3.07276, 4.1995],
  Dy: [4.8608, 4.73106],
}

const table = plantSpecies(bank, { elements: ['Nd', 'Fe'], extractants: [] })
const records = plantEquilibria(bank, table)

function withConstant(log10K: number): Equilibria {
  const id = 'Nd2(C2O4)3·10H2O'
  const logK = { value: log10K, source: 'fit', method: 'fitted' as const }
  const components = { 'Nd+3': 2, 'C2O4-2': 3, H2O: 10 }
  return { ...records, solids: [{ id, components, logK }] }
}

/** Root mean square error of the recovery for a constant of Nd. */
export function doseError(log10K: number): number {
  const equilibria = withConstant(log10K)
  let sum = 0
  for (const [dose, recovery] of doses) {
    const oxalic = 1.5 * leachate['Nd+3'] * dose
    const totals = { ...leachate, 'H+': leachate['H+'] + 2 * oxalic, 'C2O4-2': oxalic }
    sum += ((precipitateOxalates(equilibria, totals).precipitated.Nd ?? 0) - recovery) ** 2
  }
  return Math.sqrt(sum / doses.length)
}

/**
 * Dissolved fraction of a trace at a dose, up to a factor: K^0.5 [C2O4]^-1.5 with free oxalate in
 * proportion to the dose at the fixed pH. Complexes are left out: with those on record the shape of
 * the isotherms cannot be met (rms above 0.3), so the source's runs cannot have been governed by
 * them.
 */
function solubilityShape(dose: number): number {
  return (dose / 90.03) ** -1.5
}

const grid = Array.from({ length: 40 }, (_, i) => 0.5 * 40 ** (i / 39))

/** rms of the precipitated fraction of an isotherm for q = sqrt(K)/concentration. */
function isothermError(element: string, q: number): number {
  const [e, n] = isotherms[element] ?? [1, 1]
  let sum = 0
  for (const dose of grid) {
    const fraction = Math.max(0, 1 - q * solubilityShape(dose))
    sum += (fraction - Math.exp(-((e / dose) ** n))) ** 2
  }
  return Math.sqrt(sum / grid.length)
}

function least(f: (x: number) => number, low: number, high: number): number {
  let best = low
  for (let step = (high - low) / 50; step > 1e-3; step /= 10) {
    const from = best
    for (let i = -50; i <= 50; i++) {
      const x = Math.min(high, Math.max(low, from + i * step))
      if (f(x) < f(best)) best = x
    }
  }
  return best
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const nd = least(doseError, -34, -18)
  console.log('Nd', nd.toFixed(2), 'rms of recovery', doseError(nd).toFixed(4))
  const q = (element: string) => least((x) => isothermError(element, 10 ** x), -6, 1)
  const base = q('Nd')
  for (const element of Object.keys(isotherms)) {
    const own = q(element)
    const value = nd + 2 * (own - base)
    console.log(element, value.toFixed(2), 'rms', isothermError(element, 10 ** own).toFixed(3))
  }
}
