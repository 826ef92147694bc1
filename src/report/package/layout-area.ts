/** A sized item: what the equipment list holds of it. */
interface Item {
  readonly tag: string
  readonly type: string
  readonly count: number
  readonly size: Size
  readonly further?: readonly Size[] | undefined
}

interface Size {
  readonly name: string
  readonly value: number
  readonly unit: string
}

export interface AreaLine {
  readonly tag: string
  readonly type: string
  readonly count: number
  /** m2 of one item. */
  readonly own: number
  /** m2 of all items with the strip around them. */
  readonly withAccess: number
  readonly how: string
}

/** Clear strip around an item, m. */
const strip = 1
/** Length of a kiln or furnace over its width. */
const slender = 8

const rules = [
  'Assumption: a vessel of known volume stands upright and is as high as it is wide.',
  `Assumption: a kiln or belt furnace lies, ${slender} times as long as it is wide.`,
  'Assumption: a mixer-settler takes its settler area and a cubic mixer; a section is one bank.',
  `Assumption: a clear strip of ${strip} m around every item or bank, strips not shared.`,
  'Assumption: agitators and pumps stand on their vessel or in its strip.',
] as const

/** Types that sit on, in or beside another item and need no ground of their own. */
const carried = /agitator|pump|press chamber/

const lying = (type: string) => /kiln|furnace/.test(type)

/** Length and width, m, of the ground of one item, or undefined where no size gives a shape. */
function ground(item: Item): { length: number; width: number; how: string } | undefined {
  const sizes = [item.size, ...(item.further ?? [])]
  const named = (name: string, unit: string) =>
    sizes.find((size) => size.name === name && size.unit === unit && size.value > 0)?.value
  const settler = named('settler area', 'm2')
  if (settler !== undefined) {
    const mixer = (named('mixer volume', 'm3') ?? 0) ** (2 / 3)
    const side = Math.sqrt(settler + mixer)
    return { length: side, width: side, how: 'settler area and mixer' }
  }
  const volume = named('volume', 'm3') ?? named('packed volume', 'm3')
  if (volume === undefined) return undefined
  if (lying(item.type)) {
    const width = ((4 * volume) / (Math.PI * slender)) ** (1 / 3)
    return { length: slender * width, width, how: `volume, ${slender} to 1, lying` }
  }
  const width = ((4 * volume) / Math.PI) ** (1 / 3)
  return { length: width, width, how: 'volume, as high as wide' }
}

/** m2 of the ground that items need, those without a shape, and the rules it rests on. */
export function layoutAreas(items: readonly Item[]): {
  readonly lines: readonly AreaLine[]
  readonly unknown: readonly string[]
  readonly total: number
  readonly rules: readonly string[]
} {
  const lines: AreaLine[] = []
  const without = new Map<string, string[]>()
  for (const item of items) {
    if (carried.test(item.type)) continue
    const found = ground(item)
    if (found === undefined) {
      without.set(item.type, [...(without.get(item.type) ?? []), item.tag])
      continue
    }
    const { length, width, how } = found
    const bank = item.type === 'mixer-settler'
    const [long, groups] = bank ? [length * item.count, 1] : [length, item.count]
    lines.push({
      tag: item.tag,
      type: item.type,
      count: item.count,
      own: length * width,
      withAccess: groups * (long + 2 * strip) * (width + 2 * strip),
      how,
    })
  }
  const total = lines.reduce((sum, { withAccess }) => sum + withAccess, 0)
  const unknown = [...without].map(([type, tags]) => `${type}: ${tags.join(', ')}`)
  return { lines, unknown, total, rules }
}
