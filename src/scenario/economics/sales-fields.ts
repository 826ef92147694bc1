import type { Fields } from '../../flowsheet/fields.ts'
import { each, money, share } from './field-kinds.ts'

const tier = {
  name: { type: 'text', about: 'Which market or contract.' },
  volume: {
    type: 'quantity',
    dimension: 'mass-flow',
    unit: 't/y',
    min: 0,
    optional: true,
    about: 'Most that it takes; all that is left if not given.',
  },
  rule: {
    type: 'choice',
    options: ['market', 'fixed', 'floor', 'collar', 'cost-plus'],
    default: 'market',
    about:
      'market: its price `times`; fixed: `price`; floor: topped up, `upside` kept; collar: within `floor` and `cap`; cost-plus: `margin`.',
  },
  times: { type: 'number', min: 0, max: 20, default: 1, about: 'Of the market price.' },
  price: money('Price of the rule `fixed`, cost of `cost-plus`.', 'kg'),
  floor: money('Least price.', 'kg'),
  cap: money('Highest price.', 'kg'),
  upside: { type: 'number', min: 0, max: 1, default: 1, about: 'Kept of what is above `floor`.' },
  margin: { type: 'number', min: -1, max: 10, default: 0, about: 'On the cost of `cost-plus`.' },
  years: {
    type: 'integer',
    min: 1,
    max: 60,
    optional: true,
    about: 'Years of operation that it holds; the market price after them.',
  },
} as const satisfies Fields

/** What the plant earns. */
export const sales = {
  deck: { type: 'text', optional: true, about: 'Deck of rare-earth prices, by id.' },
  priceFactor: {
    type: 'number',
    min: 0,
    max: 100,
    default: 1,
    about: 'Factor on every market price: to ask how much they matter.',
  },
  products: {
    type: 'map',
    of: {
      type: 'group',
      about: 'How one product is sold.',
      fields: {
        price: money('Market price of the product as packed; that of the deck if left out.', 'kg'),
        payable: {
          type: 'number',
          min: 0,
          max: 1,
          default: 1,
          about: 'Share of the price that is paid for this form and purity.',
        },
        tiers: {
          type: 'list',
          optional: true,
          of: { type: 'group', fields: tier, about: 'A part of the market.' },
          about: 'Markets and contracts in the order in which they are served.',
        },
        escalation: {
          type: 'number',
          min: -0.5,
          max: 0.5,
          default: 0,
          about: 'Change of the price over inflation, a year.',
        },
        basket: {
          type: 'text',
          optional: true,
          about: 'Products under one label share a break-even price.',
        },
        ramp: {
          type: 'list',
          optional: true,
          of: { type: 'number', min: 0, max: 1, about: 'Share.' },
          about:
            'Share of full output in the first years of operation; that of the plant if absent.',
        },
      },
    },
    optional: true,
    about: 'Sales by product unit.',
  },
  others: {
    type: 'map',
    of: each('y', 'A year, at full output.'),
    optional: true,
    about: 'Further income that is no product: services, tolling fees.',
  },
  charges: share('Selling expenses, of revenue.'),
} as const satisfies Fields
