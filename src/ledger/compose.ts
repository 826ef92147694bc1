import type { ElementTable } from '../chemistry/index.ts'
import type { Composition, Reading } from './composition.ts'
import type { Family } from './family.ts'
import type { Content } from './lot.ts'
import { elementInOxide, isElement } from './oxide-basis.ts'
import { chosen, standardOf } from './readings.ts'

type Moisture = NonNullable<Composition['moisture']>
type Gap = Composition['gaps'][number]
/** Of a rectangular distribution from nothing to 1: its standard deviation. */
const rectangular = 1 / Math.sqrt(12)

/** A fraction that is known only to lie below a limit, as a value with its uncertainty. */
const halfOf = (limit: number) => ({ value: limit / 2, u: limit * rectangular })

function moistureOf(reading: Reading | undefined): Moisture | undefined {
  if (reading === undefined) return undefined
  const { value, loq } = reading
  if (value === undefined) {
    return loq === undefined ? undefined : { fraction: loq, isBelow: true }
  }
  const u = standardOf(reading)
  return { fraction: value, ...(u === undefined ? {} : { u }), isBelow: false }
}

/** Factor from the reading's basis and condition to element per wet mass, and its u. */
function factorOf(
  elements: ElementTable,
  reading: Reading,
  moisture: Moisture | undefined,
): { readonly value: number; readonly u: number | undefined } | { readonly why: string } {
  const inOxide =
    reading.basis === 'oxide' ? elementInOxide(elements, reading.analyte, reading.oxide) : 1
  if (inOxide === undefined) return { why: `no oxide ${reading.oxide ?? ''} of ${reading.analyte}` }
  if (reading.condition === 'wet') return { value: inOxide, u: 0 }
  if (moisture === undefined) return { why: 'given dry, and the moisture of the lot is unknown' }
  const water = moisture.isBelow
    ? halfOf(moisture.fraction)
    : { value: moisture.fraction, u: moisture.u }
  const u = water.u === undefined ? undefined : inOxide * water.u
  return { value: inOxide * (1 - water.value), u }
}

function contentOf(
  elements: ElementTable,
  reading: Reading,
  moisture: Moisture | undefined,
): Content | Gap {
  const { analyte, value, loq, status } = reading
  const factor = factorOf(elements, reading, moisture)
  if ('why' in factor) return { analyte, why: factor.why }
  const from = reading.sample ?? reading.lot
  if (value === undefined) {
    if (loq === undefined) return { analyte, why: 'below a limit that is not given' }
    return { element: analyte, fraction: loq * factor.value, isBelow: true, from, status }
  }
  const own = standardOf(reading)
  const u =
    own === undefined || factor.u === undefined
      ? undefined
      : Math.hypot(own * factor.value, value * factor.u)
  return {
    element: analyte,
    fraction: value * factor.value,
    ...(u === undefined ? {} : { u }),
    isBelow: false,
    from,
    status,
  }
}

const byElement = (a: Content, b: Content) => (a.element < b.element ? -1 : 1)

function fromReadings(
  elements: ElementTable,
  lot: string,
  readings: ReadonlyMap<string, Reading>,
  inherited: Moisture | undefined,
): Composition {
  const moisture = moistureOf(readings.get('H2O')) ?? inherited
  const contents: Content[] = []
  const gaps: Gap[] = []
  for (const reading of readings.values()) {
    if (!isElement(reading.analyte)) continue
    const content = contentOf(elements, reading, moisture)
    if ('why' in content) gaps.push(content)
    else contents.push(content)
  }
  return {
    lot,
    contents: contents.sort(byElement),
    ...(moisture === undefined ? {} : { moisture }),
    gaps,
    readings: [...readings.values()],
  }
}

interface BlendPart {
  readonly mg: number
  readonly value: number
  readonly u: number | undefined
  readonly from: string
}

/** Mean by mass; results of one and the same analysis are fully correlated, others are not. */
function meanOf(parts: readonly BlendPart[]): { readonly value: number; readonly u?: number } {
  const mass = parts.reduce((sum, { mg }) => sum + mg, 0)
  const value = parts.reduce((sum, part) => sum + (part.mg / mass) * part.value, 0)
  const bySource = new Map<string, number>()
  for (const { mg, u, from } of parts) {
    if (u === undefined) return { value }
    bySource.set(from, (bySource.get(from) ?? 0) + (mg / mass) * u)
  }
  return { value, u: Math.hypot(...bySource.values()) }
}

type Part = { readonly mg: number; readonly composition: Composition }

/** An element of a blend; undefined when nobody has said it of one of the parts. */
function blendContent(lot: string, element: string, parts: readonly Part[]): Content | undefined {
  const found: Content[] = []
  for (const { composition } of parts) {
    const content = composition.contents.find((one) => one.element === element)
    if (content === undefined) return undefined
    found.push(content)
  }
  const status = found.some((one) => one.status === 'provisional') ? 'provisional' : 'final'
  const isBelow = found.every((one) => one.isBelow)
  const mean = meanOf(
    found.map((one, index): BlendPart => {
      const half = one.isBelow && !isBelow ? halfOf(one.fraction) : undefined
      const { fraction, u, from } = one
      return { mg: parts[index]?.mg ?? 0, value: half?.value ?? fraction, u: half?.u ?? u, from }
    }),
  )
  const from = new Set(found.map((one) => one.from)).size === 1 ? (found[0]?.from ?? lot) : lot
  const u = isBelow || mean.u === undefined ? {} : { u: mean.u }
  return { element, fraction: mean.value, ...u, isBelow, from, status }
}

function blendMoisture(parts: readonly Part[]): Moisture | undefined {
  const found: BlendPart[] = []
  for (const { mg, composition } of parts) {
    const { moisture, lot } = composition
    if (moisture === undefined) return undefined
    const half = moisture.isBelow ? halfOf(moisture.fraction) : undefined
    found.push({ mg, value: half?.value ?? moisture.fraction, u: half?.u ?? moisture.u, from: lot })
  }
  const { value, u } = meanOf(found)
  return { fraction: value, ...(u === undefined ? {} : { u }), isBelow: false }
}

/** Adds to what a lot's own readings say what its parts say of elements that it has no word of. */
function blended(own: Composition, parts: readonly Part[]): Composition {
  const said = new Set([
    ...own.contents.map(({ element }) => element),
    ...own.gaps.map(({ analyte }) => analyte),
  ])
  const named = parts[0]?.composition.contents ?? []
  const added = named
    .filter(({ element }) => !said.has(element))
    .flatMap(({ element }) => blendContent(own.lot, element, parts) ?? [])
  return { ...own, contents: [...own.contents, ...added].sort(byElement) }
}

/** Computes compositions, each once; those that are remembered not at all. */
export function composer(
  elements: ElementTable,
  { states, links, memory }: Pick<Family, 'states' | 'links'> & Partial<Family>,
): (lot: string) => Composition {
  const done = new Map<string, Composition>()
  const ownOf = (lot: string): Reading[] => [
    ...(states.get(lot)?.assays ?? []).map((assay): Reading => ({ ...assay, by: 'own' })),
    ...(links.get(lot)?.samples ?? [])
      .flatMap((sample) => states.get(sample)?.assays ?? [])
      .map((assay): Reading => ({ ...assay, sample: assay.sample ?? assay.lot, by: 'sample' })),
  ]
  const compose = (lot: string): Composition => {
    const before = done.get(lot) ?? memory?.compositions.get(lot)
    if (before !== undefined) return before
    done.set(lot, { lot, contents: [], gaps: [], readings: [] })
    const made = links.get(lot)?.parents ?? []
    const own = chosen(ownOf(lot))
    let composition: Composition
    const [single] = made
    if (single !== undefined && made.length === 1) {
      const parent = compose(single.lot)
      const inherited = parent.readings.map((reading): Reading => ({ ...reading, by: 'parent' }))
      const all = new Map([...inherited.map((one) => [one.analyte, one] as const), ...own])
      const mine = fromReadings(elements, lot, all, parent.moisture)
      composition = blended(mine, [{ mg: single.mg, composition: parent }])
    } else if (made.length > 1) {
      const parts = made.map(({ lot: uri, mg }) => ({ mg, composition: compose(uri) }))
      composition = blended(fromReadings(elements, lot, own, blendMoisture(parts)), parts)
    } else composition = fromReadings(elements, lot, own, undefined)
    done.set(lot, composition)
    memory?.keepComposition(composition)
    return composition
  }
  return compose
}
