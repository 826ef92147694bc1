import * as z from 'zod'
import { methodSchema } from './schema.ts'

/**
 * Shapes of the money records in `data/equipment`, `data/factors` and `data/prices`. Sizes are SI;
 * money names its currency and year; `source` is a key of `data/sources/economics.json`.
 */

const when = () => z.string().regex(/^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]|H[12]))?$/)
const currency = () => z.string().regex(/^[A-Z]{3}$/)

/** Where a figure is from; every record carries these. */
const origin = {
  source: z.string().min(1),
  locator: z.exactOptional(z.string()),
  method: methodSchema(),
  note: z.exactOptional(z.string()),
  /** Why this is taken although no source says so; a result lists it. */
  assumption: z.exactOptional(z.string()),
}

const figure = () => z.strictObject({ value: z.number(), unit: z.string(), ...origin })

/** Factor on a price for another material than the one it was read for. */
const materialFactor = () => z.strictObject({ factor: z.number().positive(), ...origin })

/**
 * One cost correlation. Without `form` a size S costs `cost.value x (S/reference)^exponent`.
 * `offset-power` is `a + b x^n`, `polynomial` is `c0 + c1 x + c2 x^2 ...`, `log-polynomial` is
 * `base^(c0 + c1 y + c2 y^2 ...)` with y the logarithm of x to that base; x is the size in
 * `form.unit`, of which `form.perSI` make one SI unit. `cost.value` is then the price at
 * `reference`, as a check. A form holds in its range alone: beyond, the price at the nearer end of
 * it goes on with `exponent`, for a polynomial means nothing outside the points it was fitted to.
 *
 * Of several for one type those whose range holds the size go before others, those without
 * `surrogate` before stand-ins, those made of a material that the item's words name before the
 * rest; then the one whose reference is nearest in ratio, or whose range ends nearest.
 */
export const correlationSchema = () =>
  z.strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    /** Types of equipment that it prices, as unit operations state them. */
    types: z.array(z.string()).min(1),
    size: z.strictObject({
      name: z.string(),
      unit: z.enum(['m3', 'm2', 'm', 'W', 'm3/s', 'kg/s', 'kg', '1']),
      reference: z.number().positive(),
      /** The reference as the source prints it. */
      published: z.exactOptional(z.string()),
    }),
    cost: z.strictObject({
      value: z.number().positive(),
      currency: currency(),
      year: z.string(),
      /** Value of the cost index behind the price, where the source prints one. */
      index: z.exactOptional(z.number().positive()),
      of: z.enum(['purchased', 'delivered', 'bare-erected']),
    }),
    exponent: z.number(),
    form: z.exactOptional(
      z.union([
        z.strictObject({
          kind: z.literal('offset-power'),
          a: z.number(),
          b: z.number(),
          n: z.number(),
          unit: z.string(),
          perSI: z.number().positive(),
        }),
        z.strictObject({
          kind: z.literal('polynomial'),
          terms: z.array(z.number()).min(2),
          unit: z.string(),
          perSI: z.number().positive(),
        }),
        z.strictObject({
          kind: z.literal('log-polynomial'),
          base: z.enum(['10', 'e']),
          terms: z.array(z.number()).min(2),
          unit: z.string(),
          perSI: z.number().positive(),
        }),
      ]),
    ),
    range: z.exactOptional(z.tuple([z.number(), z.number()])),
    /** Who says the range: the source itself, or why it is assumed. */
    rangeSource: z.exactOptional(z.string()),
    rangeAssumption: z.exactOptional(z.string()),
    /** What the price is for: `carbon steel`, `polyethylene`, `FRP` ... */
    material: z.exactOptional(z.string()),
    /** Factors for other materials, by words that the material of an item holds. */
    materials: z.exactOptional(z.record(z.string(), materialFactor())),
    /** Account of a published method that prices by it: the method `qgess` goes by these. */
    account: z.exactOptional(z.string()),
    group: z.exactOptional(z.string()),
    /** A stand-in for equipment that no source prices: why this one, and how far it may be off. */
    surrogate: z.exactOptional(z.string()),
    ...origin,
  })

/** Equipment that is not priced: its author must give a price. `free` needs none, and says why. */
const equipmentGap = () =>
  z.strictObject({
    type: z.string(),
    why: z.string(),
    free: z.exactOptional(z.boolean()),
  })

/** `data/equipment/*.json` */
export const equipmentFileSchema = () =>
  z.strictObject({
    about: z.exactOptional(z.string()),
    correlations: z.array(correlationSchema()).default([]),
    gaps: z.array(equipmentGap()).default([]),
  })

/** A cost index by year (`2023`), month (`2024-01`) or under a name that a method gives it. */
const indexSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    values: z.record(z.string(), z.number().positive()),
    /** Values that are not annual averages of the index, with who prints them. */
    special: z.record(z.string(), z.number().positive()),
    ...origin,
  })

/** One line of a factor set: `factor` of the set's base, or of the sum that `of` names. */
const factorLine = () =>
  z.strictObject({
    id: z.string(),
    name: z.string(),
    group: z.enum(['direct', 'indirect', 'contingency', 'owner', 'working capital', 'escalation']),
    factor: z.number(),
    of: z.enum(['equipment', 'direct', 'direct and indirect', 'total plant', 'fixed capital']),
    ...origin,
  })

/** Installation factors. `base` is what an equipment price must be before they are applied. */
const factorSetSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    base: z.enum(['delivered', 'bare-erected']),
    /** What the lines add up to, on the base of one; the test holds them to it. */
    sum: z.number().positive(),
    for: z.exactOptional(z.enum(['solids', 'solids and fluids', 'fluids', 'any'])),
    lines: z.array(factorLine()),
    ...origin,
  })

const estimateClassSchema = () =>
  z.strictObject({
    class: z.number().int().min(1).max(5),
    maturity: z.tuple([z.number(), z.number()]),
    use: z.string(),
    /** Accuracy as fractions: [-0.5, -0.2] and [0.3, 1]. */
    low: z.tuple([z.number(), z.number()]),
    high: z.tuple([z.number(), z.number()]),
    ...origin,
  })

/** Capital of a named plant, for six-tenths scaling. */
const anchorSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    capital: z.strictObject({
      value: z.number().positive(),
      currency: currency(),
      year: z.string(),
    }),
    capacity: z.strictObject({
      value: z.number().positive(),
      unit: z.enum(['kg/y']),
      of: z.string(),
    }),
    exponent: z.number().positive(),
    batteryLimits: z.string(),
    ...origin,
  })

/** Hourly pay (before burden) of a position. */
const wageSchema = () =>
  z.strictObject({
    id: z.string(),
    role: z.string(),
    region: z.string(),
    value: z.number().positive(),
    currency: currency(),
    per: z.enum(['h', 'y']),
    date: when(),
    ...origin,
  })

const taxAllowance = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['first-year', 'declining-balance', 'straight-line']),
    rate: z.number().positive(),
    covers: z.string(),
    from: z.exactOptional(when()),
    until: z.exactOptional(when()),
    ...origin,
  })

const taxRegimeSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    region: z.string(),
    /** Rate on profit of a company of this size, as a fraction. */
    rate: figure(),
    allowances: z.array(taxAllowance()),
    /** Use of earlier losses: free up to an amount a year, then this share of the profit. */
    losses: z.exactOptional(
      z.strictObject({
        freeUpTo: z.number().nonnegative(),
        currency: currency(),
        shareAbove: z.number(),
        ...origin,
      }),
    ),
    credits: z
      .array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          rate: z.number(),
          of: z.string(),
          phaseOut: z.record(z.string(), z.number()),
          ...origin,
        }),
      )
      .default([]),
  })

const scheduleSchema = () =>
  z.strictObject({ id: z.string(), title: z.string(), fractions: z.array(z.number()), ...origin })

/** Costs per kg of output against size, as published: `a x G^b`, G tonnes of REO over the life. */
const costBandSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    a: z.number(),
    da: z.number(),
    b: z.number(),
    db: z.number(),
    currency: currency(),
    year: z.string(),
    ...origin,
  })

/** `data/factors/*.json` */
export const factorsFileSchema = () =>
  z.strictObject({
    about: z.exactOptional(z.string()),
    indices: z.array(indexSchema()).default([]),
    factorSets: z.array(factorSetSchema()).default([]),
    estimateClasses: z.array(estimateClassSchema()).default([]),
    anchors: z.array(anchorSchema()).default([]),
    /** Rules of estimating by name, `qgess.maintenance` ...; fractions have the unit `1`. */
    rules: z.record(z.string(), figure()).default({}),
    wages: z.array(wageSchema()).default([]),
    tax: z.array(taxRegimeSchema()).default([]),
    schedules: z.array(scheduleSchema()).default([]),
    costBands: z.array(costBandSchema()).default([]),
  })

/** Units of currency to one US dollar, average of a year. */
const exchangeSchema = () =>
  z.strictObject({
    currency: currency(),
    perUsd: z.record(z.string(), z.number().positive()),
    ...origin,
  })

/** A price of a rare earth product on a day or over a period, as quoted. */
const pricePointSchema = () =>
  z.strictObject({
    product: z.string(),
    element: z.string(),
    grade: z.string(),
    date: when(),
    low: z.exactOptional(z.number().nonnegative()),
    high: z.exactOptional(z.number().nonnegative()),
    currency: currency(),
    per: z.enum(['kg', 't']),
    vat: z.enum(['excluded', 'included', 'not stated']),
    market: z.string(),
    basis: z.string(),
    ...origin,
  })

/** A price of a reagent, utility or disposal route on a date, per SI-like unit. */
const inputPriceSchema = () =>
  z.strictObject({
    id: z.string(),
    /** What it buys: `HCl`, `NaOH`, `electricity`, `hazardous waste` ... */
    item: z.string(),
    region: z.string(),
    date: when(),
    low: z.exactOptional(z.number()),
    value: z.number(),
    high: z.exactOptional(z.number()),
    currency: currency(),
    per: z.enum(['kg', 'm3', 'kWh']),
    /** Mass fraction of pure substance in what is sold; absent where the source is silent. */
    strength: z.exactOptional(z.number().positive().max(1)),
    published: z.string(),
    quality: z.exactOptional(z.enum(['low', 'medium', 'high'])),
    ...origin,
  })

/** A part of a market: at most `volume` kg a year (or `share` of it) is sold at `price`. */
const tierSchema = () =>
  z.strictObject({
    name: z.string(),
    price: z.number().nonnegative(),
    volume: z.exactOptional(z.number().positive()),
    share: z.exactOptional(z.number()),
    ...origin,
  })

const deckProductSchema = () =>
  z.strictObject({
    product: z.string(),
    elements: z.array(z.string()).min(1),
    grade: z.string(),
    /** Money of the deck's currency per kg. */
    price: z.number().nonnegative(),
    low: z.exactOptional(z.number().nonnegative()),
    high: z.exactOptional(z.number().nonnegative()),
    date: when(),
    /** Best price first; what no tier takes sells at the last one's price. */
    tiers: z.exactOptional(z.array(tierSchema()).min(1)),
    quality: z.exactOptional(z.enum(['low', 'medium', 'high'])),
    ...origin,
  })

/** What a deck takes for an input: an input price by id. `note` says whose price stands in. */
const deckInputSchema = () =>
  z.strictObject({ item: z.string(), price: z.string(), note: z.exactOptional(z.string()) })

/** A consistent set of prices of one time and market. */
export const deckSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    region: z.string(),
    date: when(),
    currency: currency(),
    /** Year of the exchange rates that turn other currencies into the deck's. */
    exchangeYear: z.string(),
    vat: z.strictObject({
      treatment: z.enum(['excluded', 'included', 'taken out']),
      rate: z.exactOptional(z.number()),
      note: z.string(),
    }),
    products: z.array(deckProductSchema()),
    inputs: z.array(deckInputSchema()),
    gaps: z.array(z.string()),
    note: z.string(),
  })

const floorSchema = () =>
  z.strictObject({
    id: z.string(),
    title: z.string(),
    product: z.string(),
    price: z.number().positive(),
    currency: currency(),
    per: z.enum(['kg']),
    from: when(),
    years: z.number().positive(),
    mechanism: z.string(),
    ...origin,
  })

/** Prior of one product's log price: how much it changes in a year, and with which others. */
const priorSchema = () =>
  z.strictObject({
    product: z.string(),
    factor: z.string(),
    /** Standard deviation of the yearly change of ln(price). */
    volatility: z.number().nonnegative(),
    /** Yearly changes that it comes from. */
    years: z.number().int(),
    ...origin,
  })

const correlationPriorSchema = () =>
  z.strictObject({
    between: z.tuple([z.string(), z.string()]),
    value: z.number().min(-1).max(1),
    years: z.number().int(),
    ...origin,
  })

/** `data/prices/*.json` */
export const pricesFileSchema = () =>
  z.strictObject({
    about: z.exactOptional(z.string()),
    exchange: z.array(exchangeSchema()).default([]),
    history: z.array(pricePointSchema()).default([]),
    inputs: z.array(inputPriceSchema()).default([]),
    decks: z.array(deckSchema()).default([]),
    floors: z.array(floorSchema()).default([]),
    /** Items that a plant may need and that no source prices. */
    gaps: z
      .array(z.strictObject({ item: z.string(), region: z.string(), why: z.string() }))
      .default([]),
    priors: z.array(priorSchema()).default([]),
    correlations: z.array(correlationPriorSchema()).default([]),
  })

type FileOf<S extends () => z.ZodType> = z.output<ReturnType<S>>

export type EquipmentFile = FileOf<typeof equipmentFileSchema>
export type FactorsFile = FileOf<typeof factorsFileSchema>
export type PricesFile = FileOf<typeof pricesFileSchema>

export type CostCorrelation = FileOf<typeof correlationSchema>
export type EquipmentGap = FileOf<typeof equipmentGap>
export type CostFigure = FileOf<typeof figure>
export type CostIndex = FileOf<typeof indexSchema>
export type FactorSet = FileOf<typeof factorSetSchema>
export type EstimateClass = FileOf<typeof estimateClassSchema>
export type Anchor = FileOf<typeof anchorSchema>
export type Wage = FileOf<typeof wageSchema>
export type TaxRegime = FileOf<typeof taxRegimeSchema>
export type DepreciationSchedule = FileOf<typeof scheduleSchema>
export type CostBand = FileOf<typeof costBandSchema>
export type ExchangeRates = FileOf<typeof exchangeSchema>
export type PricePoint = FileOf<typeof pricePointSchema>
export type InputPrice = FileOf<typeof inputPriceSchema>
export type PriceDeck = FileOf<typeof deckSchema>
export type PriceFloor = FileOf<typeof floorSchema>
export type PricePrior = FileOf<typeof priorSchema>
export type CorrelationPrior = FileOf<typeof correlationPriorSchema>
