import type { Funding, FundingFloors, FundingMix } from '../economics/index.ts'
import type { Appraisal } from '../scenario/index.ts'
import { moneyUnit } from './appraisal-text.ts'
import { rateText } from './finance-text.ts'
import { figure } from './numbers.ts'

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

/** What was sought of money, and the mix that was found or comes nearest. */
export function fundingText(
  appraisal: Appraisal,
  seek: string,
  { equityIrr, dscr }: FundingFloors,
  funding: Funding,
): string {
  const unit = moneyUnit(appraisal, 'M')
  const millions = (amount: number) => `${(amount / 1e6).toFixed(2)} ${unit}`
  const floors = [
    ...(equityIrr === undefined ? [] : [`equity return ${percent(equityIrr)} or more`]),
    ...(dscr === undefined ? [] : [`debt service cover ${figure(dscr, 3)} or more`]),
  ]
  const mix: FundingMix = funding.outcome === 'found' ? funding.mix : funding.nearest
  const rows: readonly (readonly [string, string])[] = [
    ['grant', millions(mix.grant)],
    ['loan', `${millions(mix.debt)}, ${percent(mix.debtShare)} of the fixed capital`],
    ['equity put in', millions(mix.equity)],
    ['equity return', rateText(mix.equityIrr)],
    ['debt service cover', mix.dscr === undefined ? 'no loan' : figure(mix.dscr, 3)],
    ['project value', millions(mix.projectNpv)],
  ]
  return [
    `Funding: ${seek.replace('-', ' ')}${floors.length === 0 ? '' : ` with ${floors.join(' and ')}`}`,
    ...(funding.outcome === 'found' ? [] : [`not possible: ${funding.why}; the nearest mix`]),
    ...rows.map(([name, text]) => `  ${name.padEnd(20)}${text}`),
  ].join('\n')
}
