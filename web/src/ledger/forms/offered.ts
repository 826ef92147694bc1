import { useCallback, useMemo } from 'react'
import { useAsked } from '../asked.ts'
import { address } from '../client.ts'
import type { CampaignList, LedgerPlaceList, LotPage } from '../said.ts'
import type { Offered } from './Fields.tsx'

/** Codes of lots in stock, places and campaigns, for the fields that name one. */
export function useOffered(): Offered {
  const { value: lots } = useAsked<LotPage>(address('api/ledger/lots', { stock: 1, limit: 200 }))
  const { value: places } = useAsked<LedgerPlaceList>('api/ledger/places')
  const { value: campaigns } = useAsked<CampaignList>('api/ledger/campaigns')
  return useCallback(
    (about) => {
      if (/\bnew\b/.test(about)) return undefined
      if (/\bplaces?\b/.test(about)) return places?.places.map(({ code }) => code)
      if (/\bcampaigns?\b/.test(about)) return campaigns?.campaigns.map(({ code }) => code)
      return /URI of the lot|\blots\b/.test(about) ? lots?.lots.map(({ code }) => code) : undefined
    },
    [lots, places, campaigns],
  )
}

/** Codes of places alone; undefined until they are known. */
export function usePlaces(): readonly string[] | undefined {
  const { value } = useAsked<LedgerPlaceList>('api/ledger/places')
  return useMemo(() => value?.places.map(({ code }) => code), [value])
}
