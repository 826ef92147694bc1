import {
  type Campaign,
  catchUp,
  type Flow,
  type Ledger,
  type LotKind,
  type LotState,
} from '../../ledger/index.ts'
import type { Draft } from './draft.ts'
import { type Amount, itemsOf, judged, smallNote } from './ledger-items.ts'
import type { BalanceOptions, BalanceReport, BalanceRole, HoldUp } from './types.ts'

/** The campaign of a URI or code, after catching up with the log. */
export async function findCampaign(
  ledger: Ledger,
  campaign: string,
): Promise<Campaign | undefined> {
  await catchUp(ledger)
  const [found] = await ledger.store.campaigns({ uris: [campaign] })
  if (found !== undefined) return found
  const all = await ledger.store.campaigns({})
  return all.find(({ code }) => code === campaign)
}

const roleIn = (kind: LotKind | undefined): BalanceRole =>
  kind === 'hold-up' ? 'open' : kind === 'reagent' ? 'reagent' : 'feed'

const rolesOut: Readonly<Partial<Record<LotKind, BalanceRole>>> = {
  product: 'product',
  'by-product': 'by-product',
  residue: 'residue',
  effluent: 'effluent',
  sample: 'sample',
  'hold-up': 'close',
}

const amountOf = (flow: Flow, states: ReadonlyMap<string, LotState>): Amount => {
  const kind = states.get(flow.lot)?.master?.kind
  const out = kind === undefined ? undefined : rolesOut[kind]
  const role = flow.direction === 'in' ? roleIn(kind) : (out ?? 'intermediate')
  return { role, lot: flow.lot, mg: flow.mg, time: flow.time }
}

/** Where what is in the circuits is known from. */
function holdUpOf(
  { end }: Campaign,
  amounts: readonly Amount[],
  options: BalanceOptions,
): { readonly holdUp: HoldUp; readonly notes: readonly string[] } {
  const has = (role: BalanceRole) => amounts.some((amount) => amount.role === role)
  const { modelledHoldUp, isHoldUpUnchanged } = options
  if (has('close') || (has('open') && end !== undefined)) {
    const notes = [
      ...(has('open') ? [] : ['no hold-up was charged: the circuits are taken to have been empty']),
      ...(has('close')
        ? []
        : ['no hold-up was drawn: the circuits are taken to have been emptied']),
    ]
    return { holdUp: { basis: 'measured', detail: 'lots of kind hold-up' }, notes }
  }
  if (modelledHoldUp !== undefined) {
    return { holdUp: { basis: 'modelled', detail: modelledHoldUp.detail }, notes: [] }
  }
  if (isHoldUpUnchanged === true && end !== undefined) {
    const detail = 'the site says that the circuits hold as much at the end as at the beginning'
    return { holdUp: { basis: 'stated', detail }, notes: [] }
  }
  const detail =
    end === undefined
      ? 'the campaign is running and nothing says what is in the circuits'
      : 'no lot of kind hold-up was charged or drawn, and no model was given'
  return { holdUp: { basis: 'unknown', detail }, notes: [] }
}

/**
 * Balance of a campaign (URI or code), element by element and jointly:
 * feed + open = product + by-products + residues + effluent + close + unaccounted. Open and close
 * are lots of kind hold-up that were charged and drawn, else what a model says. Undefined when
 * there is no such campaign.
 */
export async function campaignBalance(
  ledger: Ledger,
  campaign: string,
  options: BalanceOptions & { readonly isSynthetic?: boolean } = {},
): Promise<BalanceReport | undefined> {
  const found = await findCampaign(ledger, campaign)
  if (found === undefined) return undefined
  const flows = await ledger.store.flowsOf([found.uri])
  const states = await ledger.store.lots([...new Set(flows.map(({ lot }) => lot))])
  const amounts = flows.map((flow) => amountOf(flow, states))
  const { holdUp, notes } = holdUpOf(found, amounts, options)
  const { items, assays, small } = await itemsOf(ledger, amounts, options)
  const draft: Draft = {
    kind: 'campaign',
    title: `Campaign ${found.code}`,
    campaign: found.uri,
    from: found.start,
    ...(found.end === undefined ? {} : { to: found.end }),
    isSynthetic: options.isSynthetic ?? false,
    holdUp,
    notes: [...notes, ...smallNote(small)],
    items,
    assays,
  }
  return judged(ledger, draft, options)
}
