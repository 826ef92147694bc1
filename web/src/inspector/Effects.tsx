import { href } from '../app/router.ts'
import { useWorkspace } from '../document/store.ts'
import type { Solution } from '../../../src/scenario/index.ts'
import { formatChange, formatPercent, formatWithUnit } from '../ui/format.ts'
import { Change } from './Change.tsx'

type Product = Solution['products'][number]

const rateOf = (product: Product | undefined) => product?.rate['t/y']
const purityOf = (product: Product | undefined) =>
  product === undefined ? undefined : 100 * product.purity.reoOfTreo

/** What has become of the products, beside the numbers that are being changed. */
export function Effects() {
  const products = useWorkspace((w) => w.solution?.products) ?? []
  const saved = useWorkspace((w) => w.saved?.solution ?? null)
  const pinned = useWorkspace((w) => w.baseline?.solution ?? null)
  const moved = products.filter((product) =>
    [saved, pinned].some((before) => before !== null && isMoved(product, before)),
  )
  if (moved.length === 0) return null
  return (
    <section className="effects" aria-label="Products that changed">
      {moved.map(({ name, ...product }) => {
        const of = (s: Solution) => s.products.find((p) => p.name === name)
        const [rate, purity] = [product.rate['t/y'], product.purity.reoOfTreo]
        return (
          <div key={name} className="effects-product">
            <a href={href('plant', '', { unit: name })}>{name}</a>
            <div>
              {formatWithUnit(rate, 't/y')}
              <Change now={rate} pick={(s) => rateOf(of(s))} />
            </div>
            <div>
              {formatPercent(purity)} REO/TREO
              <Change now={100 * purity} pick={(s) => purityOf(of(s))} />
            </div>
          </div>
        )
      })}
    </section>
  )
}

/** Whether a product shows a change since another solution. */
function isMoved(product: Product, before: Solution): boolean {
  const then = before.products.find(({ name }) => name === product.name)
  return [rateOf, purityOf].some((figure) => {
    const now = figure(product)
    return now !== undefined && formatChange(figure(then), now) !== undefined
  })
}
