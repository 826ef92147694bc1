import type { EquipmentItem } from '../../flowsheet/unit-op.ts'

/** A stirred tank sized by residence time, with a working fill of 80 % (assumption). */
export function agitatedTank(
  volumeFlow: number,
  residenceTime: number,
  material: string,
  wattsPerCubicMetre = 500,
): EquipmentItem {
  const volume = (volumeFlow * residenceTime) / 0.8
  return {
    type: 'agitated tank',
    count: 1,
    size: { name: 'volume', value: volume, unit: 'm3' },
    power: volume * 0.8 * wattsPerCubicMetre,
    material,
    basis: `slurry flow x residence time / 0.8 fill; ${wattsPerCubicMetre} W/m3 of stirring (assumption)`,
  }
}

/** An item whose size is a flow over a flux: filter area, membrane area, dryer area. */
export function byFlux(
  type: string,
  flow: number,
  flux: number,
  material: string,
  basis: string,
): EquipmentItem {
  return {
    type,
    count: 1,
    size: { name: 'area', value: flow / flux, unit: 'm2' },
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
