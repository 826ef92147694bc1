/** Choices that move a published NPV by several per cent and are seldom printed. All are, here. */
export interface Conventions {
  /** The instant at which a present value stands. */
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
  /** How a yearly rate becomes that of a quarter: `effective` compounds to it. */
  readonly quarterlyRate: 'effective' | 'nominal'
  /** Working capital goes in during the last construction period or the first of operation. */
  readonly workingCapitalAt: 'last-construction' | 'first-operation'
}
