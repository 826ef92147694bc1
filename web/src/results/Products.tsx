import type { Solution, SolvedProduct } from '../../../src/scenario/index.ts'
import { elementOrder } from '../../../src/draw/palette.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'
import { Figure, useComparison } from './comparison.tsx'
import { impurityNames, oxides, purityNames, purityOf } from './facts.ts'
import { FromLink, UnitLink } from './links.tsx'
import { Verdict } from './Verdict.tsx'

/** Products against what they must meet: rates, the three purities by name, the verdict in words. */
export function Products() {
  const { now } = useComparison()
  if (now.products.length === 0) {
    return <p>The plant packs no product: connect a line to a unit of the type product.</p>
  }
  return (
    <>
      <div className="area-scroll" tabIndex={0} role="region" aria-label="Products">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">product</th>
              <th scope="col" className="table-text">
                specification
              </th>
              <th scope="col">kg/h</th>
              <th scope="col">t/y</th>
              {purityNames.map(([id, name]) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" className="table-text">
                source
              </th>
            </tr>
          </thead>
          <tbody>
            {now.products.map((product) => (
              <ProductRow key={product.name} product={product} />
            ))}
          </tbody>
        </table>
      </div>
      <OxideLine />
    </>
  )
}

function ProductRow({ product }: { readonly product: SolvedProduct }) {
  const { name } = product
  const rate = (per: 'kg/s' | 't/y') => (s: { readonly products: readonly SolvedProduct[] }) =>
    s.products.find((p) => p.name === name)?.rate[per]
  return (
    <tr>
      <th scope="row">
        <UnitLink unit={name} />
      </th>
      <td className="table-text">
        <Specification product={product} />
      </td>
      <td>
        <Figure pick={rate('kg/s')} as={{ unit: '', factor: 3600 }} />
      </td>
      <td>
        <Figure pick={rate('t/y')} as={{ unit: '' }} />
      </td>
      {purityNames.map(([purity]) => (
        <td key={purity}>
          <Figure
            pick={(s) => {
              const found = s.products.find((p) => p.name === name)
              return found === undefined ? undefined : purityOf(found, purity)
            }}
            as="percent"
          />
        </td>
      ))}
      <td className="table-text">
        <FromLink path={`product ${name} reoOfTreo`} />
      </td>
    </tr>
  )
}

function Specification({ product }: { readonly product: SolvedProduct }) {
  if (product.specification === 'none') return <Verdict kind="none" text="none stated" />
  if (product.specification === 'met') return <Verdict kind="meets" text="meets" />
  return (
    <ul className="area-plain">
      {product.shortfalls.map((text) => (
        <li key={text}>
          <Verdict kind="short" text={`short by: ${named(text)}`} />
        </li>
      ))}
    </ul>
  )
}

/** Purities by the names that people use. */
const named = (text: string) =>
  purityNames.reduce((said, [id, name]) => said.replace(id, name), text)

function OxideLine() {
  const { now } = useComparison()
  const found = oxides(now)
  if (found === undefined) return null
  const perYear = (rate: number) => formatWithUnit(rate * 3.6 * now.operatingHours, 't/y')
  return (
    <p className="area-line">
      Rare earth oxide: {perYear(found.fed)} in the feeds at full recovery, {perYear(found.sold)} in
      the products, {formatPercent(found.recovery)} recovered. Rates per year are over{' '}
      {formatNumber(now.operatingHours)} operating hours.
    </p>
  )
}

/** Every impurity of every product in ppm of the product as packed. */
export function Impurities() {
  const { now } = useComparison()
  const names = impurityNames(now.products)
  if (names.length === 0) return <p>No product carries an impurity above 0.001 ppm.</p>
  return (
    <div className="area-scroll" tabIndex={0} role="region" aria-label="Impurities">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">ppm in product</th>
            {now.products.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((impurity) => (
            <tr key={impurity}>
              <th scope="row">{impurity}</th>
              {now.products.map(({ name }) => (
                <td key={name}>
                  <Figure pick={(s) => impurityOf(s, name, impurity)} as="ppm" digits={3} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a product holds of an impurity: what it does not list is not in it. */
function impurityOf({ products }: Solution, name: string, impurity: string): number | undefined {
  const product = products.find((p) => p.name === name)
  return product === undefined ? undefined : (product.impurities[impurity] ?? 0)
}

/** What the products hold of each sold element over what the feeds bring. */
export function Recoveries() {
  const { now } = useComparison()
  const symbols = elementOrder(Object.keys(now.recovery))
  if (symbols.length === 0) return <p>No product sells an element that the feeds bring.</p>
  return (
    <dl className="area-pairs">
      {symbols.map((symbol) => (
        <div key={symbol}>
          <dt>
            <FromLink path={`recovery ${symbol}`} text={symbol} />
          </dt>
          <dd>
            <Figure pick={(s) => s.recovery[symbol]} as="percent" />
          </dd>
        </div>
      ))}
    </dl>
  )
}
