import type { EquipmentItem, Heat, Size } from '../../flowsheet/unit-op.ts'

/** Power of stirring a suspension, W per m3 of liquid (assumption). */
const stirring = 500
/** Liquid over the volume of a tank (assumption). */
const fill = 0.8

/**
 * Stirred tanks sized by residence time, and their agitators: `count` equal ones share the time.
 * m3/s, s, W/m3 of liquid.
 */
export function agitatedTank(
  volumeFlow: number,
  residenceTime: number,
  material: string,
  { wattsPerCubicMetre = stirring, count = 1 } = {},
): readonly EquipmentItem[] {
  const volume = (volumeFlow * residenceTime) / fill / count
  const each = volume * fill * wattsPerCubicMetre
  const shared = count > 1 ? `; residence time shared by ${count} tanks` : ''
  return [
    {
      type: 'agitated tank',
      count,
      size: { name: 'volume', value: volume, unit: 'm3' },
      further: [timeHeld(residenceTime / count)],
      material,
      basis: `slurry flow x residence time / ${fill} fill (assumption)${shared}`,
    },
    {
      type: 'agitator',
      count,
      size: { name: 'power', value: each, unit: 'W' },
      power: each * count,
      material,
      basis: `${wattsPerCubicMetre} W/m3 of liquid (assumption)`,
    },
  ]
}

/** How long what leaves was in one of the items, s: its contents are the outflow times this. */
export const timeHeld = (seconds: number): Size => ({
  name: 'time held',
  value: seconds,
  unit: 's',
})

/** The heat that an item passes on, W, where it is known: what a heater or a kiln is priced by. */
export function heatDuty(heat: Heat | undefined): readonly Size[] {
  if (heat === undefined || 'unknown' in heat) return []
  return [{ name: 'heat duty', value: Math.abs(heat.watts), unit: 'W' }]
}

/** An item whose size is a flow over a flux: filter area, membrane area, dryer area. */
export function byFlux(
  type: string,
  flow: number,
  flux: number,
  material: string,
  basis: string,
  further: readonly Size[] = [],
): EquipmentItem {
  return {
    type,
    count: 1,
    size: { name: 'area', value: flow / flux, unit: 'm2' },
    ...(further.length > 0 ? { further } : {}),
    material,
    basis,
  }
}

/** Rubber-lined or plastic for chloride, steel for dry oxides: one place for the words. */
export const materials = {
  chloride: 'FRP or rubber-lined steel',
  steel: 'carbon steel',
  stainless: 'stainless steel 316L',
  refractory: 'refractory-lined steel',
  acidBoiling: 'graphite or glass-lined steel',
  polypropylene: 'polypropylene',
} as const
