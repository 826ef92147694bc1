import * as z from 'zod'
import { type CustodyModel, custodyModels } from '../lot.ts'
import { massText } from '../mass.ts'
import { codeOf } from '../uris.ts'
import {
  type Case,
  lotsOf,
  needsOf,
  newLot,
  openCase,
  placeOf,
  refuse,
  settle,
} from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { saidOf } from './parts/events.ts'
import {
  aboutLot,
  commonFields,
  kindField,
  linesOf,
  massField,
  newLotField,
  placeField,
  takenFields,
  weighedFields,
} from './parts/fields.ts'
import { sumOf, type Taken, takeAll, weighed } from './parts/take.ts'
import { conserve, type Made, madeMass, transformation } from './parts/yield.ts'

const line = z.strictObject({ ...takenFields, ...weighedFields })

const input = z.strictObject({
  lots: linesOf(line, 'the lots that are blended, and how much of each', 2),
  into: z
    .strictObject({
      lot: newLotField,
      mass: massField
        .describe('mass of the blend; left out: the sum of its parts, which it must be')
        .optional(),
      kind: kindField().describe('left out: that of the first lot').optional(),
      ...aboutLot,
      ...weighedFields,
    })
    .describe('the new lot'),
  place: placeField.describe('place of the blend; left out: where the first lot was').optional(),
  ...commonFields,
})

const rank = (model: CustodyModel) => custodyModels.indexOf(model)
/** What a lot of which nobody has said a model counts as, in a mixture with others. */
const unsaid: CustodyModel = 'controlled-blending'

/**
 * The strictest model that a blend of these may be kept by; undefined when nobody has said any.
 * A lot that keeps its identity loses it in any blend.
 */
function strictest(inputs: readonly Taken[]): CustodyModel | undefined {
  const models = inputs.map(({ state }) => state.master?.custody)
  if (models.every((model) => model === undefined)) return undefined
  const ranks = models.map((model) => rank(model ?? unsaid))
  return custodyModels[Math.max(1, ...ranks)]
}

const isStrict = (model: CustodyModel | undefined) =>
  model === 'identity-preserved' || model === 'segregated'

/** Refuses a blend that takes a strict model from a lot without saying so. */
function keepCustody(
  c: Case,
  inputs: readonly Taken[],
  wanted: CustodyModel | undefined,
): CustodyModel | undefined {
  const allowed = strictest(inputs)
  if (allowed === undefined) return wanted
  const strict = inputs.find(({ state }) => {
    const model = state.master?.custody
    return isStrict(model) && model !== undefined && rank(model) < rank(allowed)
  })
  const isSaid = wanted !== undefined && rank(wanted) >= rank(allowed)
  if (isSaid || (wanted === undefined && strict === undefined)) return wanted ?? allowed
  const detail =
    strict === undefined
      ? `A blend of these lots can be kept by ${allowed} at most, and ${wanted} is asked for.`
      : `Lot ${codeOf(strict.uri)} is kept by ${strict.state.master?.custody}; blended with the others it can be ${allowed} at most.`
  refuse(c, 'mixes-custody', detail, `\`into.custody\`: ${allowed}, or a weaker model.`)
  return undefined
}

export const blend = defineCommand<z.infer<typeof input>>({
  name: 'blend',
  about: 'Several lots, or parts of them, become one.',
  roles: ['operator'],
  input,
  example: {
    lots: [{ lot: 'F-2026-0001', mass: '100 kg' }, { lot: 'F-2026-0002' }],
    into: { lot: 'B-2026-0001', description: 'charge for campaign 2' },
    time: '2026-03-02T12:30:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: [...lotsOf(said.lots), said.into.lot] }),
  judge: (said, known) => {
    const c = openCase('blend', said, known)
    const inputs = takeAll(c, said.lots)
    const { into } = said
    const mass = into.mass ?? `${sumOf(inputs)} mg`
    const custody = keepCustody(c, inputs, into.custody)
    const [first] = inputs
    const made: Made = {
      master: {
        ...newLot(c, into.lot),
        kind: into.kind ?? first?.state.master?.kind ?? 'intermediate',
        ...saidOf(c, { ...into, custody }),
      },
      weighed: weighed({ ...into, mass }),
    }
    const place = said.place === undefined ? first?.place : placeOf(c, said.place)
    if (inputs.length === said.lots.length) {
      const expected = `A blend of ${massText(sumOf(inputs))}; weigh the lots first if they were other.`
      conserve(c, sumOf(inputs), madeMass([made]), expected)
    }
    return settle(c, () => [transformation(c, inputs, [made], { place, bizStep: 'assembling' })])
  },
})
