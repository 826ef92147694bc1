import fc from 'fast-check'
import type {
  CashFlowInputs,
  Conventions,
  Debt,
  DepreciationRule,
  Sale,
} from '../../src/economics/index.ts'
import { conventionChoices } from '../../src/economics/index.ts'

/** Figures that shrink to plain ones: no subnormal numbers, no negative zero. */
const figure = (min: number, max: number) =>
  fc.integer({ min: Math.round(min * 1000), max: Math.round(max * 1000) }).map((x) => x / 1000)

const share = figure(0, 1)

/** Shares that add up to 1. */
const shares = (most: number) =>
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: most }).map((parts) => {
    const sum = parts.reduce((total, part) => total + part, 0)
    return parts.map((part) => part / sum)
  })

/** Every rule, with lives that fit and that do not fit into the project. */
export const depreciationRules: fc.Arbitrary<DepreciationRule> = fc.oneof(
  fc.record({ kind: fc.constant('straight-line' as const), years: figure(1, 40) }),
  fc.record({
    kind: fc.constant('double-declining' as const),
    years: fc.integer({ min: 1, max: 40 }),
    toStraightLine: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('sum-of-years' as const), years: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    kind: fc.constant('macrs' as const),
    years: fc.constantFrom(
      3 as const,
      5 as const,
      7 as const,
      10 as const,
      15 as const,
      20 as const,
    ),
  }),
  fc.record({ kind: fc.constant('writing-down' as const), rate: fc.constantFrom(0.14, 0.06, 0.5) }),
  fc.record({
    kind: fc.constant('first-year' as const),
    share,
    rest: fc.constantFrom<DepreciationRule>(
      { kind: 'writing-down', rate: 0.06 },
      { kind: 'macrs', years: 7 },
      { kind: 'straight-line', years: 33.333 },
    ),
    restFrom: fc.constantFrom('same-year' as const, 'next-year' as const),
  }),
  fc.record({ kind: fc.constant('table' as const), shares: shares(6) }),
)

const ramp = fc.record({
  by: fc.constantFrom('year' as const, 'quarter' as const),
  shares: fc.array(share, { minLength: 1, maxLength: 5 }),
})

const sale = (k: number): fc.Arbitrary<Sale> =>
  fc
    .record({
      ratePerYear: figure(0, 500),
      market: fc.oneof(figure(0, 300), fc.array(figure(0, 300), { minLength: 1, maxLength: 8 })),
      payable: share,
      output: fc.boolean(),
    })
    .map((of) => ({ product: `product ${String(k)}`, ...of }))

const anyOf = <K extends keyof Conventions>(name: K) =>
  fc.constantFrom(...(conventionChoices[name] as readonly Conventions[K][]))

const conventions: fc.Arbitrary<Conventions> = fc.record({
  timeZero: anyOf('timeZero'),
  discountAt: anyOf('discountAt'),
  discountRate: anyOf('discountRate'),
  depreciationFrom: anyOf('depreciationFrom'),
  depreciationAtEnd: anyOf('depreciationAtEnd'),
  taxPaid: anyOf('taxPaid'),
  deductible: anyOf('deductible'),
  constructionInterest: anyOf('constructionInterest'),
  loanDrawn: anyOf('loanDrawn'),
  quarterlyRate: anyOf('quarterlyRate'),
  workingCapitalAt: anyOf('workingCapitalAt'),
})

const debt = (k: number, life: number): fc.Arbitrary<Debt> =>
  fc
    .record({
      rate: figure(0, 0.15),
      term: fc.integer({ min: 1, max: life }),
      grace: fc.integer({ min: 0, max: 3 }),
      repayment: fc.constantFrom(
        'annuity' as const,
        'level-principal' as const,
        'sculpted' as const,
      ),
      duringConstruction: fc.constantFrom('paid' as const, 'capitalised' as const),
      arrangementFee: figure(0, 0.03),
      commitmentFee: figure(0, 0.02),
      share: figure(0, 0.9),
    })
    .map(({ share, grace, ...of }) => ({
      name: `loan ${String(k)}`,
      size: { shareOf: 'fixed-capital', share },
      grace: Math.min(grace, of.term - 1),
      ...of,
    }))

const upTo = <T>(most: number, of: (k: number) => fc.Arbitrary<T>) =>
  fc
    .integer({ min: 0, max: most })
    .chain((n) => fc.tuple(...Array.from({ length: n }, (_, k) => of(k))))

const capitalPart = (k: number) =>
  fc.record({
    name: fc.constant(`part ${String(k)}`),
    amount: figure(0, 50_000),
    depreciation: depreciationRules,
  })

const cost = (k: number) =>
  fc.record({
    name: fc.constant(`cost ${String(k)}`),
    amount: figure(-500, 5000),
    variable: fc.boolean(),
  })

const oneOff = (k: number) =>
  fc.record({
    name: fc.constant(`one-off ${String(k)}`),
    amount: figure(-500, 500),
    at: fc.oneof(figure(0, 10), fc.constant('end' as const)),
    treatment: fc.oneof(fc.constantFrom('expense' as const, 'none' as const), depreciationRules),
  })

const replacement = (k: number) =>
  fc.record({
    name: fc.constant(`replacement ${String(k)}`),
    amount: figure(0, 500),
    everyYears: fc.integer({ min: 1, max: 12 }),
    treatment: fc.oneof(fc.constant('expense' as const), depreciationRules),
  })

const grant = (k: number) =>
  fc.record({
    name: fc.constant(`grant ${String(k)}`),
    amount: figure(0, 20_000),
    milestones: shares(3).map((parts) => parts.map((part, at) => ({ at, share: part }))),
    treatment: fc.constantFrom('reduces-base' as const, 'income' as const, 'untaxed' as const),
  })

const phaseOut = [
  { year: 2031, share: 0.75 },
  { year: 2032, share: 0.5 },
  { year: 2033, share: 0.25 },
]

const credits = fc.constantFrom(
  [],
  [{ name: 'credit', shareOfCost: 0.1, treatment: 'against-tax' as const, phaseOut }],
  [{ name: 'per kg', perKg: 2, treatment: 'paid' as const }],
)

const workingCapital = fc.record({
  shareOfCapital: figure(0, 0.2),
  receivableDays: fc.integer({ min: 0, max: 90 }),
  inventoryDays: fc.integer({ min: 0, max: 90 }),
  payableDays: fc.integer({ min: 0, max: 60 }),
})

const tax = fc.record({
  rate: figure(0, 0.5),
  losses: fc.constantFrom(
    { kind: 'carried' as const, share: 1, free: 0 },
    { kind: 'carried' as const, share: 0.5, free: 500 },
    { kind: 'carried' as const, share: 0.8, free: 0 },
    { kind: 'refunded' as const },
    { kind: 'lost' as const },
  ),
})

/** Projects of every kind: lines, grants, loans, losses, prices, conventions. By year. */
export const projects: fc.Arbitrary<CashFlowInputs> = fc
  .record({ life: fc.integer({ min: 1, max: 25 }), spend: shares(4) })
  .chain(({ life, spend }) =>
    fc.record({
      basis: fc.constant({ currency: 'USD', year: '2024' }),
      step: fc.constant('year' as const),
      firstYear: fc.constant(2026),
      spend: fc.constant(spend),
      life: fc.constant(life),
      delay: fc.constantFrom(0, 0, 0.25, 1, 1.4),
      ramp,
      capital: upTo(3, capitalPart),
      sales: upTo(3, sale),
      costs: upTo(3, cost),
      oneOffs: upTo(2, oneOff),
      replacements: upTo(2, replacement),
      grants: upTo(2, grant),
      royalties: fc.constantFrom([], [{ name: 'licence', share: 0.065 }]),
      credits,
      workingCapital,
      inflation: fc.constantFrom({ general: 0 }, { general: 0.03, capital: 0.036, yearsBefore: 1 }),
      tax,
      debt: upTo(2, (k) => debt(k, life)),
      discountRate: figure(0, 0.25),
      conventions,
    }),
  )
