/** Values of a certificate: measured, or computed from what was measured. */
import { oxideOf, parseFormula, rareEarthSymbols, type ElementTable } from '../chemistry/index.ts'
import type { CertifiedValue, Measure } from './certificate-types.ts'
import type { Composition, Reading } from './composition.ts'
import { elementInOxide } from './oxide-basis.ts'

/** A value between bounds: they differ where results below a limit of quantification go in. */
export interface Estimate {
  readonly value: number
  readonly least: number
  readonly most: number
  /** Standard uncertainty; undefined: that of some part is unknown. */
  readonly u: number | undefined
  readonly isBelow: boolean
  readonly isProvisional: boolean
  readonly readings: readonly Reading[]
  readonly how: string
}

/** What values are computed from. */
export interface Basis {
  readonly composition: Composition
  readonly elements: ElementTable
}

/** Coverage factor of the uncertainty of computed values. */
const coverage = 2
const rectangular = 1 / Math.sqrt(12)

const readingOf = ({ composition }: Basis, analyte: string) =>
  composition.readings.find((one) => one.analyte === analyte)

/** Content of an element as one of its oxides (or SO4 and the like), per mass of product. */
function asOxide(basis: Basis, element: string, formula: string | undefined): Estimate | undefined {
  const content = basis.composition.contents.find((one) => one.element === element)
  const factor = elementInOxide(basis.elements, element, formula)
  if (content === undefined || factor === undefined) return undefined
  const { isBelow, status } = content
  const reading = readingOf(basis, element)
  const most = content.fraction / factor
  const value = isBelow ? most / 2 : most
  const u = isBelow ? most * rectangular : content.u === undefined ? undefined : content.u / factor
  return {
    value,
    least: isBelow ? 0 : value,
    most,
    u,
    isBelow,
    isProvisional: status === 'provisional',
    readings: reading === undefined ? [] : [reading],
    how: reading === undefined ? 'mean of the blended lots' : 'measured',
  }
}

/** A result that is no element: TREO, LOI, H2O, SO4; per mass of product as it is. */
function direct(basis: Basis, analyte: string): Estimate | undefined {
  const reading = readingOf(basis, analyte)
  if (reading === undefined) return undefined
  const { moisture } = basis.composition
  const isDry = reading.condition === 'dry' && analyte !== 'H2O'
  if (isDry && moisture === undefined) return undefined
  const factor = isDry ? 1 - (moisture?.fraction ?? 0) * (moisture?.isBelow === true ? 0.5 : 1) : 1
  const isBelow = reading.value === undefined
  const said = reading.value ?? reading.loq
  if (said === undefined) return undefined
  const most = said * factor
  const stated =
    reading.u === undefined || reading.k === undefined
      ? undefined
      : (reading.u / reading.k) * factor
  return {
    value: isBelow ? most / 2 : most,
    least: isBelow ? 0 : most,
    most,
    u: isBelow ? most * rectangular : stated,
    isBelow,
    isProvisional: reading.status === 'provisional',
    readings: [reading],
    how: 'measured',
  }
}

/** A species of a limit: Fe2O3, Pr6O11, SO4, C. */
function speciesIn(basis: Basis, species: string): Estimate | undefined {
  const measured = direct(basis, species)
  if (measured !== undefined && basis.elements.get(species) === undefined) return measured
  const formula = parseFormula(species)
  if (!formula.ok) return undefined
  const [element, ...others] = Object.keys(formula.composition).filter((one) => one !== 'O')
  return element === undefined || others.length > 0 ? undefined : asOxide(basis, element, species)
}

const hypotOf = (parts: readonly (number | undefined)[]): number | undefined =>
  parts.includes(undefined) ? undefined : Math.hypot(...parts.map((u) => u ?? 0))

function sumOf(parts: readonly Estimate[], how: string): Estimate {
  const add = (field: 'value' | 'least' | 'most') =>
    parts.reduce((sum, part) => sum + part[field], 0)
  return {
    value: add('value'),
    least: add('least'),
    most: add('most'),
    u: hypotOf(parts.map(({ u }) => u)),
    isBelow: parts.every(({ isBelow }) => isBelow),
    isProvisional: parts.some(({ isProvisional }) => isProvisional),
    readings: parts.flatMap(({ readings }) => readings),
    how,
  }
}

function ratioOf(above: Estimate, below: Estimate, how: string): Estimate | undefined {
  if (!(below.least > 0)) return undefined
  const value = above.value / below.value
  return {
    value,
    least: above.least / below.most,
    most: above.most / below.least,
    u:
      above.u === undefined || below.u === undefined
        ? undefined
        : Math.hypot(above.u / below.value, (value * below.u) / below.value),
    isBelow: above.isBelow,
    isProvisional: above.isProvisional || below.isProvisional,
    readings: [...above.readings, ...below.readings],
    how,
  }
}

const oxideEstimate = (basis: Basis, element: string) =>
  asOxide(basis, element, oxideOf(element)?.id)

/** All of them, or undefined when one is unknown. */
function every(parts: readonly (Estimate | undefined)[]): readonly Estimate[] | undefined {
  const known = parts.flatMap((part) => part ?? [])
  return known.length === parts.length ? known : undefined
}

/** Rare earths that are impurities of a product; scandium is not among the trade's fifteen. */
const otherRareEarths = (product: readonly string[]) =>
  rareEarthSymbols.filter((element) => element !== 'Sc' && !product.includes(element))

/** Oxides of the product's elements, together. */
function productOxides(basis: Basis, product: readonly string[]): Estimate | undefined {
  const parts = every(product.map((element) => oxideEstimate(basis, element)))
  if (parts === undefined || parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : sumOf(parts, 'sum of the oxides')
}

/** Total rare earth oxide: measured, or the sum when every rare earth was measured. */
function totalOxides(basis: Basis, product: readonly string[]): Estimate | undefined {
  const measured = direct(basis, 'TREO')
  if (measured !== undefined) return measured
  const all = every(
    [...product, ...otherRareEarths(product)].map((element) => oxideEstimate(basis, element)),
  )
  return all === undefined ? undefined : sumOf(all, 'sum of the oxides')
}

/** What the rare earths that were measured as impurities leave for the product: at most that. */
function leftBy(others: readonly Estimate[], total: Estimate): Estimate | undefined {
  const impure = ratioOf(sumOf(others, ''), total, '')
  return (
    impure && {
      ...impure,
      value: 1 - impure.value,
      least: 1 - impure.most,
      most: 1 - impure.least,
      isBelow: false,
      how: 'by difference: one less the other rare earths',
    }
  )
}

/**
 * Purity of the trade, REO/TREO. By difference where all other rare earths were measured, which is
 * the sharper: P = 1 - sum of the others / TREO; else as the ratio of what was measured, and then
 * no more than those impurities leave that were measured.
 */
function purity(basis: Basis, product: readonly string[]): Estimate | undefined {
  const total = totalOxides(basis, product)
  if (total === undefined) return undefined
  const others = otherRareEarths(product).map((element) => oxideEstimate(basis, element))
  const all = every(others)
  const left = leftBy(all ?? others.flatMap((one) => one ?? []), total)
  if (all !== undefined) return left
  const own = productOxides(basis, product)
  const ratio = own && direct(basis, 'TREO') && ratioOf(own, total, 'ratio of the measured oxides')
  if (ratio === undefined || left === undefined || ratio.value <= left.value) return ratio
  return {
    ...ratio,
    value: left.value,
    least: Math.min(ratio.least, left.least),
    most: left.most,
    isProvisional: ratio.isProvisional || left.isProvisional,
    readings: [...ratio.readings, ...left.readings],
    how: 'ratio of the measured oxides, at most what the measured impurities leave',
  }
}

function timesOf(a: Estimate, b: Estimate, how: string): Estimate {
  return {
    value: a.value * b.value,
    least: a.least * b.least,
    most: a.most * b.most,
    u:
      a.u === undefined || b.u === undefined ? undefined : Math.hypot(a.u * b.value, b.u * a.value),
    isBelow: false,
    isProvisional: a.isProvisional || b.isProvisional,
    readings: [...a.readings, ...b.readings],
    how,
  }
}

function oxideInProduct(basis: Basis, product: readonly string[]): Estimate | undefined {
  const own = productOxides(basis, product)
  if (own !== undefined) return own
  const relative = purity(basis, product)
  const total = totalOxides(basis, product)
  return relative && total && timesOf(relative, total, 'REO/TREO times TREO')
}

/** The value that a limit is put on; undefined: unknown. */
export function estimateOf(
  basis: Basis,
  product: readonly string[],
  measure: Measure,
  analyte?: string,
): Estimate | undefined {
  switch (measure) {
    case 'REO/TREO':
      return purity(basis, product)
    case 'TREO in product':
      return totalOxides(basis, product)
    case 'oxide in product':
      return oxideInProduct(basis, product)
    case 'share of the oxides': {
      const part = analyte === undefined ? undefined : speciesIn(basis, analyte)
      const all = productOxides(basis, product)
      return part && all && ratioOf(part, all, 'ratio of the measured oxides')
    }
    case 'impurity':
      return analyte === undefined ? undefined : speciesIn(basis, analyte)
    case 'loss on ignition':
      return direct(basis, 'LOI')
    case 'moisture':
      return direct(basis, 'H2O')
  }
}

const only = (values: readonly (string | undefined)[]): string | undefined => {
  const said = new Set(values.flatMap((value) => value ?? []))
  return said.size === 0 ? undefined : [...said].join(', ')
}

/** An estimate as a certificate prints it. */
export function certified(
  measure: Measure,
  analyte: string | undefined,
  estimate: Estimate | undefined,
): CertifiedValue {
  const name = { measure, ...(analyte === undefined ? {} : { analyte }) }
  if (estimate === undefined) return { ...name, status: 'unknown', how: 'not known', events: [] }
  const { readings, isBelow, most, value, u, isProvisional, how } = estimate
  const method = only(readings.map((one) => one.method))
  const laboratory = only(readings.map((one) => one.laboratory))
  const k = readings.length === 1 ? (readings[0]?.k ?? coverage) : coverage
  return {
    ...name,
    ...(isBelow ? { below: most } : { value }),
    ...(isBelow || u === undefined ? {} : { u: u * k, k }),
    status: isProvisional ? 'provisional' : 'final',
    how,
    ...(method === undefined ? {} : { method }),
    ...(laboratory === undefined ? {} : { laboratory }),
    events: [...new Set(readings.map((one) => one.event))],
  }
}
