import type { FundingRequest } from '../../../src/economics/finance/funding.ts'
import type { CashFlowInputs, Debt } from '../../../src/economics/finance/index.ts'

/** What the form asks for, as it is typed. Nothing is filled in that the plant does not state. */
export interface FundingWish {
  readonly seek: FundingRequest['seek']
  /** Per cent a year. */
  readonly equityIrr: string
  readonly dscr: string
  /** Millions of the currency. */
  readonly grant: string
  /** Per cent of the fixed capital. */
  readonly mostDebt: string
  /** Per cent a year. */
  readonly rate: string
  /** Years. */
  readonly term: string
  readonly repayment: Debt['repayment']
}

const percent = (share: number) => `${Number((100 * share).toPrecision(8))}`

/** The wish that a plant's own funding suggests. */
export function wishOf({ grants = [], debt = [] }: CashFlowInputs): FundingWish {
  const [loan] = debt
  const granted = grants.reduce((sum, { amount }) => sum + amount, 0)
  return {
    seek: 'most-debt',
    equityIrr: '',
    dscr: loan !== undefined && 'dscr' in loan.size ? `${loan.size.dscr}` : '',
    grant: granted > 0 ? `${Number((granted / 1e6).toPrecision(8))}` : '',
    mostDebt: '',
    rate: loan === undefined ? '' : percent(loan.rate),
    term: loan === undefined ? '' : `${loan.term}`,
    repayment: loan?.repayment ?? 'annuity',
  }
}

interface Bound {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly needed?: boolean
}

const bounds: Readonly<Partial<Record<keyof FundingWish, Bound>>> = {
  equityIrr: { name: 'the return on equity', min: -50, max: 200 },
  dscr: { name: 'the service cover', min: 0.5, max: 10 },
  grant: { name: 'the grant', min: 0, max: 1e6 },
  mostDebt: { name: 'the largest share of debt', min: 0, max: 100 },
  rate: { name: 'the interest of the loan', min: 0, max: 100, needed: true },
  term: { name: 'the term of the loan', min: 1, max: 40, needed: true },
}

/** The request that a wish means, or what is missing for one, in words. */
export function requestOf(
  wish: FundingWish,
  inputs: CashFlowInputs,
): { readonly ok: true; readonly request: FundingRequest } | { readonly ok: false; why: string } {
  const numbers = new Map<string, number>()
  for (const [key, { name, min, max, needed }] of Object.entries(bounds)) {
    const text = Reflect.get(wish, key)
    const typed = typeof text === 'string' ? text.trim() : ''
    if (typed === '' && needed === true) return { ok: false, why: `Give ${name}.` }
    if (typed === '') continue
    const value = Number(typed)
    if (!(value >= min && value <= max)) {
      return { ok: false, why: `${name} is a number from ${min} to ${max}.` }
    }
    numbers.set(key, value)
  }
  if (!numbers.has('equityIrr') && !numbers.has('dscr')) {
    return { ok: false, why: 'Give a floor: the return on equity, the service cover, or both.' }
  }
  return { ok: true, request: asked(wish, inputs, (key) => numbers.get(key)) }
}

function asked(
  { seek, repayment }: FundingWish,
  { grants = [], debt = [] }: CashFlowInputs,
  of: (key: keyof FundingWish) => number | undefined,
): FundingRequest {
  const [equityIrr, dscr, grant, mostDebt] = [
    of('equityIrr'),
    of('dscr'),
    of('grant'),
    of('mostDebt'),
  ]
  const own = grants[0] ?? {
    name: 'grant',
    milestones: [{ at: 0, share: 1 }],
    treatment: 'reduces-base',
  }
  const loan = debt[0] ?? { name: 'loan', duringConstruction: 'capitalised' }
  return {
    seek,
    floors: {
      ...(equityIrr === undefined ? {} : { equityIrr: equityIrr / 100 }),
      ...(dscr === undefined ? {} : { dscr }),
    },
    ...(grant === undefined ? {} : { grant: { ...own, amount: grant * 1e6 } }),
    debt: {
      ...loan,
      size: { shareOf: 'fixed-capital', share: 0 },
      rate: (of('rate') ?? 0) / 100,
      term: of('term') ?? 1,
      repayment,
    },
    ...(mostDebt === undefined ? {} : { mostDebt: mostDebt / 100 }),
  }
}
