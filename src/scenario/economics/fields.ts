import type { Fields, Params } from '../../flowsheet/fields.ts'
import { each, money, share } from './field-kinds.ts'
import { finance } from './finance-fields.ts'
import { footprint } from './footprint-fields.ts'
import { riskFields } from '../risk/fields.ts'
import { sales } from './sales-fields.ts'

const days = (about: string) => ({ type: 'number', min: 0, max: 365, default: 0, about }) as const

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
    options: ['uk', 'us', 'missouri', 'brazil', 'eu'],
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
      'didymium: equipment by correlations and factors; qgess: the United States method as published; scaled: six-tenths from an anchor.',
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
  workingCapital: share('Working capital, of the fixed capital; or give `stock`.', 3),
  stock: {
    type: 'group',
    optional: true,
    about: 'Days of each that working capital pays for.',
    fields: {
      feedDays: days('Feed in store.'),
      reagentDays: days('Reagents in store.'),
      productDays: days('Products in store, at cash cost.'),
      receivableDays: days('Sales that customers owe.'),
      payableDays: days('Purchases that suppliers lend.'),
      holdUp: {
        type: 'flag',
        default: true,
        about: 'Rare earths held in the plant, at their value.',
      },
    },
  },
  batteryLimits: {
    type: 'list',
    optional: true,
    of: { type: 'text', about: 'Where the plant begins and ends.' },
    about: 'What the estimate is of.',
  },
  excluded: {
    type: 'list',
    optional: true,
    of: { type: 'text', about: 'What is not in it.' },
    about: 'What the estimate leaves out.',
  },
  equipmentFactor: {
    type: 'number',
    min: 0.01,
    max: 100,
    default: 1,
    about: 'Factor on every equipment price: to ask how much they matter.',
  },
  quotes: {
    type: 'map',
    of: each(undefined, 'Price of one, delivered.'),
    optional: true,
    about:
      'Prices from vendors by unit (`mill`: what it mainly is) or unit and equipment type (`leach/filter`).',
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
  wasteClasses: {
    type: 'map',
    of: { type: 'text', about: 'Kind of waste as the price data call it.' },
    optional: true,
    about:
      'What a discharge is classed as, by its unit: hazardous waste, non-hazardous waste, effluent.',
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

/** All that the `economics` section of a plant may hold; the reader and the schema walk it. */
export const economicsFields = {
  basis: { type: 'group', fields: basis, about: 'Money in which everything is counted.' },
  estimate: { type: 'group', fields: estimate, about: 'What the plant costs to build.' },
  operating: { type: 'group', fields: operating, about: 'What it costs to run.' },
  sales: { type: 'group', fields: sales, about: 'What it earns.' },
  finance: { type: 'group', fields: finance, about: 'When money flows, and whose.' },
  footprint: { type: 'group', fields: footprint, about: 'What it emits.' },
  risk: { type: 'group', fields: riskFields, about: 'What is not known, and how far.' },
} as const satisfies Fields

/** The section as read: money as written, rates in SI, defaults that need no data filled in. */
export type Economics = Params<typeof economicsFields>
