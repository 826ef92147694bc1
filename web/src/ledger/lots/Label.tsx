import { address } from '../client.ts'
import { FileLink } from '../parts/links.tsx'

/** The label of a lot with its QR code, to look at, print and stick on. */
export function Label({ lot, code }: { readonly lot: string; readonly code: string }) {
  return (
    <>
      <img
        className="ledger-label"
        src={address('api/ledger/label.svg', { lot })}
        alt={`Label of ${code} with a QR code of its URI`}
        width={378}
        height={227}
        loading="lazy"
      />
      <div className="ledger-buttons">
        <FileLink to={address('api/ledger/label.pdf', { lot })}>Label as PDF</FileLink>
        <FileLink to={address('api/ledger/label.svg', { lot })}>SVG</FileLink>
      </div>
    </>
  )
}
