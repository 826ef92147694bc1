/** What is read out of one event, while it is read. */
import { extension } from '../coded.ts'
import type {
  CampaignMark,
  Effects,
  Flow,
  MassEffect,
  Packing,
  Release,
  Shipment,
  Trouble,
} from '../effects.ts'
import type { EpcisEvent, Json, QuantityElement } from '../epcis/event.ts'
import { timeOf } from '../epcis/time.ts'
import type { Assay, LotMaster, Weighing } from '../lot.ts'
import { massOf } from '../mass.ts'
import { codeOf } from '../uris.ts'

/** Effects whose lists still grow, with the event that they are read from. */
export interface Draft {
  readonly time: number
  readonly id: string
  readonly context: Json
  /** Name of the command that made the event; undefined for events of others. */
  readonly command: string | undefined
  readonly lots: LotMaster[]
  readonly masses: MassEffect[]
  readonly flows: Flow[]
  readonly weighings: Weighing[]
  readonly assays: Assay[]
  readonly shipments: Shipment[]
  readonly packings: Packing[]
  readonly releases: Release[]
  readonly campaigns: CampaignMark[]
  readonly troubles: Trouble[]
}

export interface Captured {
  readonly event: EpcisEvent
  readonly context: Json
}

export function draftOf({ event, context }: Captured): Draft {
  const command = extension(event, 'command', context)
  return {
    time: timeOf(event.eventTime) ?? 0,
    id: event.eventID ?? '',
    context,
    command: typeof command === 'string' ? command : undefined,
    lots: [],
    masses: [],
    flows: [],
    weighings: [],
    assays: [],
    shipments: [],
    packings: [],
    releases: [],
    campaigns: [],
    troubles: [],
  }
}

export function finish({ context: _, command: __, releases, ...rest }: Draft): Effects {
  return releases.length === 0 ? rest : { ...rest, releases }
}

/** A lot of a list of quantities; without `mg` the event says nothing of how much. */
export interface Amount {
  readonly lot: string
  readonly mg?: number
}

/** Lots of a list with their masses; what is no mass is a trouble, and left out. */
export function amountsOf(draft: Draft, list: readonly QuantityElement[] = []): readonly Amount[] {
  return list.flatMap(({ epcClass: lot, quantity, uom }): Amount[] => {
    if (quantity === undefined) return [{ lot }]
    const mg = uom === undefined ? undefined : massOf(quantity, uom)
    if (mg !== undefined) return [{ lot, mg }]
    const unit = uom === undefined ? 'without a unit' : uom
    const message = `${quantity} ${unit} of ${codeOf(lot)} is no mass that the ledger can keep`
    draft.troubles.push({ lot, message })
    return []
  })
}

/** The last word of a business step, disposition or type, however it is written. */
export const word = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : codeOf(text).replace(/^.*[-#]/, '')

/** The word for why mass moves: that of the command, else of the business step. */
export const whyOf = (draft: Draft, event: EpcisEvent, otherwise: string): string =>
  draft.command ?? word(event.bizStep) ?? otherwise

/** Where things are after an event. */
export const placeAfter = (event: EpcisEvent): string | undefined =>
  event.bizLocation?.id ?? event.readPoint?.id

function ofType<T extends { readonly type: string }>(
  list: readonly T[] | undefined,
  ...types: readonly string[]
): T | undefined {
  for (const type of types) {
    const found = list?.find((one) => word(one.type) === type)
    if (found !== undefined) return found
  }
  return undefined
}

/** The party that an event says things come from. */
export const sourceParty = (event: EpcisEvent): string | undefined =>
  ofType(event.sourceList, 'owning_party', 'possessing_party')?.source

/** The party that an event says things go to. */
export const destinationParty = (event: EpcisEvent): string | undefined =>
  ofType(event.destinationList, 'owning_party', 'possessing_party')?.destination

/** The order that an event belongs to. */
export const orderOf = (event: EpcisEvent): string | undefined =>
  event.bizTransactionList?.find(({ type }) => word(type) === 'po')?.bizTransaction

/** Where each lot was before the event, as far as it says so. */
export function placesBefore(draft: Draft, event: EpcisEvent): (lot: string) => string | undefined {
  const location = ofType(event.sourceList, 'location')?.source
  const said = extension(event, 'from', draft.context)
  const own = new Map<string, string>()
  for (const one of Array.isArray(said) ? (said as readonly Json[]) : []) {
    if (one === null || typeof one !== 'object' || Array.isArray(one)) continue
    const { lot, place } = one as { readonly [field: string]: Json | undefined }
    if (typeof lot === 'string' && typeof place === 'string') own.set(lot, place)
  }
  return (lot) => own.get(lot) ?? location
}

/** A place where there is one, as a field that is left out where there is none. */
export const placed = (place: string | undefined) => (place === undefined ? {} : { place })
