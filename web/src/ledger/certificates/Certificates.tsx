import { navigate, useRoute, withQuery } from '../../app/router.ts'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import { shortUri } from '../parts/figures.ts'
import { FileLink } from '../parts/links.tsx'
import { Asked } from '../parts/pieces.tsx'
import { Shown } from '../parts/Shown.tsx'
import type { Certificate, LotPage, Specification, SpecificationList } from '../said.ts'
import { Sheet } from './Sheet.tsx'

/** Lots that a certificate is usually made for. */
const products = address('api/ledger/lots', { kind: 'product,by-product', limit: 200 })

/** Certificates of analysis: chosen, read, printed. */
export function Certificates() {
  const { query } = useRoute()
  const lots = useAsked<LotPage>(products)
  const specifications = useAsked<SpecificationList>('api/ledger/specifications')
  const all = specifications.value?.specifications ?? []
  const asked = query.get('lot') ?? lots.value?.lots[0]?.uri
  const lot =
    lots.value?.lots.find(({ uri, code }) => uri === asked || code === asked)?.uri ?? asked
  const chosen = (query.get('spec') ?? '').split(',').filter((id) => id !== '')
  return (
    <>
      <div className="ledger-choice">
        <Asked label="Lot">
          {(id) => (
            <select
              id={id}
              value={lot ?? ''}
              onChange={(event) => navigate(withQuery({ lot: event.target.value }), true)}
            >
              {lot === undefined ? <option value="">no product yet</option> : null}
              {optionsOf(lots.value, lot).map(([uri, name]) => (
                <option key={uri} value={uri}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Asked>
        <Against all={all} chosen={chosen} />
      </div>
      {lot === undefined ? (
        <Shown asked={lots} what="the products">
          {() => <p>No product has been drawn yet, so there is nothing to certify.</p>}
        </Shown>
      ) : (
        <OfLot key={lot} lot={lot} specs={chosen} />
      )}
    </>
  )
}

/** The lots to choose from, the present one among them whatever it is. */
function optionsOf(
  page: LotPage | undefined,
  lot: string | undefined,
): readonly (readonly [uri: string, name: string])[] {
  const options = (page?.lots ?? []).map(({ uri, code, master }) => {
    return [uri, [shortUri(code), master?.product ?? ''].join('  ').trim()] as const
  })
  if (lot === undefined || options.some(([uri]) => uri === lot)) return options
  return [[lot, shortUri(lot)], ...options]
}

function Against({
  all,
  chosen,
}: {
  readonly all: readonly Specification[]
  readonly chosen: readonly string[]
}) {
  const put = (id: string, isOn: boolean) => {
    const next = isOn ? [...chosen, id] : chosen.filter((one) => one !== id)
    navigate(withQuery({ spec: next.length === 0 ? null : next.join(',') }), true)
  }
  if (all.length === 0) return null
  return (
    <details className="ledger-against" open={chosen.length > 0 || undefined}>
      <summary>
        {chosen.length === 0 ? 'Against which specifications?' : `Against ${chosen.length}`}
      </summary>
      <fieldset>
        <legend>Specifications</legend>
        {all.map(({ id, name, source }) => (
          <label key={id} title={source}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => put(id, event.target.checked)}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

function OfLot({ lot, specs }: { readonly lot: string; readonly specs: readonly string[] }) {
  const question = { lot, spec: specs.join(',') }
  const asked = useAsked<Certificate>(address('api/ledger/certificate', question))
  return (
    <Shown asked={asked} what="the certificate">
      {(certificate) => (
        <>
          <div className="ledger-buttons ledger-no-print">
            <button type="button" className="button" onClick={() => window.print()}>
              Print
            </button>
            <FileLink to={address('api/ledger/certificate.pdf', question)}>PDF</FileLink>
          </div>
          <Sheet certificate={certificate} />
        </>
      )}
    </Shown>
  )
}
