import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import { formatPercent, formatWithUnit } from '../ui/format.ts'
import { Change } from './Change.tsx'

/** What the products have become of, beside the numbers that are being changed. */
export function Effects() {
  const products = useWorkspace((w) => w.solution?.products) ?? []
  const isChanged = useWorkspace(
    (w) => (w.saved !== null && w.saved.text !== w.text) || w.baseline !== null,
  )
  if (!isChanged || products.length === 0) return null
  return (
    <section className="effects" aria-label="Products now">
      <h3>Products now</h3>
      <dl className="figures">
        {products.map(({ name, rate, purity }) => (
          <div key={name}>
            <dt>
              <a href={href('plant', '', { unit: name })}>{name}</a>
            </dt>
            <dd>
              {formatWithUnit(rate['t/y'], 't/y')}
              <Change
                now={rate['t/y']}
                pick={(s) => s.products.find((p) => p.name === name)?.rate['t/y']}
              />
              <span className="effects-purity">{formatPercent(purity.reoOfTreo)} REO/TREO</span>
              <Change
                now={100 * purity.reoOfTreo}
                pick={(s) => {
                  const before = s.products.find((p) => p.name === name)?.purity.reoOfTreo
                  return before === undefined ? undefined : 100 * before
                }}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
