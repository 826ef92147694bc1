/** What goes into a transformation and what comes out of it; what is put into packages. */
import type { AggregationEvent, TransformationEvent } from '../epcis/event.ts'
import { codeOf } from '../uris.ts'
import {
  type Amount,
  amountsOf,
  type Draft,
  placeAfter,
  placed,
  placesBefore,
  whyOf,
} from './draft.ts'
import { mastersOf, weighingsOf } from './said.ts'

/** Lots with their masses; one without is a trouble, because it would be a share of nothing. */
function weighedOf(draft: Draft, amounts: readonly Amount[]): readonly Required<Amount>[] {
  return amounts.flatMap(({ lot, mg }) => {
    if (mg !== undefined) return [{ lot, mg }]
    draft.troubles.push({ lot, message: `how much of ${codeOf(lot)} was transformed is not said` })
    return []
  })
}

export function readTransformation(draft: Draft, event: TransformationEvent): void {
  const node = event.transformationID ?? draft.id
  const { time, id } = draft
  const before = placesBefore(draft, event)
  const isPart = event.transformationID !== undefined
  const inputs = weighedOf(draft, amountsOf(draft, event.inputQuantityList))
  const outputs = weighedOf(draft, amountsOf(draft, event.outputQuantityList))
  for (const { lot, mg } of inputs) {
    const why = whyOf(draft, event, isPart ? 'charge' : 'transform')
    draft.masses.push({ lot, kind: 'change', mg: -mg, ...placed(before(lot)), why })
    draft.flows.push({ node, lot, direction: 'in', mg, time, event: id })
  }
  for (const { lot, mg } of outputs) {
    const why = whyOf(draft, event, isPart ? 'draw' : 'transform')
    draft.masses.push({ lot, kind: 'change', mg, ...placed(placeAfter(event)), why })
    draft.flows.push({ node, lot, direction: 'out', mg, time, event: id })
  }
  const lots = outputs.map(({ lot }) => lot)
  draft.lots.push(...mastersOf(draft, event.ilmd, lots))
  for (const { lot, ...spread } of weighingsOf(draft, event)) {
    const mg = [...inputs, ...outputs].find((one) => one.lot === lot)?.mg
    if (mg !== undefined) draft.weighings.push({ lot, time, event: id, mg, ...spread })
  }
}

export function readAggregation(draft: Draft, event: AggregationEvent): void {
  const { action, parentID } = event
  if (action === 'OBSERVE' || parentID === undefined) return
  const { time, id } = draft
  for (const { lot, mg } of amountsOf(draft, event.childQuantityList)) {
    const part = mg === undefined ? {} : { mg }
    draft.packings.push({ lot, time, event: id, package: parentID, action, ...part })
  }
}
