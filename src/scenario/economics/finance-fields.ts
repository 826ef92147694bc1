import type { Fields } from '../../flowsheet/fields.ts'
import { each, money, share } from './field-kinds.ts'

const shares = (about: string) =>
  ({
    type: 'list',
    of: { type: 'number', min: 0, max: 1, about: 'Share.' },
    optional: true,
    about,
  }) as const

const rate = (about: string) =>
  ({ type: 'number', min: -0.5, max: 1, optional: true, about }) as const

const years = (about: string, min = 0) => ({ type: 'number', min, max: 60, about }) as const

const portion = (about: string) => ({ type: 'number', min: 0, max: 1, default: 0, about }) as const

const depreciation = {
  name: { type: 'text', about: 'Which part of the capital.' },
  share: { type: 'number', min: 0, max: 1, about: 'Of the fixed capital.' },
  rule: {
    type: 'choice',
    options: [
      'straight-line',
      'double-declining',
      'sum-of-years',
      'macrs',
      'writing-down',
      'first-year',
      'bonus',
      'none',
    ],
    about:
      'How it is deducted; `first-year` deducts `rate` at once and writes the rest down, `bonus` has the rest by MACRS.',
  },
  years: {
    type: 'number',
    min: 1,
    max: 50,
    default: 10,
    about: 'Of the rules that have years; 33.333 is 3 % a year. A table takes the next class.',
  },
  rate: { type: 'number', min: 0, max: 1, default: 1, about: 'At once, or of what is left.' },
  rest: {
    type: 'number',
    min: 0,
    max: 1,
    default: 0.14,
    about: 'Written down of the rest, a year.',
  },
} as const satisfies Fields

const grant = {
  name: { type: 'text', about: 'Which.' },
  amount: each(undefined, 'Amount; it is not escalated.'),
  treatment: {
    type: 'choice',
    options: ['reduces-base', 'income', 'untaxed'],
    default: 'reduces-base',
    about: 'Lowers the sum that may be depreciated, is taxed as income, or neither.',
  },
  milestones: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A payment.',
      fields: {
        at: years('Years after the first spend.'),
        share: { type: 'number', min: 0, max: 1, about: 'Of the grant.' },
      },
    },
    about: 'When it is paid; as capital is spent if left out.',
  },
} as const satisfies Fields

const debt = {
  name: { type: 'text', default: 'loan', about: 'Which.' },
  share: share('Of the capital; or give `amount`, or `dscr`.'),
  of: {
    type: 'choice',
    options: ['fixed-capital', 'all-capital'],
    default: 'fixed-capital',
    about: 'What `share` is of.',
  },
  amount: money('Sum of the loan.'),
  dscr: {
    type: 'number',
    min: 1,
    max: 10,
    optional: true,
    about: 'As much as this debt service cover ratio allows.',
  },
  rate: { type: 'number', min: 0, max: 1, about: 'Interest a year.' },
  term: years('Years from the start of operation to the last payment.', 1),
  grace: { ...years('Years at the beginning in which only interest is paid.'), default: 0 },
  repayment: {
    type: 'choice',
    options: ['annuity', 'level-principal', 'sculpted'],
    default: 'annuity',
    about: 'Equal payments, equal principal, or in proportion to the cash that can serve it.',
  },
  duringConstruction: {
    type: 'choice',
    options: ['capitalised', 'paid'],
    default: 'capitalised',
    about: 'What happens to interest before operation.',
  },
  arrangementFee: portion('Of the loan, at the first draw.'),
  commitmentFee: portion('A year, on what is not yet drawn.'),
} as const satisfies Fields

const inflation = {
  general: { type: 'number', min: -0.1, max: 1, about: 'A year.' },
  revenue: rate('Of product prices.'),
  operating: rate('Of costs.'),
  capital: rate('Of capital.'),
  yearsBefore: {
    ...years('Years between the price level and the first spend.'),
    default: 0,
  },
} as const satisfies Fields

const tax = {
  regime: {
    type: 'text',
    optional: true,
    about: 'Tax rules by id; those of the region otherwise.',
  },
  rate: share('Rate on profit.'),
  losses: {
    type: 'choice',
    options: ['carried', 'refunded', 'lost'],
    default: 'carried',
    about: 'What becomes of a loss.',
  },
  lossShare: share('Of the profit above `lossFree` that losses may be set against.'),
  lossFree: money('Profit a year against which losses are set in full.'),
} as const satisfies Fields

const conventions = {
  set: {
    type: 'choice',
    options: ['didymium', 'biosteam', 'qgess'],
    default: 'didymium',
    about: 'Choices of another model, to compare with it; those below are put over them.',
  },
  timeZero: {
    type: 'choice',
    options: ['first-spend', 'last-construction-year', 'operation'],
    optional: true,
    about: 'The instant at which a present value stands.',
  },
  discountAt: {
    type: 'choice',
    options: ['start', 'mid', 'end'],
    optional: true,
    about: 'Where in a period its flow is taken to fall.',
  },
  discountRate: {
    type: 'choice',
    options: ['real', 'nominal'],
    optional: true,
    about: 'Whether the discount rate is over inflation.',
  },
  depreciationFrom: {
    type: 'choice',
    options: ['spend', 'operation'],
    optional: true,
    about: 'Allowances begin with the spending or with operation.',
  },
  depreciationAtEnd: {
    type: 'choice',
    options: ['written-off', 'lost'],
    optional: true,
    about: 'What is not yet deducted in the last year.',
  },
  taxPaid: {
    type: 'choice',
    options: ['same-year', 'next-year'],
    optional: true,
    about: 'When tax of a year is paid.',
  },
  deductible: {
    type: 'choice',
    options: ['interest', 'loan-payment'],
    optional: true,
    about: 'What of a loan payment is deducted; `loan-payment` only to check other models.',
  },
  constructionInterest: {
    type: 'choice',
    options: ['deducted', 'not-deducted'],
    optional: true,
    about: 'Interest and fees before operation.',
  },
  loanDrawn: {
    type: 'choice',
    options: ['start', 'mid', 'end'],
    optional: true,
    about: 'Where in a period a loan is drawn.',
  },
  quarterlyRate: {
    type: 'choice',
    options: ['effective', 'nominal'],
    optional: true,
    about: 'Loan rate of a quarter: one that compounds to the yearly rate, or a quarter of it.',
  },
  workingCapitalAt: {
    type: 'choice',
    options: ['last-construction', 'first-operation'],
    optional: true,
    about: 'When working capital goes in.',
  },
} as const satisfies Fields

/** When money flows, and whose. */
export const finance = {
  step: {
    type: 'choice',
    options: ['year', 'quarter'],
    default: 'year',
    about: 'Length of a period.',
  },
  firstYear: {
    type: 'integer',
    min: 1990,
    max: 2100,
    optional: true,
    about: 'Calendar year of the first spend; the year after the price level if left out.',
  },
  spend: shares('Fixed capital spent in each year of construction; adds up to 100 %.'),
  life: { type: 'integer', min: 1, max: 60, default: 20, about: 'Years of operation.' },
  delay: { ...years('Years by which operation begins late.'), max: 10, default: 0 },
  ramp: shares('Output of the first years of operation over full output.'),
  rampBy: {
    type: 'choice',
    options: ['year', 'quarter'],
    default: 'year',
    about: 'What one share of `ramp` is for.',
  },
  discountRate: rate('Discount rate a year, after tax.'),
  equityRate: rate('Of cash to the owners; the discount rate if left out.'),
  inflation: {
    type: 'group',
    fields: inflation,
    optional: true,
    about: 'Price changes a year; constant prices if left out.',
  },
  tax: { type: 'group', fields: tax, about: 'Income tax.' },
  depreciation: {
    type: 'list',
    optional: true,
    of: { type: 'group', fields: depreciation, about: 'A part of the capital.' },
    about: 'Deduction of capital from taxable income; the rule of the tax regime if left out.',
  },
  grants: {
    type: 'list',
    optional: true,
    of: { type: 'group', fields: grant, about: 'A grant.' },
    about: 'Grants by milestone.',
  },
  debt: {
    type: 'list',
    optional: true,
    of: { type: 'group', fields: debt, about: 'A loan.' },
    about: 'Loans, drawn during construction.',
  },
  royalties: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A royalty or licence.',
      fields: {
        name: { type: 'text', about: 'Whose.' },
        share: { type: 'number', min: 0, max: 1, about: 'Of the revenue.' },
        products: {
          type: 'list',
          optional: true,
          of: { type: 'text', about: 'Product unit.' },
          about: 'Only from these; from all if left out.',
        },
      },
    },
    about: 'Royalties and licences.',
  },
  credits: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A production credit.',
      fields: {
        name: { type: 'text', about: 'Which.' },
        shareOfCost: share('Of the running costs.'),
        perKg: money('Per kg of output sold.', 'kg'),
        phaseOut: {
          type: 'map',
          optional: true,
          of: { type: 'number', min: 0, max: 1, about: 'Share still given.' },
          about: 'Share of the credit by calendar year; none after the last.',
        },
        treatment: {
          type: 'choice',
          options: ['paid', 'against-tax'],
          default: 'against-tax',
          about: 'Paid out whatever the tax, or as far as there is tax.',
        },
      },
    },
    about: 'Credits for producing.',
  },
  replacements: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'Equipment that wears out.',
      fields: {
        name: { type: 'text', about: 'What.' },
        amount: each(undefined, 'Cost of one replacement.'),
        every: { type: 'integer', min: 1, max: 60, about: 'Years.' },
      },
    },
    about: 'What is bought anew in operation; an expense of its year.',
  },
  oneOffs: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'Something paid once.',
      fields: {
        name: { type: 'text', about: 'What.' },
        amount: each(undefined, 'Positive when paid, negative when received.'),
        at: {
          ...years('Years after the first spend; in the last period if left out.'),
          optional: true,
        },
        treatment: {
          type: 'choice',
          options: ['expense', 'none'],
          default: 'expense',
          about: 'Whether it is set against tax.',
        },
      },
    },
    about: 'Start-up, bonds, clearing of the site, salvage.',
  },
  workingCapital: {
    type: 'group',
    optional: true,
    about: 'Days of sales and costs; the amount of the estimate if left out.',
    fields: {
      receivableDays: { ...years('Days of sales that customers owe.'), max: 365, default: 0 },
      inventoryDays: { ...years('Days of running cost in stock.'), max: 365, default: 0 },
      payableDays: { ...years('Days of running cost that suppliers lend.'), max: 365, default: 0 },
    },
  },
  conventions: {
    type: 'group',
    fields: conventions,
    about: 'Choices that move a present value; printed with the result.',
  },
} as const satisfies Fields
