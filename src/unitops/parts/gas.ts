import { atmosphere, gasMoles } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import type { Work } from './flows.ts'

/**
 * Mole fractions of dry air by species id: nitrogen, oxygen and argon of the standard atmosphere,
 * made to add up to one (carbon dioxide and traces left out).
 */
export function dryAir(properties: Properties): Readonly<Record<string, number>> {
  const parts = {
    N2: properties.constant('air.nitrogen').value,
    O2: properties.constant('air.oxygen').value,
    Ar: properties.constant('air.argon').value,
  }
  const sum = parts.N2 + parts.O2 + parts.Ar
  return { N2: parts.N2 / sum, O2: parts.O2 / sum, Ar: parts.Ar / sum }
}

/**
 * Saturation pressure of water, Pa, from 273 to 647 K: the auxiliary equation of W. Wagner and
 * A. Pruss, J. Phys. Chem. Ref. Data 22 (1993) 783.
 */
export function waterVapourPressure(temperature: number): number {
  const critical = 647.096
  if (temperature >= critical) return 22.064e6
  const tau = 1 - temperature / critical
  const sum =
    -7.85951783 * tau +
    1.84408259 * tau ** 1.5 -
    11.7866497 * tau ** 3 +
    22.6807411 * tau ** 3.5 -
    15.9618719 * tau ** 4 +
    1.80122502 * tau ** 7.5
  return 22.064e6 * Math.exp((critical / temperature) * sum)
}

/**
 * Vapour pressure, Pa, from critical temperature and pressure and the acentric factor: B. I. Lee
 * and M. G. Kesler, AIChE J. 21 (1975) 510.
 */
export function leeKeslerVapourPressure(
  temperature: number,
  criticalTemperature: number,
  criticalPressure: number,
  acentric: number,
): number {
  const t = Math.min(1, temperature / criticalTemperature)
  const simple = 5.92714 - 6.09648 / t - 1.28862 * Math.log(t) + 0.169347 * t ** 6
  const departure = 15.2518 - 15.6875 / t - 13.4721 * Math.log(t) + 0.43577 * t ** 6
  return criticalPressure * Math.exp(simple + acentric * departure)
}

/** Vapour pressure of the cutting oil (taken as n-eicosane), Pa. */
export function oilVapourPressure(properties: Properties, temperature: number): number {
  return leeKeslerVapourPressure(
    temperature,
    properties.constant('oil.critical-temperature').value,
    properties.constant('oil.critical-pressure').value,
    properties.constant('oil.acentric-factor').value,
  )
}

/** The part of the lower explosive limit that a vent may reach. */
const ventLimit = 0.25

/** mol/s of air that keeps a hydrogen flow (mol/s) at a quarter of its lower explosive limit. */
export function ventAir(properties: Properties, hydrogen: number): number {
  const fraction = ventLimit * properties.constant('hydrogen.lower-explosive-limit').value
  return Math.max(0, hydrogen) * (1 / fraction - 1)
}

/**
 * Lets a gas take up, or give back, water until it is saturated over water at a temperature: the
 * vapour is the exact counterpart of the liquid. Answers mol/s evaporated (negative: condensed).
 */
export function saturate(
  table: SpeciesTable,
  gas: Work,
  liquid: Work,
  temperature: number,
  pressure = atmosphere,
): number {
  const vapour = table.index('gas', 'H2O')
  const water = table.index('aqueous', 'H2O')
  const present = gas[vapour] as number
  const dry = gasMoles(table, gas) - present
  const fraction = Math.min(0.99, waterVapourPressure(temperature) / pressure)
  const held = (dry * fraction) / (1 - fraction)
  const evaporated = Math.min(held - present, liquid[water] as number)
  gas[vapour] = present + evaporated
  liquid[water] = (liquid[water] as number) - evaporated
  return evaporated
}
