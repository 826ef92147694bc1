import { throughput, type Band, type Flow, type FlowNode } from './flow.ts'

/** A unit as a bar; everything in px. */
export interface Bar {
  readonly name: string
  readonly role: FlowNode['role']
  readonly x: number
  readonly y: number
  readonly height: number
  /** The name in lines above the bar. */
  readonly words: readonly string[]
  /** Its name leads upwards, because the next bar is too near for it to lie. */
  readonly isSlanted: boolean
}

/** A band: an outline to be filled along the plant, a line of its width where it turns. */
export interface Strip {
  readonly band: Band
  readonly width: number
  readonly path: string
  readonly isFilled: boolean
  /** Where its percentage stands, if there is room for it. */
  readonly text?: { readonly x: number; readonly y: number }
  /** Where the name of the other end stands: of supplies and losses. */
  readonly tag?: { readonly x: number; readonly y: number }
}

export interface SankeyLayout {
  readonly width: number
  readonly height: number
  readonly bars: readonly Bar[]
  readonly strips: readonly Strip[]
}

export const barWidth = 7
const leastGap = 40
/** Above a lane of a recycle, for its name. */
const laneGap = 16
/** What the height of the bars leaves for names above and losses below, px. */
const around = 150
const leastHeight = 220
const margin = { left: 16, right: 24 } as const
/** Width of a letter of the names, px. */
const letter = 6.3
const leastPitch = { level: 54, slanted: 24 } as const
/** Angle of slanted names, degrees. */
export const slant = -50
/** How much smaller than it is laid out a drawing may be shown. */
export const leastScale = 0.7
const rounds = 40
const tagHeight = 13

/** Ends of a band on the bars that it joins: the middle of its width. */
interface Ends {
  from?: number
  to?: number
}

/** Height for the bars of a column, and what is between them. */
interface Upright {
  readonly height: number
  readonly gap: number
}

interface Placed {
  readonly node: FlowNode
  readonly height: number
  y: number
}

/** Places the bars in columns, the bands between them, recycles above and losses below. */
export function layOutSankey(
  flow: Flow,
  room: { readonly width: number; readonly height: number },
): SankeyLayout {
  const columns = columnsOf(flow)
  const lanes = flow.bands.filter(({ kind }) => kind === 'recycle')
  const level = offsets(flow, columns, () => 0, room.width, false)
  const isSlanted = (level.at(-1) ?? 0) + rightOf(flow) > room.width / leastScale
  // Slanted names lead up: each needs its length over its bar.
  const above = 16 + 0.8 * letter * longest(flow.nodes)
  const gap = isSlanted ? Math.max(leastGap, above) : leastGap
  const beside = around + (isSlanted ? above - 48 : 0) + laneGap * lanes.length
  const free = Math.max(leastHeight, room.height - beside)
  const scale = scaleOf(flow, columns, lanes, { height: free, gap })
  const thick = (band: Band) => Math.max(0.75, band.value * scale)
  const placed = relaxed(flow, columns, scale, { height: free, gap })
  const names = isSlanted ? above : 48
  const top = lanes.reduce((sum, band) => sum + thick(band) + laneGap, names)
  const lowest = Math.max(0, ...placed.map(({ y, height }) => y + height))
  for (const bar of placed) bar.y += top
  const floor = top + lowest + 20
  const ends = endsOf(flow, placed, thick)
  const x = offsets(flow, columns, thick, room.width, isSlanted)
  const at = new Map(placed.map((bar) => [bar.node.name, bar]))
  const left = (name: string) => x[at.get(name)?.node.column ?? 0] ?? 0
  const drawing = { left, ends, thick, floor, at }
  const strips = [
    ...forwardStrips(flow, drawing),
    ...recycleStrips(lanes, drawing),
    ...supplyStrips(flow, drawing),
    ...lossStrips(flow, drawing),
  ]
  const tags = strips.flatMap(({ tag }) => (tag === undefined ? [] : [tag.y]))
  return {
    width: Math.max((x.at(-1) ?? 0) + barWidth + rightOf(flow), ...strips.map(rightEnd)),
    height: Math.max(floor, ...tags) + 16,
    bars: placed.map(({ node, y, height }) => ({
      name: node.name,
      role: node.role,
      x: left(node.name),
      y,
      height,
      words: node.role === 'product' || isSlanted ? [node.name] : linesOf(node.name),
      isSlanted: isSlanted && node.role !== 'product',
    })),
    strips,
  }
}

/** Room for what stands right of the last column: names of products, tags of losses. */
function rightOf({ nodes }: Flow): number {
  const products = nodes.filter(({ role }) => role === 'product')
  return margin.right + letter * Math.max(8, ...products.map(({ name }) => name.length))
}

const longest = (nodes: readonly FlowNode[]) =>
  Math.max(0, ...nodes.filter(({ role }) => role !== 'product').map(({ name }) => name.length))

const rightEnd = ({ tag, band }: Strip) =>
  tag === undefined ? 0 : tag.x + (letter * (band.end.length + 9)) / 2

/** A name in at most two lines, broken after a hyphen. */
function linesOf(name: string): readonly string[] {
  if (name.length <= 8) return [name]
  const cut = name.lastIndexOf('-', Math.ceil(name.length / 2) + 3)
  return cut < 2 ? [name] : [name.slice(0, cut + 1), name.slice(cut + 1)]
}

function columnsOf({ nodes }: Flow): readonly (readonly FlowNode[])[] {
  const count = 1 + Math.max(0, ...nodes.map(({ column }) => column))
  return Array.from({ length: count }, (_, k) => nodes.filter(({ column }) => column === k))
}

const sizeOf = (flow: Flow, name: string) => {
  const through = throughput(flow, name)
  return Math.max(through.in, through.out)
}

/** px per kg/s: the fullest column fills the height. */
function scaleOf(
  flow: Flow,
  columns: readonly (readonly FlowNode[])[],
  lanes: readonly Band[],
  { height, gap }: Upright,
): number {
  const turned = lanes.reduce((sum, { value }) => sum + value, 0)
  const scales = columns.map((column) => {
    const total = column.reduce((sum, { name }) => sum + sizeOf(flow, name), turned)
    const free = Math.max(60, height - gap * Math.max(0, column.length - 1))
    return total === 0 ? Number.POSITIVE_INFINITY : free / total
  })
  const least = Math.min(...scales, (0.6 * height) / Math.max(flow.base, 1e-300))
  return Number.isFinite(least) ? least : 1
}

/** Heights of the bars: each near the middle of what it is joined to, none over another. */
function relaxed(
  flow: Flow,
  columns: readonly (readonly FlowNode[])[],
  scale: number,
  upright: Upright,
): readonly Placed[] {
  const { gap } = upright
  const all = new Map<string, Placed>()
  for (const column of columns) {
    let y = 0
    for (const node of column) {
      const height = Math.max(2, sizeOf(flow, node.name) * scale)
      all.set(node.name, { node, height, y })
      y += height + gap
    }
  }
  const links = flow.bands.filter(({ kind }) => kind === 'forward')
  const middle = (name: string) => {
    const bar = all.get(name)
    return bar === undefined ? 0 : bar.y + bar.height / 2
  }
  for (let round = 0; round < rounds; round++) {
    const isForth = round % 2 === 0
    const order = isForth ? columns : [...columns].reverse()
    for (const column of order) {
      const bars = column.flatMap(({ name }) => all.get(name) ?? [])
      for (const bar of bars) {
        const { name } = bar.node
        const own = links.filter((band) => (isForth ? band.to : band.from) === name)
        const weight = own.reduce((sum, { value }) => sum + value, 0)
        if (weight === 0) continue
        const pull = own.reduce((sum, band) => {
          return sum + band.value * middle(isForth ? band.from : band.to)
        }, 0)
        bar.y += (pull / weight - middle(name)) * 0.9
      }
      spread(bars, upright)
    }
  }
  return [...all.values()]
}

/** Bars of a column one below the other within the height, moved as little as it takes. */
function spread(bars: readonly Placed[], { height: free, gap }: Upright): void {
  const sorted = [...bars].sort((a, b) => a.y + a.height / 2 - (b.y + b.height / 2))
  let top = 0
  for (const bar of sorted) {
    bar.y = Math.max(bar.y, top)
    top = bar.y + bar.height + gap
  }
  let bottom = free
  for (const bar of sorted.reverse()) {
    bar.y = Math.min(bar.y, bottom - bar.height)
    bottom = bar.y - gap
  }
  // A column that is too full for the height begins at the top all the same.
  const highest = sorted.at(-1)?.y ?? 0
  if (highest < 0) for (const bar of sorted) bar.y -= highest
}

const rank = { recycle: 0, supply: 1, forward: 2, other: 3, loss: 4 } as const

/** Bands in order down each side: recycles at the top, losses at the bottom, the rest by height. */
function endsOf(flow: Flow, bars: readonly Placed[], thick: (band: Band) => number) {
  const at = new Map(bars.map(({ node, y, height }) => [node.name, y + height / 2]))
  const ends = new Map<string, Ends>(flow.bands.map(({ id }) => [id, {}]))
  for (const { node, y } of bars) {
    for (const side of ['from', 'to'] as const) {
      const far = side === 'from' ? 'to' : 'from'
      const own = flow.bands
        .filter((band) => band[side] === node.name)
        .sort(
          (a, b) => rank[a.kind] - rank[b.kind] || (at.get(a[far]) ?? 0) - (at.get(b[far]) ?? 0),
        )
      let level = y
      for (const band of own) {
        const width = thick(band)
        const end = ends.get(band.id)
        if (end !== undefined) end[side] = level + width / 2
        level += width
      }
    }
  }
  return ends
}

/** Left edges of the columns: wide enough for what turns down or up between them. */
function offsets(
  flow: Flow,
  columns: readonly (readonly FlowNode[])[],
  thick: (band: Band) => number,
  width: number,
  isSlanted: boolean,
): readonly number[] {
  const least = isSlanted ? leastPitch.slanted : leastPitch.level
  const turning = (name: string, side: 'from' | 'to') =>
    flow.bands
      .filter((band) => band[side] === name && band.kind !== 'forward')
      .reduce((sum, band) => sum + thick(band) + 7, 0)
  const most = (column: readonly FlowNode[] | undefined, side: 'from' | 'to') =>
    Math.max(0, ...(column ?? []).map(({ name }) => turning(name, side)))
  const fair = (width - margin.left - rightOf(flow)) / Math.max(1, columns.length - 1)
  const pitches = columns.map((column, k) => {
    const turned = most(column, 'from') + most(columns[k + 1], 'to')
    const words = column.flatMap(({ name }) => linesOf(name))
    const named = letter * Math.max(0, ...words.map(({ length }) => length)) + 10
    if (isSlanted) return Math.max(least, Math.min(fair, 220), turned + least)
    return Math.max(least, Math.min(fair, 220), named, turned + 48)
  })
  let x: number = margin.left
  return columns.map((_, k) => {
    const own = x
    x += pitches[k] ?? least
    return own
  })
}

interface Drawing {
  readonly left: (name: string) => number
  readonly ends: ReadonlyMap<string, Ends>
  readonly thick: (band: Band) => number
  readonly floor: number
  readonly at: ReadonlyMap<string, Placed>
}

const r = (value: number) => Math.round(value * 10) / 10

function forwardStrips(flow: Flow, { left, ends, thick }: Drawing): readonly Strip[] {
  return flow.bands
    .filter(({ kind }) => kind === 'forward')
    .map((band) => {
      const { from: y0 = 0, to: y1 = 0 } = ends.get(band.id) ?? {}
      const [x0, x1] = [left(band.from) + barWidth, left(band.to)]
      const half = (x0 + x1) / 2
      const width = thick(band)
      const edge = (from: number, to: number, y: number, z: number) =>
        `${r(from)} ${r(y)}C${r(half)} ${r(y)} ${r(half)} ${r(z)} ${r(to)} ${r(z)}`
      const [up, down] = [-width / 2, width / 2]
      const path = `M${edge(x0, x1, y0 + up, y1 + up)}L${edge(x1, x0, y1 + down, y0 + down)}Z`
      const isRoomy = width >= 12 && x1 - x0 > 50
      const text = isRoomy ? { text: { x: half, y: (y0 + y1) / 2 } } : {}
      return { band, width, path, isFilled: true, ...text }
    })
}

/** Recycles rise behind their source, run back above all and come down before their target. */
function recycleStrips(lanes: readonly Band[], drawing: Drawing): readonly Strip[] {
  const { left, ends, thick } = drawing
  let level = laneGap
  return lanes.map((band) => {
    const width = thick(band)
    const turn = width / 2 + 6
    const { from: y0 = 0, to: y1 = 0 } = ends.get(band.id) ?? {}
    const [x0, x1] = [left(band.from) + barWidth, left(band.to)]
    const lane = level + width / 2
    level += width + laneGap
    const [out, into] = [x0 + turn + 4, x1 - turn - 4]
    const path = [
      `M${r(x0)} ${r(y0)}H${r(out - turn)}Q${r(out)} ${r(y0)} ${r(out)} ${r(y0 - turn)}`,
      `V${r(lane + turn)}Q${r(out)} ${r(lane)} ${r(out - turn)} ${r(lane)}`,
      `H${r(into + turn)}Q${r(into)} ${r(lane)} ${r(into)} ${r(lane + turn)}`,
      `V${r(y1 - turn)}Q${r(into)} ${r(y1)} ${r(into + turn)} ${r(y1)}H${r(x1)}`,
    ].join('')
    const text = { x: (out + into) / 2, y: lane - width / 2 - 8 }
    return { band, width, path, isFilled: false, text }
  })
}

/** Reagents and thin inlets come in from above, the uppermost nearest to the bar. */
function supplyStrips(flow: Flow, { left, ends, thick }: Drawing): readonly Strip[] {
  const coming = flow.bands
    .filter(({ kind, to }) => kind === 'supply' || (kind === 'other' && to !== ''))
    .map((band) => ({ band, y1: ends.get(band.id)?.to ?? 0 }))
    .sort((a, b) => a.y1 - b.y1)
  const used = new Map<string, { taken: number; top: number }>()
  return coming.map(({ band, y1 }) => {
    const width = thick(band)
    const turn = width / 2 + 5
    const { taken, top } = used.get(band.to) ?? { taken: 0, top: y1 - turn - 12 }
    used.set(band.to, { taken: taken + width + 4, top })
    const x1 = left(band.to)
    const x = x1 - turn - taken
    const path = `M${r(x)} ${r(top)}V${r(y1 - turn)}Q${r(x)} ${r(y1)} ${r(x + turn)} ${r(y1)}H${r(x1)}`
    return { band, width, path, isFilled: false }
  })
}

/** Losses and thin outlets leave downwards, losses to the foot of the drawing with their names. */
function lossStrips(flow: Flow, { left, ends, thick, floor, at }: Drawing): readonly Strip[] {
  const height = (band: Band) => ends.get(band.id)?.from ?? 0
  const leaving = flow.bands
    .filter(({ kind, from }) => kind === 'loss' || (kind === 'other' && from !== ''))
    .sort((a, b) => height(b) - height(a))
  const used = new Map<string, number>()
  const rows: number[] = []
  const strips = leaving.map((band): Strip => {
    const width = thick(band)
    const y0 = height(band)
    const x0 = left(band.from) + barWidth
    const turn = width / 2 + 5
    const isLoss = band.kind === 'loss'
    const taken = used.get(band.from) ?? 0
    used.set(band.from, taken + width + 6)
    const x = x0 + turn + taken
    const bottom = (at.get(band.from)?.y ?? 0) + (at.get(band.from)?.height ?? 0)
    const foot = isLoss ? floor : bottom + 8
    const path = `M${r(x0)} ${r(y0)}H${r(x - turn)}Q${r(x)} ${r(y0)} ${r(x)} ${r(y0 + turn)}V${r(Math.max(foot, y0 + turn + 2))}`
    return { band, width, path, isFilled: false, ...(isLoss ? { tag: { x, y: floor + 12 } } : {}) }
  })
  // Names at the foot, in as many lines as keep them apart.
  const order = [...strips].sort((a, b) => (a.tag?.x ?? 0) - (b.tag?.x ?? 0))
  const lines = new Map<Strip, number>()
  for (const strip of order) {
    if (strip.tag === undefined) continue
    const half = (strip.band.end.length + 9) * 3.2
    let row = rows.findIndex((end) => strip.tag !== undefined && strip.tag.x - half > end)
    if (row < 0) row = rows.length
    rows[row] = strip.tag.x + half
    lines.set(strip, row)
  }
  return strips.map((strip) => {
    const row = lines.get(strip)
    if (row === undefined || strip.tag === undefined) return strip
    return { ...strip, tag: { x: strip.tag.x, y: strip.tag.y + row * tagHeight } }
  })
}
