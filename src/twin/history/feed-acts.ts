/** Deliveries: received, labelled, sampled, looked at, analysed. */
import type { Random } from '../../numerics/index.ts'
import { final, provisional, type Slips } from './assaying.ts'
import { weigh, scales } from './measuring.ts'
import { feedWords, type Supplier, suppliers } from './names.ts'
import { day, type Delivery, hour, sampleKg } from './plan.ts'
import type { Act, Teller } from './teller.ts'

export interface FeedLot {
  readonly code: string
  readonly delivery: Delivery
  /** What somebody got wrong of it. */
  readonly slip?: 'mistyped weight' | 'noted twice' | Slips
}

const shareText = (share: number) => `${Math.round(100 * share)} %`

function sourcesOf({ postConsumer }: Supplier) {
  return [
    ...(postConsumer > 0 ? [{ class: 'post-consumer', share: shareText(postConsumer) }] : []),
    ...(postConsumer < 1 ? [{ class: 'pre-consumer', share: shareText(1 - postConsumer) }] : []),
  ]
}

/** `137.4` with its first digits the other way round: what a tired hand types. */
const swapped = (mass: string) => mass.replace(/^(\d)(\d)(\d)/, '$1$3$2')

function receipt({ code, delivery }: FeedLot, mass: string, supplier: Supplier, note: string) {
  const { type } = delivery
  return {
    lot: code,
    mass,
    place: 'receiving',
    supplier: supplier.code,
    product: type === 'swarf' ? 'NdFeB swarf' : 'NdFeB magnets',
    description: feedWords[type],
    sources: sourcesOf(supplier),
    origin: [
      { step: 'mined', country: 'unknown' },
      ...(type === 'swarf' ? [] : [{ step: 'dismantled', country: supplier.country }]),
      { step: 'collected', country: supplier.country, operator: supplier.code },
    ],
    custody: 'controlled-blending',
    delivery: `DN-${note}`,
    instrument: scales.floor.name,
  }
}

/** A weight that was mistyped is put right the next day, with the event that says it. */
function retype(wrong: string, input: Readonly<Record<string, unknown>>): Act {
  return (teller) => {
    teller.say('correct', {
      event: wrong,
      reason: 'incorrect_data',
      instead: [{ command: 'receive', input }],
      note: 'two digits of the weighing slip were swapped',
    })
  }
}

function noteTwice(teller: Teller, code: string, input: Readonly<Record<string, unknown>>): void {
  const [event] = teller.say('receive', { ...input, lot: `${code}-B` })
  teller.later(teller.now() + day, (then) => {
    then.say('correct', {
      event: event?.eventID,
      reason: 'did_not_occur',
      note: 'the delivery was entered twice; there is no second one',
    })
  })
}

/** Everything that happens to a delivery before it is charged. */
export function delivered(feed: FeedLot, chance: Random): Act {
  return (teller) => {
    const { code, delivery, slip } = feed
    const supplier = chance.pick(suppliers[delivery.type])
    const mass = weigh(delivery.kg, scales.floor, chance)
    const input = receipt(feed, mass, supplier, String(chance.integer(10_000, 99_999)))
    const typed = slip === 'mistyped weight' ? swapped(mass) : mass
    const [event] = teller.say('receive', { ...input, mass: typed })
    if (typed !== mass) {
      const real = { ...input, time: event?.eventTime }
      teller.later(teller.now() + day, retype(event?.eventID ?? '', real))
    }
    if (slip === 'noted twice') noteTwice(teller, code, input)
    teller.later(teller.now() + 0.5 * hour, (then) => {
      then.say('label', { lots: [{ lot: code }], copies: 2 })
    })
    teller.later(teller.now() + 2 * hour, (then) => {
      const sample = { lot: `S-${code}`, mass: `${sampleKg} kg`, description: 'spear, every drum' }
      then.say('sample', { lot: code, samples: [sample], place: 'laboratory' })
    })
    teller.later(teller.now() + 4 * hour, (then) => {
      then.say('assay', { lot: code, ...provisional(delivery, chance) })
    })
    const slips = typeof slip === 'object' ? slip : {}
    teller.later(teller.now() + chance.between(6, 16) * day, (then) => {
      then.say('assay', { lot: `S-${code}`, ...final(delivery, chance, slips) })
    })
  }
}
