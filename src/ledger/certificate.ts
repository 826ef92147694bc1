import { parseFormula } from '../chemistry/index.ts'
import { catchUp } from './catch-up.ts'
import type { Certificate, CertifiedValue, Measure, Specification } from './certificate-types.ts'
import { certified, estimateOf, type Basis } from './certified.ts'
import { conformityOf } from './conformity.ts'
import { compositionsOf } from './contents.ts'
import { broughtIn } from './family.ts'
import type { Ledger } from './ledger.ts'
import type { LotMaster } from './lot.ts'
import { siteOf } from './site.ts'
import { codeOf } from './uris.ts'

/** Elements whose oxides a product is by its name: Nd2O3, didymium; none for other names. */
function namedElements(master: LotMaster | undefined): readonly string[] {
  const name = master?.product ?? ''
  if (name === 'didymium' || name === 'NdPr') return ['Nd', 'Pr']
  const formula = parseFormula(name)
  return formula.ok ? Object.keys(formula.composition).filter((one) => one !== 'O') : []
}

/**
 * A specification of several products (one grade for Nd, Dy and Tb oxide) is, for one of them, of
 * its own elements; one of a mixture, which limits shares, is of all.
 */
function forProduct(specification: Specification, named: readonly string[]): Specification {
  const { elements, limits } = specification
  const isMixture = limits.some(({ measure }) => measure === 'share of the oxides')
  const isOne = named.length > 0 && named.every((element) => elements.includes(element))
  return isOne && !isMixture ? { ...specification, elements: named } : specification
}

const measures: readonly Measure[] = ['REO/TREO', 'TREO in product', 'oxide in product']

const computedFrom = (basis: Basis, product: readonly string[]): readonly CertifiedValue[] =>
  product.length === 0
    ? []
    : measures.map((measure) => certified(measure, undefined, estimateOf(basis, product, measure)))

/**
 * The certificate of analysis of a lot as things are now, against any number of specifications.
 * Every value says which events it comes from; a corrected or later assay makes another
 * certificate. A lot that is not in the ledger has an empty one.
 */
export async function certificateOf(
  ledger: Ledger,
  lot: string,
  specifications: readonly Specification[],
): Promise<Certificate> {
  await catchUp(ledger)
  const { store, elements } = ledger
  const composition = (await compositionsOf(ledger, [lot])).get(lot)
  const state = (await store.lots([lot])).get(lot)
  const site = await siteOf(store)
  const basis: Basis = {
    composition: composition ?? { lot, contents: [], gaps: [], readings: [] },
    elements,
  }
  const last = state?.releases?.at(-1)
  const { product, grade, code } = state?.master ?? {}
  const named = namedElements(state?.master)
  const wanted = specifications.map((specification) => forProduct(specification, named))
  return {
    lot,
    code: code ?? codeOf(lot),
    ...(product === undefined ? {} : { product }),
    ...(grade === undefined ? {} : { grade }),
    netMg: state === undefined ? 0 : broughtIn(state),
    issued: ledger.now(),
    head: await store.head(),
    site: { name: site.name, country: site.country, isSynthetic: site.isSynthetic },
    isSynthetic: site.isSynthetic,
    readings: basis.composition.readings,
    computed: computedFrom(basis, named.length > 0 ? named : (wanted[0]?.elements ?? [])),
    conformity: wanted.map((specification) => conformityOf(basis, specification)),
    release: last === undefined ? 'none' : last.isConformant ? 'released' : 'refused',
  }
}
