import type { Genealogy, GenealogyNode } from '../../ledger/index.ts'
import { figure } from '../numbers.ts'
import { wrapped } from '../text-table.ts'
import { dayText, kilograms, sections, syntheticText } from './words.ts'

const mostLines = 400

function sharesText({ shares }: GenealogyNode, elements: readonly string[]): string {
  const parts = elements.flatMap((element) => {
    const share = shares[element]
    return share === undefined ? [] : [`${element} ${figure(100 * share, 3)} %`]
  })
  return parts.length === 0 ? '' : `  ${parts.join(', ')}`
}

const kindText = ({ kind, product }: GenealogyNode) =>
  [kind, product].filter((word) => word !== undefined).join(', ')

function about(node: GenealogyNode): string {
  const day = dayText(node.time)
  if (node.type === 'transformation') return `split or blend, ${day}`
  return `${node.code} ${node.type === 'campaign' ? '(campaign)' : kindText(node)}, ${day}`
}

/** True for a node that brought, or got, less than that share of every element. */
const isSlight = ({ shares }: GenealogyNode, least: number) => {
  const known = Object.values(shares)
  return known.length > 0 && known.every((share) => share < least)
}

/**
 * A genealogy as an indented tree, for the terminal: each step from the lot asked for one level
 * deeper; what was shown before is only named. Ways to what has less than `least` of every element
 * (a share, 0.001 if left out) are counted, not shown: hold-up carries traces from run to run.
 */
export function genealogyText(
  genealogy: Genealogy,
  options: { readonly isSynthetic?: boolean; readonly least?: number } = {},
): string {
  const { least = 1e-3 } = options
  const { lot, direction, nodes, edges, elements, unknown, isCut, cycles } = genealogy
  const byUri = new Map(nodes.map((node) => [node.uri, node]))
  const steps = new Map<string, { to: string; mg: number }[]>()
  for (const { from, to, mg } of edges) {
    const [near, far] = direction === 'up' ? [to, from] : [from, to]
    steps.set(near, [...(steps.get(near) ?? []), { to: far, mg }])
  }
  const lines: string[] = []
  const seen = new Set<string>()
  let slight = 0
  const walk: { uri: string; depth: number; mg?: number }[] = [{ uri: lot, depth: 0 }]
  for (let next = walk.pop(); next !== undefined; next = walk.pop()) {
    const { uri, depth, mg } = next
    const node = byUri.get(uri)
    if (lines.length >= mostLines) {
      lines.push(`... ${nodes.length - seen.size} more`)
      break
    }
    if (node !== undefined && depth > 0 && isSlight(node, least)) {
      slight++
      continue
    }
    const amount = mg === undefined ? '' : `${kilograms(mg)} kg  `
    const name = node === undefined ? uri : about(node)
    const again = seen.has(uri)
    const shares = node === undefined || again ? '' : sharesText(node, elements)
    lines.push(`${'  '.repeat(depth)}${amount}${name}${again ? ' (see above)' : shares}`)
    if (again) continue
    seen.add(uri)
    const further = (steps.get(uri) ?? []).toSorted((a, b) => a.mg - b.mg)
    for (const step of further) walk.push({ uri: step.to, depth: depth + 1, mg: step.mg })
  }
  const lost = elements.filter((element) => (unknown[element] ?? 0) > 5e-4)
  const notes = [
    ...(slight === 0
      ? []
      : [
          `${nodes.length - seen.size} lots and campaigns are not shown: less than ${figure(100 * least, 3)} % of every element by each`,
        ]),
    ...(lost.length === 0
      ? []
      : [
          `share that nobody can follow: ${lost.map((el) => `${el} ${figure(100 * (unknown[el] ?? 0), 3)} %`).join(', ')}`,
        ]),
    ...(isCut ? ['there is more than was followed: the limits of depth or number were met'] : []),
    ...(cycles.length === 0
      ? []
      : [`${cycles.length} come before themselves; their shares are not known`]),
  ]
  const head =
    direction === 'up'
      ? 'what went into it; shares are of its elements'
      : 'what became of it; shares are of its elements'
  return sections(
    options.isSynthetic === true ? syntheticText : '',
    head,
    lines.join('\n'),
    notes.map((note) => wrapped(note, 100, '  ')).join('\n'),
  )
}
