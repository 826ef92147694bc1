import { reactionWherePresent } from '../../chemistry/index.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { amount, type Work } from './flows.ts'
import { concentration } from './liquor.ts'
import { perChemistry } from './per-chemistry.ts'
import { advance, limit, runUpTo } from './reaction.ts'

/** Divalent metals that can go down with the oxalate, with the solid that they go down as. */
const divalent = [
  ['Fe', 'FeC2O4·2H2O', 2],
  ['Co', 'CoC2O4·2H2O', 2],
  ['Ni', 'NiC2O4·2H2O', 2],
  ['Cu', 'CuC2O4', 0],
  ['Zn', 'ZnC2O4·2H2O', 2],
  ['Mn', 'MnC2O4·2H2O', 2],
  ['Mg', 'MgC2O4·2H2O', 2],
] as const

/**
 * Divalent metals that the growing oxalate takes in: Doerner and Hoskins distribution,
 * ln(1 - f) = lambda ln(1 - recovery of the rare earth). Lambda of Fe(II) is on record, fitted; the
 * others are zero unless `stated`. Ferric iron and aluminium stay as oxalate complexes.
 */
export function coprecipitate(
  properties: Properties,
  flow: Work,
  recovery: number,
  stated: Readonly<Record<string, number>>,
): void {
  const table = properties.species
  const fitted = properties.constant('oxalate.coprecipitation-Fe').value
  // Beyond 99.99 % the last of the rare earth says nothing about what it took with it.
  const growth = -Math.log(Math.max(1e-4, 1 - recovery))
  for (const [element, solid, water] of divalent) {
    const lambda = stated[element] ?? (element === 'Fe' ? fitted : 0)
    if (!(lambda > 0) || !(growth > 0)) continue
    const hydrate = water > 0 ? ` + ${water} H2O` : ''
    const terms = reactionWherePresent(table, `${element}+2 + C2O4-2${hydrate} = ${solid}(s)`)
    const share = -Math.expm1(-lambda * growth)
    runUpTo(flow, terms, amount(table, flow, 'aqueous', `${element}+2`) * share)
  }
}

/** By alkali ion: rows of the oxalates, and what makes double salts of them. */
const doubleSalts = perChemistry(({ species, rareEarths }) =>
  (
    [
      ['Na+', 'Na'],
      ['NH4+', 'NH4'],
    ] as const
  ).map(([ion, salt]) => ({
    ion,
    salts: rareEarths.flatMap((el) => {
      const terms = reactionWherePresent(
        species,
        `${el}2(C2O4)3·10H2O(s) + 2 ${ion} + C2O4-2 = 2 ${salt}${el}(C2O4)2·H2O(s) + 8 H2O`,
      )
      return terms === undefined
        ? []
        : [{ terms, oxalate: species.index('solid', `${el}2(C2O4)3·10H2O`) }]
    }),
  })),
)

/**
 * Part of the oxalate that falls as the double salt of sodium or ammonium instead: `share` of the
 * rare earth per mol/L of the alkali in the liquor.
 */
export function doubleOxalates(
  properties: Properties,
  flow: Work,
  temperature: number,
  share: number,
): void {
  const table = properties.species
  for (const { ion, salts } of doubleSalts(properties)) {
    const part = Math.min(0.5, (share * concentration(table, flow, ion, temperature)) / 1000)
    if (!(part > 0)) continue
    for (const { oxalate, terms } of salts) {
      const wanted = (flow[oxalate] as number) * part
      const extent = Math.min(wanted, limit(flow, terms))
      if (extent > 0) advance(flow, terms, extent)
    }
  }
}
