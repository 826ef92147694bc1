/** Choices that move a published NPV by several per cent and are seldom printed. All are, here. */
export interface Conventions {
  /** The instant at which a present value stands: always the start of the year that is named. */
  readonly timeZero: 'first-spend' | 'last-construction-year' | 'operation'
  /** Where in a period its flow is taken to fall. */
  readonly discountAt: 'start' | 'mid' | 'end'
  /** `real`: the discount rate is over inflation and is raised by it when flows are nominal. */
  readonly discountRate: 'real' | 'nominal'
  /** Allowances begin with the spending or with operation (all earlier spending counts then). */
  readonly depreciationFrom: 'spend' | 'operation'
  /** What is not yet deducted in the last year: deducted then, or never. */
  readonly depreciationAtEnd: 'written-off' | 'lost'
  /** Tax of a year is paid in its last period, or in that of the next year. */
  readonly taxPaid: 'same-year' | 'next-year'
  /** `loan-payment` deducts the principal too: only to check against models that do so. */
  readonly deductible: 'interest' | 'loan-payment'
  /** Interest and fees before operation: a loss that is carried, or never deducted. */
  readonly constructionInterest: 'deducted' | 'not-deducted'
  /** Where in a period a loan is drawn: decides the interest of that period. */
  readonly loanDrawn: 'start' | 'mid' | 'end'
  /** How a yearly loan rate becomes that of a quarter: `effective` compounds to it. */
  readonly quarterlyRate: 'effective' | 'nominal'
  /** First working capital goes in in the last period of construction or the first after it. */
  readonly workingCapitalAt: 'last-construction' | 'first-operation'
}

/**
 * The house's own: time zero at the first spend, flows at mid-period, allowances from the first day
 * of trading (UK: Capital Allowances Act 2001, section 12), interest deducted and principal not.
 */
export const defaultConventions: Conventions = {
  timeZero: 'first-spend',
  discountAt: 'mid',
  discountRate: 'nominal',
  depreciationFrom: 'operation',
  depreciationAtEnd: 'written-off',
  taxPaid: 'same-year',
  deductible: 'interest',
  constructionInterest: 'deducted',
  loanDrawn: 'mid',
  quarterlyRate: 'effective',
  workingCapitalAt: 'last-construction',
}

/** Sets of choices that go by a name; what they do not name is the default. */
export const conventionSets = {
  didymium: {},
  /** BioSTEAM (commit a508fdb9, tests/test_tea.py): deducts the principal from taxable income. */
  biosteam: {
    timeZero: 'last-construction-year',
    discountAt: 'start',
    depreciationAtEnd: 'lost',
    deductible: 'loan-payment',
    constructionInterest: 'not-deducted',
    loanDrawn: 'start',
  },
  /** QGESS as IDAES codes it: series worth factors, that is, flows at the end of each year. */
  qgess: { timeZero: 'first-spend', discountAt: 'end' },
} as const satisfies Readonly<Record<string, Partial<Conventions>>>

export type ConventionSet = keyof typeof conventionSets

type Meanings = { readonly [K in keyof Conventions]: Readonly<Record<Conventions[K], string>> }

const meanings: Meanings = {
  timeZero: {
    'first-spend': 'present values stand at the start of the year of the first spend',
    'last-construction-year':
      'present values stand at the start of the last year of construction; earlier flows are compounded',
    operation:
      'present values stand at the planned start of operation; earlier flows are compounded',
  },
  discountAt: {
    start: 'a flow falls at the start of its period',
    mid: 'a flow falls in the middle of its period',
    end: 'a flow falls at the end of its period',
  },
  discountRate: {
    real: 'the discount rate is over inflation',
    nominal: 'the discount rate includes inflation, where flows do',
  },
  depreciationFrom: {
    spend: 'allowances begin in the year of spending',
    operation: 'allowances begin with operation; earlier spending counts as of that day',
  },
  depreciationAtEnd: {
    'written-off': 'what is not yet deducted in the last year is deducted then',
    lost: 'what is not yet deducted in the last year is never deducted',
  },
  taxPaid: {
    'same-year': 'tax is paid at the end of its year',
    'next-year':
      'tax is paid at the end of the next year, that of the last year in the last period',
  },
  deductible: {
    interest: 'interest is deducted from taxable income, principal is not',
    'loan-payment':
      'the whole loan payment is deducted from taxable income, which no tax law allows',
  },
  constructionInterest: {
    deducted: 'interest and fees before operation are a loss that may be carried',
    'not-deducted': 'interest and fees before operation are never deducted',
  },
  loanDrawn: {
    start: 'loans are drawn at the start of each period',
    mid: 'loans are drawn in the middle of each period',
    end: 'loans are drawn at the end of each period',
  },
  quarterlyRate: {
    effective: 'quarterly loan rates compound to the yearly one',
    nominal: 'a quarterly loan rate is a quarter of the yearly one',
  },
  workingCapitalAt: {
    'last-construction': 'initial working capital goes in during the last period of construction',
    'first-operation': 'initial working capital goes in during the first period of operation',
  },
}

/** The choices that hold, those given over the default ones. */
export function completeConventions(given: Partial<Conventions> = {}): Conventions {
  return { ...defaultConventions, ...given }
}

/** Every choice with what it means, to print under a result. */
export function describeConventions(conventions: Conventions): readonly {
  readonly name: keyof Conventions
  readonly choice: string
  readonly means: string
}[] {
  const names = Object.keys(meanings) as (keyof Conventions)[]
  return names.map((name) => {
    const choice = conventions[name]
    return {
      name,
      choice,
      means: (meanings[name] as Readonly<Record<string, string>>)[choice] ?? '',
    }
  })
}

/** The choices that each convention has, in the order in which they are printed. */
export const conventionChoices: Readonly<Record<keyof Conventions, readonly string[]>> =
  Object.fromEntries(
    Object.entries(meanings).map(([name, choices]) => [name, Object.keys(choices)]),
  ) as Record<keyof Conventions, string[]>
