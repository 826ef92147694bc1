import { compileDistribution, isRareEarth, parseFormula } from '../../chemistry/index.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import { unitOps } from '../../unitops/index.ts'
import { findingsFor } from '../findings.ts'
import type { Finding, Findings, Position } from '../findings.ts'
import { sha256 } from '../hash.ts'
import type { OwnSet } from '../plant.ts'
import { annotate, isAnnotationKey, readFields } from '../read-fields.ts'
import type { FieldContext } from '../read-fields.ts'
import { readOwnSets } from '../read-sets.ts'
import { suggest } from '../suggest.ts'
import { describe, readYaml } from '../yaml-tree.ts'
import type { MapNode, TreeNode } from '../yaml-tree.ts'
import { designFields, designLimits, designSchema } from './document.ts'
import type { DesignDocument, DesignProduct } from './document.ts'

export type DesignReading =
  | { readonly ok: true; readonly design: DesignDocument }
  | { readonly ok: false; readonly findings: readonly Finding[] }

export interface ReadDesignOptions {
  /** Name of the file, shown in findings. */
  readonly file?: string
  /** Text of a data set by its path relative to the design file. */
  readonly readSet?: (path: string) => string | undefined
  readonly bank?: Databank
}

/**
 * Reads a design file (`didymium/design@1`, YAML): what is to be separated from what, how well and
 * with what, or everything that is wrong with it, with file, line, column and what would be right.
 */
export function readDesign(text: string, options: ReadDesignOptions = {}): DesignReading {
  const { file = 'design.yaml', readSet, bank = builtIn } = options
  const findings = findingsFor(file)
  const tree = readYaml(text, findings)
  const design = tree === undefined ? undefined : readTree(tree)
  if (design === undefined || findings.count() > 0) {
    return { ok: false, findings: findings.sorted() }
  }
  return { ok: true, design }

  function readTree(node: TreeNode): DesignDocument | undefined {
    if (node.kind !== 'map') {
      findings.add(node.at, 'type', `the file is ${describe(node)}`, `schema: ${designSchema} ...`)
      return undefined
    }
    if (!isSchema(node, findings)) return undefined
    const context = contextOf(node, findings)
    const own = { file, unitOps, bank, ...(readSet === undefined ? {} : { readSet }) }
    const extractants = readOwnSets(node.entries.get('extractants')?.value, own, findings)
    const besides = ['schema', 'extractants']
    const read = readFields(designFields, node, 'design', context, besides) as unknown as Written
    if (findings.count() > 0) return undefined
    return checked(node, read, extractants)
  }

  function checked(
    node: MapNode,
    read: Written,
    extractants: readonly OwnSet[],
  ): DesignDocument | undefined {
    const id = read.extractant
    const set = extractants.find((s) => s.name === id)?.set ?? bank.extractants.get(id)
    const at = placeOf(node, 'extractant')
    if (set === undefined) {
      const known = [...bank.extractants.keys(), ...extractants.map((s) => s.name)]
      findings.add(at, 'extractant', `no extractant set is called "${id}"`, suggest(id, known))
      return undefined
    }
    if (compileDistribution(set, []).closure === 'loading' || set.model === 'solvating') {
      const message = `the set ${id} (${set.model}) gives no loading of a circuit by itself`
      findings.add(at, 'extractant', message, 'a mass-action set of an acidic extractant')
    }
    const hours = /^\s*(\d+(?:\.\d+)?)\s*h\/(?:y|yr|a|year)\s*$/.exec(read.operatingHours)?.[1]
    const operatingHours = Number(hours)
    if (!(operatingHours > 0 && operatingHours <= 8784)) {
      const message = `"operatingHours" is ${read.operatingHours}`
      findings.add(placeOf(node, 'operatingHours'), 'quantity', message, '6000 h/y; at most 8784')
    }
    for (const key of ['saponification', 'scrubAcid', 'stripAcid'] as const) {
      if (read[key].from <= read[key].to) continue
      const message = `"${key}" runs from a larger to a smaller value`
      findings.add(placeOf(node, key), 'out-of-bounds', message, 'from: the smaller one')
    }
    const products = productsOf(node, read)
    checkProducts(node, products, read, findings)
    const { notes = '', assumedD = {} } = read
    return {
      ...read,
      file,
      notes,
      assumedD,
      operatingHours,
      set,
      extractants,
      products,
      hash: sha256(text),
    }
  }
}

type Written = Omit<DesignDocument, 'products' | 'operatingHours' | 'notes' | 'assumedD'> & {
  readonly operatingHours: string
  readonly notes?: string
  readonly assumedD?: Readonly<Record<string, number>>
  readonly products: Readonly<Record<string, Omit<DesignProduct, 'name' | 'at'>>>
}

function isSchema(tree: MapNode, findings: Findings): boolean {
  const value = tree.entries.get('schema')?.value
  if (value?.kind === 'text' && value.text === designSchema) return true
  const message = value === undefined ? '"schema" is missing' : `the schema is ${describe(value)}`
  findings.add(value?.at ?? tree.at, 'schema', message, `schema: ${designSchema}`)
  return false
}

function contextOf(tree: MapNode, findings: Findings): FieldContext {
  const context: FieldContext = {
    findings,
    secondsPerYear: 3600 * 8766,
    annotations: [],
    uncertainties: new Map(),
    refused: new Set(),
    stages: 0,
  }
  for (const { key, value } of tree.entries.values())
    if (isAnnotationKey(key)) annotate(key, value, 'design', context)
  return context
}

const placeOf = (tree: MapNode, key: string): Position => tree.entries.get(key)?.value.at ?? tree.at

function productsOf(tree: MapNode, read: Written): DesignProduct[] {
  const node = tree.entries.get('products')?.value
  const entries = node?.kind === 'map' ? node.entries : undefined
  return Object.entries(read.products).map(([name, product]) => {
    const { elements, purity, recovery } = product
    return {
      name,
      elements,
      ...(purity === undefined ? {} : { purity }),
      ...(recovery === undefined ? {} : { recovery }),
      at: entries?.get(name)?.at ?? tree.at,
    }
  })
}

/** Rare earths that the salts of a feed bring. */
export function rareEarthsOf(concentration: Readonly<Record<string, number>>): string[] {
  const found = Object.entries(concentration).flatMap(([name, amount]) => {
    const formula = parseFormula(name)
    return amount > 0 && formula.ok ? Object.keys(formula.composition).filter(isRareEarth) : []
  })
  return [...new Set(found)]
}

const productName = /^[A-Za-z][A-Za-z0-9_-]{0,40}$/
const takenNames = /^(?:liquor|caustic|solvent|brine|scrub-acid|strip-acid|water|sx\d+)/

function checkProducts(
  tree: MapNode,
  products: readonly DesignProduct[],
  { feed }: Written,
  findings: Findings,
): void {
  const here = placeOf(tree, 'products')
  if (products.length < 2 || products.length > designLimits.products) {
    const message = `${products.length} products`
    findings.add(here, 'products', message, `2 to ${designLimits.products}: name each outlet`)
  }
  const fed = rareEarthsOf(feed.concentration)
  if (fed.length < 2) {
    const message = `the feed brings ${fed.length === 0 ? 'no rare earth' : `only ${fed[0]}`}`
    const expected =
      'salts of at least two: { NdCl3: 0.2 mol/L, PrCl3: 0.07 mol/L, HCl: 0.05 mol/L }'
    findings.add(placeOf(tree, 'feed'), 'feed', message, expected)
    return
  }
  const owner = new Map<string, string>()
  for (const product of products) {
    const { name, elements, purity, recovery, at } = product
    if (!productName.test(name) || takenNames.test(name)) {
      const message = `"${name}" cannot be the name of a product`
      findings.add(at, 'name', message, 'a letter, then letters, digits or -: neodymium')
    }
    if (elements.length === 0) findings.add(at, 'products', `${name} has no elements`, '[Nd]')
    for (const element of elements) {
      const other = owner.get(element)
      if (!fed.includes(element)) {
        findings.add(at, 'products', `${element} is not in the feed`, suggest(element, fed))
      } else if (other !== undefined) {
        const message = `${element} is asked for in ${other} and in ${name}`
        findings.add(at, 'products', message, 'each element in one product')
      } else owner.set(element, name)
    }
    for (const [what, value] of [
      ['purity', purity],
      ['recovery', recovery],
    ] as const) {
      if (value === undefined || (value > 0 && value < 1)) continue
      const message = `a ${what} of ${100 * value} % needs infinitely many stages or none`
      findings.add(at, 'out-of-bounds', message, 'more than 0 and less than 100 %')
    }
  }
}
