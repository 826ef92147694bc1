import { formatPercent, formatWithUnit } from '../ui/format.ts'
import type { Band, BandKind } from './flow.ts'

export const opacity: Readonly<Record<BandKind, number>> = {
  forward: 0.5,
  recycle: 0.4,
  supply: 0.5,
  loss: 0.75,
  other: 0.35,
}

const kinds: Readonly<Record<BandKind, string>> = {
  forward: '',
  recycle: ' (recycle)',
  supply: ' (reagent)',
  loss: ' (leaves the plant)',
  other: '',
}

const thin = (band: Band) =>
  `${band.streams.length} thin stream${band.streams.length === 1 ? '' : 's'}`

export const fromOf = (band: Band) => band.from || (band.kind === 'other' ? thin(band) : band.end)
export const toOf = (band: Band) => band.to || (band.kind === 'other' ? thin(band) : band.end)

/** `sx1 to sx2: 0.12 kg/h, 45.2 % (lights)`. */
export function wordsOf(band: Band): string {
  const flow = formatWithUnit(band.value * 3600, 'kg/h')
  const names = band.streams.join(', ')
  return `${fromOf(band)} to ${toOf(band)}: ${flow}, ${formatPercent(band.share, 3)}${kinds[band.kind]}; ${names}`
}
