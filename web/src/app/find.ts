import type { PlantView } from '../engine/protocol.ts'
import { actions } from './actions.ts'
import { href, navigate, type Page } from './router.ts'
import { select } from '../document/store.ts'
import { fieldId } from '../inspector/field-id.ts'

/** Something that the palette can find. */
export interface Findable {
  readonly id: string
  readonly kind: 'unit' | 'stream' | 'parameter' | 'page' | 'action'
  readonly name: string
  /** What stands behind the name: the kind of a unit, the ends of a stream, a value, keys. */
  readonly about: string
  readonly act: () => void
}

const pages = [
  ['plant', 'Plant'],
  ['circuits', 'Circuits'],
  ['results', 'Products and results'],
  ['money', 'Money: cost, earnings, footprint, odds'],
  ['ledger', 'Ledger: what there is and what happened'],
  ['workbench', 'Workbench: fit and design'],
  ['sources', 'Sources'],
  ['keys', 'Keys'],
] as const

const ofLedger = [
  ['receive', 'Ledger: receiving desk'],
  ['lots', 'Ledger: lots'],
  ['campaigns', 'Ledger: campaigns'],
  ['assays', 'Ledger: enter assays'],
  ['inventory', 'Ledger: inventory'],
  ['balance', 'Ledger: balance'],
  ['certificates', 'Ledger: certificates'],
  ['commands', 'Ledger: every command'],
  ['accounts', 'Ledger: accounts'],
] as const

/** All that can be found in a plant, and beside it. */
export function findables(plant: PlantView | null, among: 'all' | 'plant'): readonly Findable[] {
  const inPlant = plant === null ? [] : [...unitsOf(plant), ...streamsOf(plant)]
  if (among === 'plant') return inPlant
  const page = (to: Page, section: string, name: string): Findable => {
    const act = () => navigate(href(to, section))
    return { id: `${to} ${section}`, kind: 'page', name, about: '', act }
  }
  const places = [
    ...pages.map(([to, name]) => page(to, '', name)),
    ...ofLedger.map(([section, name]) => page('ledger', section, name)),
  ]
  const doing = actions.map(({ name, keys = '', act }): Findable => {
    return { id: name, kind: 'action', name, about: keys, act }
  })
  return [...places, ...inPlant, ...(plant === null ? [] : parametersOf(plant)), ...doing]
}

const unitsOf = ({ units }: PlantView) =>
  units.map(({ name, title }): Findable => {
    return { id: `unit ${name}`, kind: 'unit', name, about: title, act: () => show('unit', name) }
  })

const streamsOf = ({ streams }: PlantView) =>
  streams.map(({ name, from, to }): Findable => {
    const about = `${from} → ${to}`
    return { id: `stream ${name}`, kind: 'stream', name, about, act: () => show('stream', name) }
  })

const parametersOf = ({ parameters }: PlantView) =>
  parameters.map(({ path, unit, text, isDefault }): Findable => {
    const about = isDefault ? `${text} (default)` : text
    const act = () => {
      if (unit === 'economics') navigate(href('money', moneyPageOf(path)))
      else show('unit', unit)
      // The field is there once the inspector shows the unit.
      setTimeout(() => document.getElementById(fieldId(path))?.focus(), 80)
    }
    return { id: path, kind: 'parameter', name: path, about, act }
  })

/** The page of money on which a number of the economics of a plant is edited. */
function moneyPageOf(path: string): string {
  const [, part = ''] = path.split('.')
  const pages: Readonly<Record<string, string>> = {
    estimate: 'capital',
    operating: 'operating',
    sales: 'prices',
    footprint: 'footprint',
    risk: 'odds',
  }
  return pages[part] ?? 'cash-flow'
}

function show(kind: 'unit' | 'stream', name: string): void {
  navigate(href('plant', '', { [kind]: name }))
  select({ kind, name })
}

/** What holds every word of the question, best first: at the start of the name, then inside it. */
export function found(all: readonly Findable[], question: string, most = 60): readonly Findable[] {
  const words = question
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return all.slice(0, most)
  const scored = all.flatMap((item) => {
    const score = scoreOf(item, words)
    return score === undefined ? [] : [{ item, score }]
  })
  scored.sort((a, b) => a.score - b.score)
  return scored.slice(0, most).map(({ item }) => item)
}

const kinds = ['unit', 'page', 'stream', 'action', 'parameter']

function scoreOf({ name, about, kind }: Findable, words: readonly string[]): number | undefined {
  const [low, behind] = [name.toLowerCase(), about.toLowerCase()]
  let score = kinds.indexOf(kind) / 10
  for (const word of words) {
    const at = low.indexOf(word)
    if (at === 0) score += low.length === word.length ? 0 : 1
    else if (at > 0) score += /[^a-z0-9]/.test(low[at - 1] ?? '') ? 2 : 3
    else if (behind.includes(word) || kind.startsWith(word)) score += 5
    else return undefined
  }
  return score
}
