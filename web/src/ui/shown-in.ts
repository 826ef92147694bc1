/** Units in which people read what the engine says in SI: factor, and what is added after it. */
const readable: Readonly<Record<string, readonly [unit: string, factor: number, plus?: number]>> = {
  'm3/s': ['L/h', 3.6e6],
  'kg/s': ['kg/h', 3600],
  'mol/s': ['mol/h', 3600],
  W: ['kW', 1e-3],
  J: ['kJ', 1e-3],
  Pa: ['kPa', 1e-3],
  K: ['°C', 1, -273.15],
  'mol/m3': ['mol/L', 1e-3],
  'W/K': ['kW/K', 1e-3],
}

/** A figure as people read it. */
export interface Readable {
  readonly value: number
  readonly unit: string
}

/** An SI figure in the unit in which it is read; any other unit stays. */
export function readableOf(value: number, unit: string): Readable {
  if (unit === 's') return timeOf(value)
  if (unit === 'm' && Math.abs(value) < 1e-3) return { value: value * 1e6, unit: 'µm' }
  if (unit === 'm3' && Math.abs(value) < 0.1) return { value: value * 1000, unit: 'L' }
  const [shown, factor, plus = 0] = readable[unit] ?? [unit, 1]
  return { value: value * factor + plus, unit: shown.replace(/m([23])/g, superscript) }
}

const superscript = (_: string, power: string) => (power === '2' ? 'm²' : 'm³')

function timeOf(value: number): Readable {
  const size = Math.abs(value)
  if (size >= 2 * 86_400) return { value: value / 86_400, unit: 'd' }
  if (size >= 3600) return { value: value / 3600, unit: 'h' }
  return size >= 120 ? { value: value / 60, unit: 'min' } : { value, unit: 's' }
}
