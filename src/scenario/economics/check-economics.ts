import { costLevels } from '../../databank/levels.ts'
import { basisFault } from '../../economics/index.ts'
import type { Findings } from '../findings.ts'
import type { PlantUnit } from '../plant.ts'
import { checkRisk } from '../risk/check-risk.ts'
import { suggest } from '../suggest.ts'
import { clip } from '../yaml-tree.ts'
import type { MapNode, TreeNode } from '../yaml-tree.ts'
import type { Economics } from './fields.ts'

type Path = readonly (string | number)[]

/** The node at a path, if all of it is written. */
function nodeAt(root: TreeNode, path: Path): TreeNode | undefined {
  let node: TreeNode | undefined = root
  for (const part of path) {
    if (node?.kind === 'map') node = node.entries.get(String(part))?.value
    else if (node?.kind === 'list') node = node.items[Number(part)]
    else return undefined
  }
  return node
}

/** Everything that is bought or taken in as a feed. */
const feedKinds = new Set(['feed', 'liquor', 'delivery'])
const isFeed = ({ op }: PlantUnit) => feedKinds.has(op.kind)

/** Kinds of units by which the maps of the section are keyed. */
const keyedBy: readonly {
  readonly path: Path
  readonly what: string
  readonly fits: (unit: PlantUnit) => boolean
}[] = [
  { path: ['operating', 'feeds'], what: 'feed', fits: isFeed },
  { path: ['operating', 'payability'], what: 'feed', fits: isFeed },
  { path: ['operating', 'waste'], what: 'discharge', fits: ({ op }) => op.kind === 'discharge' },
  {
    path: ['operating', 'wasteClasses'],
    what: 'discharge',
    fits: ({ op }) => op.kind === 'discharge',
  },
  { path: ['sales', 'products'], what: 'product', fits: ({ op }) => op.kind === 'product' },
  ...['waste', 'wasteFactors'].map((key) => ({
    path: ['footprint', key],
    what: 'discharge',
    fits: ({ op }: PlantUnit) => op.kind === 'discharge',
  })),
  ...['power', 'heatDuty', 'feedFactors'].map((key) => ({
    path: ['footprint', key],
    what: 'unit',
    fits: () => true,
  })),
]

/** What is wrong in a section that the reader of single values could not see. */
export function checkEconomics(
  economics: Economics,
  node: MapNode,
  units: readonly PlantUnit[] | undefined,
  findings: Findings,
): void {
  if (units !== undefined) checkNames(node, units, findings)
  checkBasis(economics, node, findings)
  checkShares(economics, node, findings)
  checkLists(economics, node, findings)
  const place = (path: Path) => nodeAt(node, ['risk', ...path])?.at ?? node.at
  checkRisk(economics.risk, place, findings)
}

/** Keys that name no unit of their kind. */
function checkNames(node: MapNode, units: readonly PlantUnit[], findings: Findings): void {
  for (const { path, what, fits } of keyedBy) {
    const map = nodeAt(node, path)
    if (map?.kind !== 'map') continue
    const names = units.filter(fits).map(({ name }) => name)
    for (const { key, at } of map.entries.values()) {
      if (names.includes(key) || ['note', 'source', 'assumption'].includes(key)) continue
      const message = `the plant has no ${what} "${clip(key)}"`
      findings.add(at, 'unknown-unit', message, suggest(key, names))
    }
  }
}

function checkBasis({ basis }: Economics, node: MapNode, findings: Findings): void {
  const at = (key: string) => nodeAt(node, ['basis', key])?.at ?? node.at
  const before = findings.raised()
  if (!/^[A-Z]{3}$/.test(basis.currency ?? '')) {
    const message = `"${clip(basis.currency ?? '')}" is no currency`
    findings.add(at('currency'), 'currency', message, 'an ISO code: USD, GBP, EUR, BRL')
  }
  if (!/^(?:19|20)\d{2}$/.test(basis.year ?? '')) {
    const message = `"${clip(basis.year ?? '')}" is no year`
    findings.add(at('year'), 'year', message, 'a year: 2024')
  }
  if (nodeAt(node, ['basis']) === undefined || findings.raised() > before) return
  const { indices, exchange } = costLevels()
  const index = indices.get('CEPCI')
  if (index === undefined) throw new Error('data/factors: no cost index CEPCI')
  const levels = { index, exchange: [...exchange.values()] }
  const fault = basisFault({ currency: basis.currency, year: basis.year }, levels)
  if (fault !== undefined) findings.add(at('year'), 'basis', fault, 'USD of 2024')
}

/** Slack of shares that are written in decimals. */
const slack = 1e-6

function checkShares({ finance }: Economics, node: MapNode, findings: Findings): void {
  const sum = (of: readonly (number | undefined)[]) =>
    of.reduce<number>((total, share) => total + (share ?? 0), 0)
  const { spend, grants, depreciation } = finance
  if (spend !== undefined && Math.abs(sum(spend) - 1) > slack) {
    const message = `"spend" adds up to ${Number((100 * sum(spend)).toPrecision(6))} %`
    findings.add(nodeAt(node, ['finance', 'spend'])?.at ?? node.at, 'shares', message, '100 %')
  }
  for (const [index, { milestones }] of (grants ?? []).entries()) {
    if (milestones === undefined) continue
    const total = sum(milestones.map(({ share }) => share))
    if (Math.abs(total - 1) <= slack) continue
    const at = nodeAt(node, ['finance', 'grants', index, 'milestones'])?.at ?? node.at
    const message = `the milestones add up to ${Number((100 * total).toPrecision(6))} %`
    findings.add(at, 'shares', message, '100 %')
  }
  const parts = sum((depreciation ?? []).map(({ share }) => share))
  if (parts > 1 + slack) {
    const at = nodeAt(node, ['finance', 'depreciation'])?.at ?? node.at
    const message = `the parts add up to ${Number((100 * parts).toPrecision(6))} %`
    findings.add(at, 'shares', message, 'at most 100 %; the rest is never deducted')
  }
}

/** What a rule of a tier cannot do without. */
const needed = { fixed: 'price', floor: 'floor', 'cost-plus': 'price' } as const

function checkLists({ finance, sales }: Economics, node: MapNode, findings: Findings): void {
  for (const [index, { share, amount, dscr }] of (finance.debt ?? []).entries()) {
    const sizes = [share, amount, dscr].filter((size) => size !== undefined).length
    if (sizes === 1) continue
    const at = nodeAt(node, ['finance', 'debt', index])?.at ?? node.at
    const message = sizes === 0 ? 'the loan has no size' : 'the loan has more than one size'
    findings.add(at, 'loan', message, 'one of: share, amount, dscr')
  }
  for (const [product, { tiers }] of Object.entries(sales.products ?? {})) {
    for (const [index, tier] of (tiers ?? []).entries()) {
      const at = nodeAt(node, ['sales', 'products', product, 'tiers', index])?.at ?? node.at
      const key = Object.hasOwn(needed, tier.rule) ? needed[tier.rule as keyof typeof needed] : ''
      if (key !== '' && tier[key] === undefined) {
        findings.add(at, 'missing', `a tier by "${tier.rule}" needs "${key}"`, `${key}: 110 USD/kg`)
      }
    }
  }
}
