import { codeOf, type Draft, type Item, sideOf } from './draft.ts'
import { elementBalance } from './element-balance.ts'
import { type Joint, jointOf } from './joint.ts'
import { type Measurements, measurementsOf, readingOf } from './measurements.ts'
import { sharedBy } from './sums.ts'
import { suspectsOf } from './suspects.ts'
import type {
  BalanceLine,
  BalanceOptions,
  BalanceReport,
  LineElement,
  ModelledHoldUp,
  Quantity,
} from './types.ts'

const quantity = (value: number, u: number | undefined): Quantity =>
  u === undefined ? { value } : { value, u }

/** Mass times fraction; first order, independent of each other. */
const product = (mass: Quantity, fraction: Quantity): Quantity =>
  quantity(
    mass.value * fraction.value,
    mass.u === undefined || fraction.u === undefined
      ? undefined
      : Math.hypot(mass.u * fraction.value, mass.value * fraction.u),
  )

function lineElement(
  item: Item,
  element: string,
  { parts }: Measurements,
  joint: Joint | undefined,
  options: BalanceOptions,
): LineElement {
  const content = item.contents.find((one) => one.element === element)
  const part = parts.get(element)?.find((one) => one.item === item)
  if (content === undefined || part === undefined) return { element, isBelow: false }
  const { value, u } = readingOf(content, options)
  const fraction = quantity(value, u)
  const estimate = joint?.estimates.get(part.fraction ?? '')
  const mass = joint?.estimates.get(part.mass ?? '')
  const [g, m] = [estimate?.value, mass?.value]
  return {
    element,
    fraction,
    contained: product(quantity(item.mg / 1e6, item.massU), fraction),
    isBelow: content.isBelow,
    from: content.from,
    status: content.status,
    ...(g === undefined || m === undefined
      ? {}
      : { reconciled: { fraction: quantity(g, estimate?.valueU), contained: { value: g * m } } }),
    ...(estimate === undefined ? {} : { flag: estimate.flag }),
  }
}

function lineOf(
  item: Item,
  measurements: Measurements,
  joint: Joint | undefined,
  options: BalanceOptions,
): BalanceLine {
  const { role, side, lot, master, mg, massU } = item
  const mass = joint?.estimates.get(`m ${role} ${lot}`)
  return {
    role,
    side,
    name: codeOf(master, lot),
    lot,
    ...(master?.product === undefined ? {} : { product: master.product }),
    mass: quantity(mg / 1e6, massU),
    ...(mass?.value === undefined ? {} : { reconciledMass: quantity(mass.value, mass.valueU) }),
    ...(mass === undefined ? {} : { massFlag: mass.flag }),
    elements: measurements.elements.map((element) =>
      lineElement(item, element, measurements, joint, options),
    ),
  }
}

/** The circuits as the model has them: no lot, elements alone. */
function modelLines(
  elements: readonly string[],
  model: ModelledHoldUp,
  joint: Joint | undefined,
): readonly BalanceLine[] {
  return (['open', 'close'] as const).map((role) => {
    const held = elements.filter((element) => (model[role][element] ?? 0) > 0)
    const total = held.reduce((sum, element) => sum + (model[role][element] ?? 0), 0)
    return {
      role,
      side: sideOf(role),
      name: 'in the circuits, by the model',
      mass: { value: total },
      elements: held.map((element) => {
        const kg = model[role][element] ?? 0
        const estimate = joint?.estimates.get(`model ${role} ${element}`)
        return {
          element,
          contained: { value: kg, u: model.u * kg },
          isBelow: false,
          ...(estimate === undefined ? {} : { flag: estimate.flag }),
        }
      }),
    }
  })
}

function notesOf(draft: Draft, measurements: Measurements, joint: Joint | undefined) {
  const notes = [...draft.notes]
  const below = [...measurements.byName.values()].filter(({ isBelow }) => isBelow === true).length
  if (below > 0) {
    notes.push(
      `${below} assays are below their limit of quantification: half of it is counted, spread evenly from nothing to it`,
    )
  }
  if (measurements.missing.length > 0) {
    notes.push(
      `${measurements.missing.length} measurements have no stated uncertainty and the site has given no default: ` +
        'gaps that rest on them are not judged',
    )
  }
  const result = joint?.result
  if (result?.outcome === 'singular')
    notes.push(`not reconciled: ${result.constraint} ${result.detail}`)
  if (result?.outcome === 'not-determined') notes.push(`not reconciled: ${result.detail}`)
  const negative = [...(joint?.estimates.values() ?? [])].filter(
    ({ value = 0, valueU = 0 }) => value < -1e-12 && value < -valueU,
  )
  for (const { name } of negative) {
    notes.push(`${name} would have to be less than nothing: look for what else is wrong`)
  }
  const last = result !== undefined && 'global' in result ? result.global : undefined
  if (last !== undefined && !last.isPassed) {
    notes.push(
      'the measurements contradict each other beyond what was set aside: somebody has to look',
    )
  }
  return notes
}

/** Everything that a balance says, from what the ledger holds. Pure. */
export function balanceOf(draft: Draft, options: BalanceOptions): BalanceReport {
  const measurements = measurementsOf(draft, options)
  const joint = jointOf(draft, measurements, options)
  const shared = sharedBy(measurements.shared)
  const { kind, title, campaign, from, to, isSynthetic, holdUp } = draft
  const model = holdUp.basis === 'modelled' ? options.modelledHoldUp : undefined
  return {
    kind,
    title,
    ...(campaign === undefined ? {} : { campaign }),
    from,
    ...(to === undefined ? {} : { to }),
    isSynthetic,
    elements: measurements.elements.map((element) => {
      const balance = elementBalance(draft, measurements, shared, element)
      const reconciledRecovery = joint?.recoveries.get(element)
      return reconciledRecovery === undefined ? balance : { ...balance, reconciledRecovery }
    }),
    lines: [
      ...draft.items.map((item) => lineOf(item, measurements, joint, options)),
      ...(model === undefined ? [] : modelLines(measurements.elements, model, joint)),
    ],
    holdUp,
    ...(joint === undefined ? {} : { reconciliation: joint.result }),
    suspects: suspectsOf(draft, measurements, joint),
    missing: measurements.missing,
    notes: notesOf(draft, measurements, joint),
  }
}
