import { resultText } from '../lots/LotTables.tsx'
import { dayText, fractionText, massText, shortUri, sureText } from '../parts/figures.ts'
import { Pairs, Word } from '../parts/pieces.tsx'
import { sentence } from '../parts/Shown.tsx'
import type { Certificate, CertificateLine, Conformity } from '../said.ts'

const releases = {
  released: ['good', 'released by quality'],
  refused: ['bad', 'refused by quality'],
  none: ['warn', 'not yet released'],
} as const

/** The certificate of a lot as it is printed: results, what they make, and against which limits. */
export function Sheet({ certificate }: { readonly certificate: Certificate }) {
  const { code, lot, product, grade, netMg, issued, site, readings, computed, conformity, head } =
    certificate
  const [kind, words] = releases[certificate.release]
  return (
    <article className="ledger-sheet" aria-label={`Certificate of ${shortUri(code)}`}>
      <header>
        <h2>Certificate of analysis</h2>
        <p>{site === undefined ? '' : `${site.name}, ${site.country}`}</p>
        {certificate.isSynthetic ? (
          <p className="ledger-synthetic">
            <strong>Synthetic:</strong> made up for demonstration. It certifies nothing.
          </p>
        ) : null}
      </header>
      <Pairs
        pairs={[
          ['lot', shortUri(code)],
          ['product', [product, grade].filter((word) => word !== undefined).join(', ')],
          ['net mass', massText(netMg, 9)],
          ['issued', dayText(issued)],
          ['release', <Word kind={kind}>{words}</Word>],
        ]}
      />
      {conformity.map((one) => (
        <Against key={one.specification.id} conformity={one} />
      ))}
      {conformity.length === 0 ? (
        <p>Laid beside no specification: the results stand by themselves.</p>
      ) : null}
      <Computed computed={computed} />
      <Results readings={readings} />
      <footer>
        <p>
          Made from events 1 to {head.seq} of the ledger, whose chain of hashes ends in{' '}
          <code className="ledger-hash">{head.hash}</code>. ± is the expanded uncertainty with its
          k; &lt; is below the limit of quantification, which is not zero.
        </p>
        <p className="ledger-uri">{lot}</p>
      </footer>
    </article>
  )
}

function Computed({ computed }: Pick<Certificate, 'computed'>) {
  if (computed.length === 0) return null
  return (
    <>
      <h3>Computed from the results</h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">value</th>
            <th scope="col" className="table-text">
              how
            </th>
          </tr>
        </thead>
        <tbody>
          {computed.map((value, k) => (
            <tr key={k}>
              <th scope="row">{nameOf(value)}</th>
              <td>{valueText(value)}</td>
              <td className="table-text">{value.how}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Results({ readings }: Pick<Certificate, 'readings'>) {
  return (
    <>
      <h3>Results</h3>
      {readings.length === 0 ? <p>The laboratory has said nothing of it.</p> : null}
      <table className="table">
        <thead>
          <tr>
            <th scope="col">analyte</th>
            <th scope="col">result</th>
            <th scope="col" className="table-text">
              status
            </th>
            <th scope="col" className="table-text">
              method, laboratory
            </th>
            <th scope="col">analysed</th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading, k) => (
            <tr key={k}>
              <th scope="row">{reading.analyte}</th>
              <td>{resultText(reading)}</td>
              <td className="table-text">{reading.status}</td>
              <td className="table-text">
                {[reading.method, reading.laboratory]
                  .filter((word) => word !== undefined)
                  .join(', ')}
              </td>
              <td>{dayText(reading.time)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

const verdicts = {
  pass: ['good', 'meets'],
  fail: ['bad', 'falls short'],
  unknown: ['warn', 'unknown'],
  provisional: ['warn', 'provisional'],
} as const

const Verdict = ({ verdict }: { readonly verdict: CertificateLine['verdict'] }) => {
  const [kind, words] = verdicts[verdict]
  return <Word kind={kind}>{words}</Word>
}

function Against({ conformity: { specification, lines, verdict } }: { conformity: Conformity }) {
  return (
    <section className="ledger-spec">
      <h3>
        {specification.name}: <Verdict verdict={verdict} />
      </h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">limit</th>
            <th scope="col">value</th>
            <th scope="col" className="table-text">
              verdict
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, k) => (
            <tr key={k}>
              <th scope="row">{nameOf(line)}</th>
              <td>{limitText(line)}</td>
              <td>{valueText(line)}</td>
              <td className="table-text">
                <Verdict verdict={line.verdict} />
                {line.isClose ? ' within its uncertainty' : ''}
                {line.remark === undefined ? null : (
                  <div className="money-under">{line.remark}</div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="area-quiet">
        Source: {specification.source}.{' '}
        {specification.note === undefined ? '' : sentence(specification.note)}
      </p>
    </section>
  )
}

type Value = Certificate['computed'][number]

const nameOf = ({ measure, analyte }: Value): string =>
  measure === 'impurity' ? (analyte ?? measure) : [analyte, measure].filter(Boolean).join(', ')

function limitText({ limit: { atLeast, atMost } }: CertificateLine): string {
  return [
    ...(atLeast === undefined ? [] : [`≥ ${fractionText(atLeast, 6)}`]),
    ...(atMost === undefined ? [] : [`≤ ${fractionText(atMost, 6)}`]),
  ].join(', ')
}

function valueText({ value, below, u, k = 2, status }: Value): string {
  const mark = status === 'provisional' ? ', provisional' : ''
  if (value !== undefined) {
    return `${u === undefined ? fractionText(value) : `${sureText(value, u)} (k = ${k})`}${mark}`
  }
  return below === undefined ? 'unknown' : `< ${fractionText(below)}${mark}`
}
