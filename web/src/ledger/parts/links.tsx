import type { ReactNode } from 'react'
import { href } from '../../app/router.ts'
import { shortUri } from './figures.ts'

/** A lot by its code; its page is behind it. */
export function LotLink({ uri, code }: { readonly uri: string; readonly code?: string }) {
  return <a href={href('ledger', 'lots', { lot: uri })}>{code ?? shortUri(uri)}</a>
}

/** A campaign by its code. */
export function CampaignLink({ uri, code }: { readonly uri: string; readonly code?: string }) {
  return <a href={href('ledger', 'campaigns', { campaign: uri })}>{code ?? shortUri(uri)}</a>
}

/** A place or a party: the end of its URI, all of it on hover. */
export const Uri = ({ uri }: { readonly uri: string }) => <span title={uri}>{shortUri(uri)}</span>

/** A link to a file that the server makes. */
export function FileLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a className="button ledger-button" href={to} download>
      {children}
    </a>
  )
}
