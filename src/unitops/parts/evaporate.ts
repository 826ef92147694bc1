import { atmosphere } from '../../chemistry/index.ts'
import type { Properties } from '../../flowsheet/unit-op.ts'
import { oilVapourPressure, waterVapourPressure } from './gas.ts'
import { firstOrderConversion } from './kinetics.ts'

/**
 * Fraction of the oil or water of a bed that evaporates in a time: first order, at a rate in
 * proportion to its vapour pressure over the pressure above the bed.
 */
export function evaporated(
  properties: Properties,
  what: 'oil' | 'water',
  temperature: number,
  time: number,
  pressure = atmosphere,
): number {
  const vapour =
    what === 'oil' ? oilVapourPressure(properties, temperature) : waterVapourPressure(temperature)
  const rate = properties.constant('evaporation.rate').value * (vapour / pressure)
  return firstOrderConversion(rate, time)
}
