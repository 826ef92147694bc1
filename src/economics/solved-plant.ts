import type { HoldUp, Size } from '../flowsheet/unit-op.ts'

/** A line of the solved plant; the solution document fits. */
export interface SolvedLine {
  /** `unit.port` */
  readonly from: string
  readonly to: string
  readonly phase: 'solid' | 'aqueous' | 'organic' | 'gas'
  /** kg/s */
  readonly mass: number
  /** kg/s */
  readonly elements: Readonly<Record<string, number>>
  /** m3/s by phase. */
  readonly volume: Readonly<Record<string, number>>
}

/** A piece of equipment as the units state it; read from a document, so that any may be absent. */
export interface SolvedEquipment {
  readonly type: string
  readonly count: number
  readonly standby?: number | undefined
  /** What it is sized by, of each, SI. */
  readonly size: Size
  readonly further?: readonly Size[] | undefined
  /** Electricity of all that run, W. */
  readonly power?: number | undefined
  readonly material: string
  readonly basis: string
}

export interface SolvedPlantUnit {
  readonly kind: string
  readonly title: string
  /** Electricity, W. */
  readonly power?: number | undefined
  /** W, to be added (positive) or removed. */
  readonly heat:
    | { readonly watts: number; readonly without?: string | undefined }
    | { readonly unknown: string }
  /** Read of reagents alone: what they are as sold. */
  readonly figures?:
    | Readonly<Record<string, { readonly value: number; readonly unit: string }>>
    | undefined
  readonly equipment: readonly SolvedEquipment[]
  readonly holdUp?: HoldUp | undefined
}

export interface SolvedPlantProduct {
  readonly name: string
  readonly elements: readonly string[]
  readonly rate: { readonly 'kg/s': number }
  readonly purity: {
    readonly reoOfTreo: number
    readonly treoInProduct: number
    readonly oxideInProduct: number
  }
  readonly specification: 'met' | 'not met' | 'none'
}

export interface SolvedReagent {
  readonly name: string
  readonly rate: { readonly 'kg/s': number }
  /** Mass fractions by species. */
  readonly composition: Readonly<Record<string, number>>
}

/** The part of a solved plant that costs are made of: the solution document fits as it is. */
export interface SolvedPlant {
  /** h/y */
  readonly operatingHours: number
  readonly streams: Readonly<Record<string, SolvedLine>>
  readonly products: readonly SolvedPlantProduct[]
  readonly reagents: readonly SolvedReagent[]
  readonly units: Readonly<Record<string, SolvedPlantUnit>>
}
