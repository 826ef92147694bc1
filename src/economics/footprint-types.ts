/** Boundary, allocation and treatment choices that change a footprint; printed with the result. */
export const footprintRules = ['mass', 'treo', 'value', 'section'] as const
export type FootprintRule = (typeof footprintRules)[number]

/**
 * How the feed arrives. `cut-off`: recycled feed is burden-free at collection. `burdened`: it
 * carries a factor that the user gives (a co-product such as swarf with a market price).
 */
export const feedTreatments = ['cut-off', 'burdened'] as const
export type FeedTreatment = (typeof feedTreatments)[number]

export const footprintGroups = [
  'feed',
  'reagents',
  'electricity',
  'heat',
  'process CO2',
  'waste',
  'transport',
] as const
export type FootprintGroup = (typeof footprintGroups)[number]

/** What a factor is per. Factors are kept in the unit in which their source prints them. */
export type FactorUnit =
  | 'kg CO2e/kg'
  | 'kg CO2e/kWh'
  | 'lb CO2e/MWh'
  | 'kg CO2e/m3'
  | 'kg CO2e/(t km)'
  | 'kg CO2e/t'

/** A factor of the databank. */
export interface EmissionFactor {
  readonly id: string
  readonly title: string
  readonly kind: 'grid' | 'fuel' | 'substance' | 'waste' | 'transport'
  /** What it is looked up by: grid (`GB`), substance (`HCl`), fuel, treatment, mode. */
  readonly of: string
  readonly value: number
  readonly unit: FactorUnit
  /** Year that it is about. */
  readonly year: number
  readonly region: string
  /** What it covers: `generation`, `cradle to gate`, `combustion`, `well to tank`. */
  readonly boundary: string
  /** Losses and the supply of fuels: counted beside the direct one where that is asked for. */
  readonly upstream: boolean
  /** Set where it is the factor of something else that stands in; said wherever it is used. */
  readonly surrogate?: string
  readonly source: string
  readonly locator?: string
  readonly method: string
  readonly note?: string
}

/** A published result of another route, to compare with. */
export interface PublishedRoute {
  readonly id: string
  readonly title: string
  /** What one kilogram is of: `mixed REO`, `NdFeB magnet` ... Compared only with the same. */
  readonly functionalUnit: string
  /** kg CO2e per kg; absent where the source prints only a comparison. */
  readonly range?: readonly [low: number, high: number]
  readonly boundary: string
  readonly claim?: string
  readonly source: string
  readonly locator?: string
  readonly note?: string
}

/** A chemical that is bought, or free, by what a stream holds of it. */
export interface Substance {
  readonly id: string
  readonly name: string
  /** Species of the plant's table that belong to it together. */
  readonly species: readonly string[]
  /** Taken from the surroundings: no burden, no transport. */
  readonly free?: boolean
  /** Comes by pipe: no transport leg is missed. */
  readonly piped?: boolean
}

/** Data that a footprint is computed with; the databank's records fit. */
export interface FootprintData {
  readonly factors: readonly EmissionFactor[]
  /** Chemicals by the ions that a liquor holds of them: `HCl` from `H+` and `Cl-`. */
  readonly substances: readonly Substance[]
  /** Equipment types that use no electricity of their own. */
  readonly unpowered: ReadonlySet<string>
  readonly routes: readonly PublishedRoute[]
  /** Titles of the sources by id. */
  readonly sources: ReadonlyMap<string, string>
  /** kg of CO2 that a kg of carbon makes, from the atomic weights. */
  readonly co2PerCarbon: number
}

/** A number that the user gives, with where it is from; a supplier's counts as primary data. */
export interface GivenFactor {
  readonly value: number
  readonly unit: FactorUnit
  readonly source?: string
  readonly assumption?: string
  /** From the supplier or a measurement, for this plant: counts to the primary-data share. */
  readonly primary?: boolean
}

/** W that a unit takes while operating, where the solved plant does not state it. */
export interface GivenPower {
  readonly watts: number
  readonly source?: string
  readonly assumption?: string
}

export interface TransportLeg {
  /** The feed, reagent, product or discharge unit whose mass is carried. */
  readonly of: string
  /** A transport mode of the data (`of` of the factor). */
  readonly mode: string
  /** m */
  readonly distance: number
  /** Mass fraction of the reagent's substances in what is carried; as it is used if left out. */
  readonly strength?: number
  readonly source?: string
  readonly assumption?: string
}

/** What has to be chosen for a footprint. What is left open is a gap of the result, never zero. */
export interface FootprintInputs {
  /** A grid of the data: `GB`, `US-SRMW` ... */
  readonly grid?: string
  /** Of the grid factor; the newest in the data if left out. */
  readonly year?: number
  /** A grid factor of the user's own, a contract for instance; goes before the data. */
  readonly gridFactor?: GivenFactor
  /** Adds losses of transmission and of the fuels' supply, where the data has them. */
  readonly upstream: boolean
  /** How heat is raised. */
  readonly heat?: {
    /** A fuel of the data, or `electricity`. */
    readonly fuel: string
    /** Heat to the process over energy in the fuel as the factor counts it. */
    readonly efficiency: number
    readonly source?: string
    readonly assumption?: string
  }
  readonly allocation: FootprintRule
  /** Money per kg of product, one currency; read by the allocation `value` alone. */
  readonly prices: Readonly<Record<string, number>>
  readonly feed: {
    readonly treatment: FeedTreatment
    /** By feed unit, kg CO2e/kg as received; read where burdened. */
    readonly factors: Readonly<Record<string, GivenFactor>>
  }
  readonly transport: readonly TransportLeg[]
  /** By substance, per kg of it, or reagent unit, per kg as bought; goes before the data. */
  readonly factors: Readonly<Record<string, GivenFactor>>
  /** By discharge unit: a treatment of the data, or a factor of one's own. */
  readonly waste: Readonly<Record<string, string | GivenFactor>>
  /** Electricity and heat of units that do not state theirs. */
  readonly power: Readonly<Record<string, GivenPower>>
  readonly heatDuty: Readonly<Record<string, GivenPower>>
  /** What was assumed in making these choices; listed with the result. */
  readonly assumptions?: readonly string[]
}

type Heat =
  | { readonly watts: number; readonly without?: string | undefined }
  | { readonly unknown: string }

/** What is read of a solved plant: a solution document fits, with each discharge's medium. */
export interface FootprintPlant {
  /** h/y */
  readonly operatingHours: number
  readonly units: Readonly<
    Record<
      string,
      {
        readonly kind: string
        readonly heat: Heat
        /** W */
        readonly power?: number | undefined
        readonly equipment: readonly {
          readonly type: string
          readonly count: number
          /** W, of all that run */
          readonly power?: number | undefined
        }[]
      }
    >
  >
  readonly streams: Readonly<
    Record<
      string,
      {
        /** `unit.port` */
        readonly from: string
        readonly to: string
        /** kg/s */
        readonly mass: number
        readonly phase: string
        /** m3/s by phase, where the density is known. */
        readonly volume: Readonly<Record<string, number>>
        /** kg/s */
        readonly elements: Readonly<Record<string, number>>
      }
    >
  >
  readonly products: readonly {
    readonly name: string
    readonly elements: readonly string[]
    readonly rate: { readonly 'kg/s': number }
    readonly purity: { readonly treoInProduct: number }
  }[]
  readonly reagents: readonly {
    readonly name: string
    readonly rate: { readonly 'kg/s': number }
    /** Mass fractions by species. */
    readonly composition: Readonly<Record<string, number>>
  }[]
  /** By discharge unit. */
  readonly media: Readonly<Record<string, string>>
  /** Rare earths of the plant. */
  readonly rareEarths: readonly string[]
}

/** One contribution: `amount = quantity x factor`, kg CO2e per year. */
export interface FootprintLine {
  readonly name: string
  readonly group: FootprintGroup
  /** Unit of the plant at which it arises. */
  readonly unit: string
  /** Per operating year. */
  readonly quantity: { readonly value: number; readonly unit: string }
  readonly factor: { readonly value: number; readonly unit: string; readonly title: string }
  /** kg CO2e per year; negative for a credit. */
  readonly amount: number
  readonly source: string
  readonly method: string
  readonly primary: boolean
  /** The product that it belongs to alone. */
  readonly product?: string
  readonly note?: string
}

/** What is not in the total because no factor or no quantity is known. */
export interface FootprintGap {
  readonly name: string
  readonly group: FootprintGroup
  readonly unit: string
  /** What the gap concerns, per operating year; absent where the quantity is what is missing. */
  readonly quantity?: { readonly value: number; readonly unit: string }
  /** What is missing and what would fill it. */
  readonly missing: string
}

export interface ProductFootprint {
  readonly name: string
  /** kg per operating year. */
  readonly ratePerYear: number
  readonly kgCO2ePerKg: number
  /** Per kg of its rare earth oxides; absent where it is sold for something else. */
  readonly kgCO2ePerKgReo?: number
  /** kg CO2e per kg of product. */
  readonly byGroup: Readonly<Record<FootprintGroup, number>>
  /** Of the plant's total. */
  readonly share: number
  /** Of what it carries, the part whose factor is a supplier's or measured for this plant. */
  readonly primaryShare: number
}

/** A published route beside this plant, or why it cannot stand there. */
export type RouteComparison =
  | {
      readonly route: PublishedRoute
      readonly comparable: true
      /** This plant's, kg CO2e per kg of the same functional unit. */
      readonly own: number
      /** Own over published, low and high. */
      readonly ratio: readonly [number, number]
    }
  | { readonly route: PublishedRoute; readonly comparable: false; readonly because: string }

/** Electricity and heat by unit, W while operating. */
export interface EnergyUse {
  readonly unit: string
  readonly power?: number
  readonly heat?: number
  readonly gaps: readonly string[]
}

/** Cradle-to-gate greenhouse gas footprint of a plant's products. */
export interface Footprint {
  /** The allocation rule in words. */
  readonly rule: string
  readonly allocation: FootprintRule
  /** How the feed was treated, in words. */
  readonly cutOff: string
  readonly boundary: string
  readonly grid: string
  /** kg CO2e per operating year, of all lines. */
  readonly perYear: number
  /** kg CO2e per kg of rare earth oxide in the products; null where there is none. */
  readonly perKgReo: number | null
  /** Products that carry nothing: not sold as rare earths or, by value, without a price. */
  readonly byProducts: readonly string[]
  readonly primaryShare: number
  readonly perProduct: readonly ProductFootprint[]
  readonly lines: readonly FootprintLine[]
  readonly gaps: readonly FootprintGap[]
  /** kg/y of substances in gaps, and of all substances that enter or leave. */
  readonly unknownMass: { readonly value: number; readonly of: number }
  readonly energy: readonly EnergyUse[]
  readonly compared: readonly RouteComparison[]
  /** Choices that no source backs, each with its reason. */
  readonly assumptions: readonly string[]
  /** What the ids among the sources of lines and routes are, in the order of their use. */
  readonly sources: readonly { readonly id: string; readonly title: string }[]
}

/** What is wrong with the choices, by the path of the input. */
export interface FootprintProblem {
  readonly at: string
  readonly message: string
  readonly expected: string
}

export type FootprintAnswer =
  | { readonly outcome: 'computed'; readonly footprint: Footprint }
  | { readonly outcome: 'refused'; readonly problems: readonly FootprintProblem[] }
