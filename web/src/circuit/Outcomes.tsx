import { memo } from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import { formatPercent } from '../ui/format.ts'
import { destinations, productsBelow, shareAt } from './outcomes.ts'
import { Change } from './parts/Change.tsx'
import { presentElements, usualElements } from './profile.ts'

interface Props {
  readonly name: string
  readonly solution: Solution
  readonly saved: Solution | null
  readonly baseline: { readonly name: string; readonly solution: Solution } | null
}

/** Changes of a percentage, in points, against both things that are compared with. */
function Both(props: { now: number; saved?: number; baseline?: number; name: string }) {
  const { now, saved, baseline, name } = props
  return (
    <>
      <Change
        now={100 * now}
        before={saved === undefined ? undefined : 100 * saved}
        since="saved"
      />{' '}
      <Change
        now={100 * now}
        before={baseline === undefined ? undefined : 100 * baseline}
        since={name}
      />
    </>
  )
}

const optional = <K extends string>(key: K, value: number | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, number>>

function Products({ name, solution, saved, baseline }: Props) {
  const names = productsBelow(solution, name)
  const purity = (of: Solution | null | undefined, product: string) =>
    of?.products.find((p) => p.name === product)?.purity.reoOfTreo
  return (
    <ul className="circuit-outcomes">
      {solution.products
        .filter((p) => names.includes(p.name))
        .map((product) => (
          <li key={product.name}>
            <span>{product.name}</span> <strong>{formatPercent(product.purity.reoOfTreo)}</strong>{' '}
            <span className="circuit-quiet">
              REO/TREO
              {product.specification === 'none' ? '' : `, ${verdict(product.specification)}`}
            </span>{' '}
            <Both
              now={product.purity.reoOfTreo}
              {...optional('saved', purity(saved, product.name))}
              {...optional('baseline', purity(baseline?.solution, product.name))}
              name={baseline?.name ?? ''}
            />
          </li>
        ))}
    </ul>
  )
}

const verdict = (specification: string) => (specification === 'met' ? 'meets' : 'misses')

/** What the products below a circuit become, beside what they were. */
export const ProductsBelow = memo(function ProductsBelow(props: Props) {
  return (
    <section aria-label="Products below it">
      <h3>Products below it</h3>
      <Products {...props} />
    </section>
  )
})

/** Where each rare earth of the circuit goes. */
export const Destinations = memo(function Destinations(props: Props) {
  const { name, solution, saved, baseline } = props
  const circuit = solution.circuits[name]
  const elements =
    circuit === undefined ? [] : usualElements(presentElements(circuit.stages, circuit.elements))
  return (
    <section aria-label="Where each element leaves">
      <h3>Where each element leaves</h3>
      <ul className="circuit-outcomes">
        {destinations(solution, name, elements).map(({ element, shares }) => (
          <li key={element}>
            <strong>{element}</strong>
            {[...shares]
              .sort((a, b) => b.share - a.share)
              .filter(({ share }, k) => k < 2 && share > 1e-6)
              .map(({ outlet, share }) => (
                <div key={outlet}>
                  {formatPercent(share)} <span className="circuit-quiet">{outlet}</span>{' '}
                  <Both
                    now={share}
                    {...optional('saved', shareAt(saved, name, element, outlet))}
                    {...optional('baseline', shareAt(baseline?.solution, name, element, outlet))}
                    name={baseline?.name ?? ''}
                  />
                </div>
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
})
