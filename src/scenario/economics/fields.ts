import type { Fields, MoneyField, MoneyPer, Params } from '../../flowsheet/fields.ts'

/** Money that the data can give where the plant does not. */
const money = (about: string, per?: MoneyPer) =>
  ({ type: 'money', about, optional: true, ...(per === undefined ? {} : { per }) }) as const

const each = (per?: MoneyPer, about = ''): MoneyField => ({
  type: 'money',
  about,
  ...(per === undefined ? {} : { per }),
})

/** A share of something; the data has one where the plant does not. */
const share = (about: string, max = 1) =>
  ({ type: 'number', min: 0, max, optional: true, about }) as const

/** In which money everything is counted, and where the plant stands. */
const basis = {
  currency: { type: 'text', default: 'USD', about: 'Currency of every figure, as ISO code.' },
  year: {
    type: 'text',
    default: '2024',
    about: 'Price level of every figure: a year of the cost index.',
  },
  region: {
    type: 'choice',
    options: ['uk', 'us', 'brazil', 'eu'],
    default: 'uk',
    about: 'Where the plant stands: wages, power and tax rules come from there.',
  },
} as const satisfies Fields

const estimate = {
  method: {
    type: 'choice',
    options: ['didymium', 'qgess', 'scaled'],
    default: 'didymium',
    about:
      'didymium: equipment by correlations, factors on their stated base; qgess: the United States method as published, quirks included; scaled: six-tenths rule from an anchor plant (class 5).',
  },
  factors: {
    type: 'text',
    optional: true,
    about: 'Set of installation factors by id; a default of the method otherwise.',
  },
  ownFactors: {
    type: 'map',
    of: { type: 'number', min: 0, max: 20, about: 'Factor.' },
    optional: true,
    about: 'Own values of factors of that set, by their names.',
  },
  contingency: share('Contingency, of the cost before it.', 3),
  ownersCosts: share("Owner's cost, of the total plant cost.", 3),
  workingCapital: share('Working capital, of the fixed capital.', 3),
  quotes: {
    type: 'map',
    of: each(undefined, 'Price of one, delivered.'),
    optional: true,
    about: 'Prices from vendors by unit (`mill`) or unit and equipment type (`leach/filter`).',
  },
  installed: {
    type: 'number',
    min: 1,
    max: 10,
    optional: true,
    about: 'Factor from delivered equipment to total plant cost, in place of a factor set.',
  },
  allowances: {
    type: 'map',
    of: each(undefined, 'Amount.'),
    optional: true,
    about: 'Lines that no correlation covers: explosion protection, permits, land, demolition.',
  },
  firstFill: {
    type: 'flag',
    default: true,
    about: 'Counts the first fill of solvent and reagents as capital.',
  },
  anchor: { type: 'text', optional: true, about: 'Anchor plant of the method `scaled`, by id.' },
  exponent: { type: 'number', min: 0.3, max: 1.2, default: 0.6, about: 'Exponent of `scaled`.' },
} as const satisfies Fields

const operating = {
  deck: { type: 'text', optional: true, about: 'Deck of reagent and power prices, by id.' },
  feeds: {
    type: 'map',
    of: each('kg', 'Price as received; below zero is a gate fee.'),
    optional: true,
    about: 'Price of each feed by its unit.',
  },
  payability: {
    type: 'map',
    of: { type: 'number', min: 0, max: 1, about: 'Share of the contained oxide value paid.' },
    optional: true,
    about: 'Feeds that are paid by contained rare earths at the prices of `sales`, by unit.',
  },
  reagents: {
    type: 'map',
    of: each('kg', 'Price of what is bought.'),
    optional: true,
    about: 'Price of reagents by unit (as delivered) or by species (pure).',
  },
  electricity: money('Price of electricity.', 'kWh'),
  heat: money('Price of heat.', 'kWh'),
  cooling: money('Price of cooling.', 'kWh'),
  waste: {
    type: 'map',
    of: each('kg', 'Cost of disposal; below zero is money received.'),
    optional: true,
    about: 'Cost of each discharge by its unit.',
  },
  positions: {
    type: 'map',
    of: { type: 'number', min: 0, max: 10_000, about: 'Posts that are filled all the time.' },
    optional: true,
    about: 'Posts of each shift by role.',
  },
  crews: { type: 'number', min: 1, max: 8, default: 5, about: 'People that fill one post.' },
  dayStaff: {
    type: 'map',
    of: { type: 'number', min: 0, max: 10_000, about: 'People.' },
    optional: true,
    about: 'People who work by day, by role.',
  },
  wages: {
    type: 'map',
    of: each('y', 'Gross pay of one person, without burden.'),
    optional: true,
    about: 'Pay by role.',
  },
  burden: share("Employer's cost above the wage.", 3),
  maintenance: share('Maintenance a year, of the total plant cost.'),
  insurance: share('Property tax and insurance a year, of the total plant cost.'),
  laboratory: share('Laboratory, of operating labour.', 3),
  administration: share('Administration and support, of operating labour.', 3),
  overhead: share('Plant overhead, of the operating cost before it.', 3),
  others: {
    type: 'map',
    of: each('y', 'A year.'),
    optional: true,
    about: 'Further yearly costs: monitoring, licences, rent of the site.',
  },
  allocation: {
    type: 'choice',
    options: ['value', 'mass', 'treo'],
    default: 'value',
    about: 'How the cost is shared among the products.',
  },
} as const satisfies Fields

const sales = {
  deck: { type: 'text', optional: true, about: 'Deck of rare-earth prices, by id.' },
  products: {
    type: 'map',
    of: {
      type: 'group',
      about: 'How one product is sold.',
      fields: {
        price: money('Price of the product as packed.', 'kg'),
        payable: { type: 'number', min: 0, max: 1, default: 1, about: 'Share that is paid.' },
        tiers: {
          type: 'list',
          optional: true,
          of: {
            type: 'group',
            about: 'A part of the market.',
            fields: {
              name: { type: 'text', about: 'Which market.' },
              upTo: {
                type: 'quantity',
                dimension: 'mass-flow',
                unit: 't/y',
                min: 0,
                optional: true,
                about: 'Most that it takes; the last tier takes the rest.',
              },
              price: each('kg', 'Price in that market.'),
            },
          },
          about: 'Markets in the order in which they are served.',
        },
        floor: money('Least price, topped up by the contract.', 'kg'),
        upsideShare: share('Share of the price above the floor that is given up.'),
        cap: money('Highest price that is received.', 'kg'),
      },
    },
    optional: true,
    about: 'Sales by product unit.',
  },
  charges: share('Selling expenses, of revenue.'),
} as const satisfies Fields

const fractions = (about: string) =>
  ({
    type: 'list',
    of: { type: 'number', min: 0, max: 1, about: 'Share.' },
    optional: true,
    about,
  }) as const

const finance = {
  start: { type: 'integer', min: 1990, max: 2100, optional: true, about: 'Year of first spend.' },
  construction: fractions('Capital spent in each year of construction; adds up to 100 %.'),
  life: { type: 'integer', min: 1, max: 60, default: 20, about: 'Years of operation.' },
  ramp: fractions('Output of the first years of operation over full output.'),
  rampCost: share('Share of variable cost that follows the output while it ramps up.'),
  discountRate: share('Discount rate, post-tax.'),
  terms: {
    type: 'choice',
    options: ['real', 'nominal'],
    default: 'real',
    about: 'Whether rates and prices are without or with inflation.',
  },
  inflation: share('Inflation a year, in nominal terms.'),
  equityRate: share("Owner's rate for cash to equity; the discount rate if left out."),
  tax: share('Rate of income tax.'),
  depreciation: { type: 'text', optional: true, about: 'Rule of tax depreciation, by id.' },
  grants: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A grant.',
      fields: {
        name: { type: 'text', about: 'Which.' },
        amount: each(undefined, 'Amount.'),
        year: { type: 'integer', min: 1, max: 60, default: 1, about: 'Year of payment, from 1.' },
        treatment: {
          type: 'choice',
          options: ['reduces-base', 'income', 'tax-free'],
          default: 'reduces-base',
          about: 'Reduces the depreciable base, is taxed as income, or neither.',
        },
      },
    },
    about: 'Grants by milestone.',
  },
  debt: {
    type: 'group',
    optional: true,
    about: 'A loan for a part of the capital.',
    fields: {
      share: { type: 'number', min: 0, max: 1, about: 'Of the fixed capital.' },
      rate: { type: 'number', min: 0, max: 1, about: 'Interest a year.' },
      years: { type: 'integer', min: 1, max: 40, about: 'Years of repayment.' },
      repayment: {
        type: 'choice',
        options: ['annuity', 'sculpted'],
        default: 'annuity',
        about: 'Equal payments, or shaped to a debt service cover ratio.',
      },
      cover: { type: 'number', min: 1, max: 10, optional: true, about: 'DSCR of `sculpted`.' },
      duringConstruction: {
        type: 'choice',
        options: ['capitalised', 'paid'],
        default: 'capitalised',
        about: 'What happens to interest before operation.',
      },
      fee: share('Arrangement fee, of the loan.'),
    },
  },
  royalty: share('Royalty or licence, of revenue.'),
  replacement: {
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
    about: 'Replacement of equipment in operation.',
  },
} as const satisfies Fields

const footprint = {
  allocation: {
    type: 'choice',
    options: ['value', 'mass', 'treo'],
    default: 'value',
    about: 'How emissions are shared among the products.',
  },
  grid: { type: 'text', optional: true, about: 'Electricity by grid and year, by id.' },
  heat: { type: 'text', optional: true, about: 'Source of heat, by id.' },
  factors: {
    type: 'map',
    of: { type: 'number', about: 'kg CO2e per unit of the factor.' },
    optional: true,
    about: 'Own emission factors by name of the line.',
  },
  transport: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A leg.',
      fields: {
        of: { type: 'text', about: 'Feed, reagent or product by its unit.' },
        mode: { type: 'text', about: 'Truck, ship, rail: a mode of the data.' },
        km: { type: 'number', min: 0, max: 50_000, about: 'Distance, km.' },
      },
    },
    about: 'Transport legs.',
  },
} as const satisfies Fields

const risk = {
  priceVolatility: share('Yearly deviation of log prices.', 5),
} as const satisfies Fields

/** Everything that the `economics` section of a plant may hold; the reader and the schema walk it. */
export const economicsFields = {
  basis: { type: 'group', fields: basis, about: 'Money in which everything is counted.' },
  estimate: { type: 'group', fields: estimate, about: 'What the plant costs to build.' },
  operating: { type: 'group', fields: operating, about: 'What it costs to run.' },
  sales: { type: 'group', fields: sales, about: 'What it earns.' },
  finance: { type: 'group', fields: finance, about: 'When money flows, and whose.' },
  footprint: { type: 'group', fields: footprint, about: 'What it emits.' },
  risk: { type: 'group', fields: risk, about: 'How uncertain prices are.' },
} as const satisfies Fields

/** The section as read: money as written, rates in SI, defaults that need no data filled in. */
export type Economics = Params<typeof economicsFields>
