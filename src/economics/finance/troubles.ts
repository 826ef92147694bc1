import type { Ramp } from '../sales.ts'
import { completeConventions } from './conventions.ts'
import type { Debt } from './debt.ts'
import type { CashFlowInputs } from './inputs.ts'

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0)

const isWhole = (shares: readonly number[]) => Math.abs(sum(shares) - 1) < 1e-6

const percent = (share: number) => `${Number((100 * share).toPrecision(6))} %`

function rampTroubles(ramp: Ramp, whose: string): string[] {
  if (ramp.shares.length === 0) return [`the ramp of ${whose} has no share: give at least one`]
  return ramp.shares.some((share) => share < 0) ? [`the ramp of ${whose} has a negative share`] : []
}

function spendTroubles(inputs: CashFlowInputs): string[] {
  const schedules = [
    { name: 'the plant', spend: inputs.spend },
    ...inputs.capital.flatMap(({ name, spend }) => (spend === undefined ? [] : [{ name, spend }])),
  ]
  return schedules.flatMap(({ name, spend }) => [
    ...(isWhole(spend)
      ? []
      : [`the spending of ${name} adds up to ${percent(sum(spend))}, not to 100 %`]),
    ...(spend.length === inputs.spend.length
      ? []
      : [`${name} is spent over ${spend.length} years, construction takes ${inputs.spend.length}`]),
  ])
}

function debtTroubles(debt: Debt, inputs: CashFlowInputs): string[] {
  const found: string[] = []
  const { name, term, grace = 0 } = debt
  if (term > inputs.life) {
    found.push(`${name} runs for ${term} years, the plant for ${inputs.life}: it is repaid by then`)
  }
  if (grace >= term) found.push(`${name} has ${grace} years of grace in a term of ${term}`)
  if ('dscr' in debt.size && debt.repayment !== 'sculpted') {
    found.push(`${name} is sized by its cover, so its repayment is sculpted`)
  }
  const { deductible } = completeConventions(inputs.conventions)
  const followsCash = debt.repayment === 'sculpted' || 'dscr' in debt.size
  if (followsCash && deductible === 'loan-payment') {
    found.push(
      `${name} follows the cash after tax: its principal is not deducted while it is shaped`,
    )
  }
  return found
}

function saleTroubles(inputs: CashFlowInputs): string[] {
  const known = new Set(inputs.sales.map(({ product }) => product))
  const royalties = (inputs.royalties ?? []).flatMap(({ name, products = [] }) =>
    products
      .filter((product) => !known.has(product))
      .map((product) => `royalty ${name} names ${product}, which is not sold`),
  )
  const sales = inputs.sales.flatMap(({ product, market, ramp }) => [
    ...(typeof market !== 'number' && market.length === 0 ? [`${product} has no price`] : []),
    ...(ramp === undefined ? [] : rampTroubles(ramp, product)),
  ])
  return [...sales, ...royalties]
}

/**
 * What is wrong with the inputs of a cash flow, in sentences; empty when all is well. `cashFlow`
 * itself trusts what it is given, so that many draws need not be looked at again.
 */
export function cashFlowTroubles(inputs: CashFlowInputs): readonly string[] {
  const found: string[] = []
  if (!(inputs.life > 0)) found.push(`a life of ${inputs.life} years produces nothing`)
  if (inputs.spend.length > 0 || inputs.capital.length > 0) found.push(...spendTroubles(inputs))
  found.push(...rampTroubles(inputs.ramp, 'the plant'), ...saleTroubles(inputs))
  for (const { name, milestones } of inputs.grants ?? []) {
    const shares = milestones.map(({ share }) => share)
    if (isWhole(shares)) continue
    found.push(`the milestones of ${name} add up to ${percent(sum(shares))}, not to 100 %`)
  }
  for (const { name, everyYears } of inputs.replacements ?? []) {
    if (!(everyYears > 0)) found.push(`${name} is replaced every ${everyYears} years`)
  }
  for (const debt of inputs.debt ?? []) {
    if (inputs.spend.length === 0)
      found.push(`${debt.name} is drawn in construction: there is none`)
    found.push(...debtTroubles(debt, inputs))
  }
  return found
}
