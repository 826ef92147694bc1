import elk from 'elkjs/lib/elk.bundled.js'
import type { ElkEdgeSection, ElkNode } from 'elkjs/lib/elk-api.js'
import type { SolvedStream } from '../scenario/index.ts'
import { faint, ink, paper, phaseLines } from './palette.ts'
import { element, escapeXml, label, round } from './svg.ts'
import { symbolBox, symbolOutline } from './symbols.ts'

/** What a process flow diagram shows; made from a solution by `drawingOf`, or by hand. */
export interface Drawing {
  readonly title: string
  readonly subtitle: string
  readonly units: readonly {
    readonly name: string
    readonly kind: string
    readonly symbol: string
    /** Compartments of an SX circuit: its sections in order of the organic. */
    readonly compartments?: readonly string[]
    readonly caption?: string
  }[]
  readonly streams: readonly {
    readonly name: string
    readonly from: string
    readonly to: string
    readonly phase: SolvedStream['phase']
    /** Written on the line, for example `4.96 kg/h`. */
    readonly flow: string
    readonly recycle: boolean
  }[]
}

const margin = 36

function nodeSize(unit: Drawing['units'][number]) {
  const compartments = unit.compartments?.length ?? 0
  return {
    width: compartments > 0 ? Math.max(72, 44 * compartments) : symbolBox.width,
    height: symbolBox.height + 30,
  }
}

function graphOf(drawing: Drawing): ElkNode {
  return {
    id: 'plant',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '54',
      'elk.spacing.nodeNode': '26',
      'elk.spacing.edgeNode': '14',
      'elk.spacing.edgeEdge': '9',
      'elk.layered.feedbackEdges': 'true',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.wrapping.strategy': drawing.units.length > 24 ? 'MULTI_EDGE' : 'OFF',
      'elk.aspectRatio': '1.9',
    },
    children: drawing.units.map((unit) => ({
      id: unit.name,
      ...nodeSize(unit),
      layoutOptions: { 'elk.portConstraints': 'FREE' },
    })),
    edges: drawing.streams.map((stream) => ({
      id: stream.name,
      sources: [stream.from],
      targets: [stream.to],
      labels: [{ id: `${stream.name} label`, text: stream.name, width: 52, height: 22 }],
    })),
  }
}

function unitMarkup(unit: Drawing['units'][number], node: ElkNode): string {
  const [x, y] = [node.x ?? 0, node.y ?? 0]
  const width = node.width ?? symbolBox.width
  const compartments = unit.compartments ?? []
  const outline =
    compartments.length === 0
      ? element(
          'g',
          { transform: `translate(${round(x + (width - symbolBox.width) / 2)} ${round(y)})` },
          symbolOutline(unit.symbol),
        )
      : compartments
          .map((name, index) => {
            const part = width / compartments.length
            const left = x + index * part
            return (
              element('rect', {
                x: round(left),
                y: round(y),
                width: round(part),
                height: symbolBox.height,
                fill: paper,
                stroke: ink,
                'stroke-width': 1.3,
              }) +
              label(name.slice(0, 7), left + part / 2, y + 25, {
                'font-size': 9,
                'text-anchor': 'middle',
              })
            )
          })
          .join('')
  const tag = label(unit.name, x + width / 2, y + symbolBox.height + 12, {
    'font-size': 10.5,
    'font-weight': 600,
    'text-anchor': 'middle',
  })
  const caption = label(unit.caption ?? unit.kind, x + width / 2, y + symbolBox.height + 24, {
    'font-size': 9,
    fill: '#5a6067',
    'text-anchor': 'middle',
  })
  return element(
    'g',
    {},
    element('title', {}, escapeXml(`${unit.name}: ${unit.kind}`)),
    outline,
    tag,
    caption,
  )
}

function pathOf(section: ElkEdgeSection): string {
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
  return points.map((p, i) => `${i === 0 ? 'M' : 'L'}${round(p.x)} ${round(p.y)}`).join(' ')
}

function streamMarkup(
  stream: Drawing['streams'][number],
  sections: readonly ElkEdgeSection[],
  place: { x: number; y: number },
): string {
  const style = phaseLines[stream.phase]
  const paths = sections.map((section) =>
    element('path', {
      d: pathOf(section),
      fill: 'none',
      stroke: style.colour,
      'stroke-width': style.width,
      'stroke-dasharray': style.dash,
      'marker-end': `url(#arrow-${stream.phase})`,
    }),
  )
  const text =
    label(`${stream.recycle ? '↺ ' : ''}${stream.name}`, place.x, place.y + 8, {
      'font-size': 8.5,
      fill: style.colour,
    }) + label(stream.flow, place.x, place.y + 18, { 'font-size': 8.5, fill: '#5a6067' })
  const title = element(
    'title',
    {},
    escapeXml(`${stream.name}: ${stream.from} to ${stream.to}, ${stream.flow}`),
  )
  return element('g', {}, title, ...paths, text)
}

function markers(): string {
  return Object.entries(phaseLines)
    .map(([phase, style]) =>
      element(
        'marker',
        {
          id: `arrow-${phase}`,
          viewBox: '0 0 8 8',
          refX: 7.5,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        element('path', { d: 'M0 0 L8 4 L0 8 Z', fill: style.colour }),
      ),
    )
    .join('')
}

function legend(x: number, y: number): string {
  return Object.entries(phaseLines)
    .map(([phase, style], index) => {
      const left = x + index * 90
      return (
        element('path', {
          d: `M${round(left)} ${round(y)} h28`,
          stroke: style.colour,
          'stroke-width': style.width,
          'stroke-dasharray': style.dash,
        }) + label(phase, left + 33, y + 3.5, { 'font-size': 10 })
      )
    })
    .join('')
}

/** Lays a plant out and draws it as one SVG document. Needs no coordinates. */
export async function drawPfd(drawing: Drawing): Promise<string> {
  const laid = await new elk.default().layout(graphOf(drawing))
  const nodes = new Map((laid.children ?? []).map((node) => [node.id, node]))
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]))
  const streams = drawing.streams.map((stream) => {
    const edge = edges.get(stream.name)
    const place = edge?.labels?.[0]
    return streamMarkup(stream, edge?.sections ?? [], { x: place?.x ?? 0, y: place?.y ?? 0 })
  })
  const units = drawing.units.map((unit) => {
    const node = nodes.get(unit.name)
    return node === undefined ? '' : unitMarkup(unit, node)
  })
  const width = (laid.width ?? 0) + 2 * margin
  const height = (laid.height ?? 0) + 2 * margin + 76
  const body = element('g', { transform: `translate(${margin} ${margin})` }, ...streams, ...units)
  const foot = (laid.height ?? 0) + 2 * margin + 14
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width: round(width),
      height: round(height),
      'font-family': 'system-ui, "DejaVu Sans", sans-serif',
      role: 'img',
    },
    element('title', {}, escapeXml(drawing.title)),
    element('defs', {}, markers()),
    element('rect', { width: round(width), height: round(height), fill: paper }),
    body,
    element('path', {
      d: `M${margin} ${round(foot - 8)} H${round(width - margin)}`,
      stroke: faint,
    }),
    label(drawing.title, margin, foot + 12, { 'font-size': 15, 'font-weight': 600, fill: ink }),
    label(drawing.subtitle, margin, foot + 30, { 'font-size': 11, fill: '#5a6067' }),
    legend(margin, foot + 46),
  )
}
