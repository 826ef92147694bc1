import type { Dimension } from '../quantities/index.ts'

interface FieldBase {
  /** One line of help, shown in forms, in the reference page and in error messages. */
  readonly about: string
  /** May be left out without a default; the parameter is then `undefined`. */
  readonly optional?: boolean
}
export interface QuantityField extends FieldBase {
  readonly type: 'quantity'
  readonly dimension: Dimension
  /** Display unit. Default and bounds are in SI. */
  readonly unit: string
  readonly default?: number
  readonly min?: number
  readonly max?: number
}
/** A plain number or a fraction; text may write `24 %`. */
export interface NumberField extends FieldBase {
  readonly type: 'number'
  readonly default?: number
  readonly min?: number
  readonly max?: number
}
export interface IntegerField extends FieldBase {
  readonly type: 'integer'
  readonly default?: number
  readonly min?: number
  readonly max?: number
}
export interface ChoiceField<O extends string = string> extends FieldBase {
  readonly type: 'choice'
  readonly options: readonly O[]
  readonly default?: O
}
export interface TextField extends FieldBase {
  readonly type: 'text'
  readonly default?: string
}
export interface FlagField extends FieldBase {
  readonly type: 'flag'
  readonly default?: boolean
}
/** Mass fractions by element, oxide or species id with uncertainties: `Nd: 22.8 ± 0.3 %`. */
export interface AssayField extends FieldBase {
  readonly type: 'assay'
}
/** What a price is paid per; `t km` is one tonne carried one kilometre. */
export type MoneyPer = 'kg' | 'kWh' | 'm3' | 'h' | 'y' | 'm2' | 't km' | 'kW y'
/** Money, or money per something: `15 USD/kg`, `108.7 MUSD (2024)`. */
export interface MoneyField extends FieldBase {
  readonly type: 'money'
  /** Absent for a plain amount. */
  readonly per?: MoneyPer
  /** Bounds of the amount in any currency; an amount below zero is money received. */
  readonly min?: number
}
export interface ListField extends FieldBase {
  readonly type: 'list'
  readonly of: Field
}
export interface GroupField extends FieldBase {
  readonly type: 'group'
  readonly fields: Fields
}
/** Free keys (elements, species, port names), one kind of value. */
export interface MapField extends FieldBase {
  readonly type: 'map'
  readonly of: Field
}
export type Field =
  | QuantityField
  | NumberField
  | IntegerField
  | ChoiceField
  | TextField
  | FlagField
  | AssayField
  | MoneyField
  | ListField
  | GroupField
  | MapField
export type Fields = Readonly<Record<string, Field>>

export interface AssayValue {
  /** Mass fraction. */
  readonly value: number
  /** Standard uncertainty of the mass fraction; absent = not stated. */
  readonly uncertainty?: number
}

/** Money as written: nothing is converted before somebody says into which currency and year. */
export interface MoneyValue {
  /** In whole units of the currency, per `per` of its field. */
  readonly amount: number
  /** ISO 4217 code. */
  readonly currency: string
  /** Price level that the text states, `2024`; absent = that of the appraisal. */
  readonly year?: string
}

/** The type of a parameter as a unit operation receives it: SI numbers, resolved defaults. */
type Plain<F extends Field> = F extends { type: 'quantity' | 'number' | 'integer' }
  ? number
  : F extends ChoiceField<infer O>
    ? O
    : F extends { type: 'text' }
      ? string
      : F extends { type: 'flag' }
        ? boolean
        : F extends { type: 'assay' }
          ? Readonly<Record<string, AssayValue>>
          : F extends { type: 'money' }
            ? MoneyValue
            : F extends { type: 'list'; of: infer I extends Field }
              ? readonly Plain<I>[]
              : F extends { type: 'group'; fields: infer G extends Fields }
                ? Params<G>
                : F extends { type: 'map'; of: infer I extends Field }
                  ? Readonly<Record<string, Plain<I>>>
                  : never
export type Params<F extends Fields> = string extends keyof F
  ? Readonly<Record<string, unknown>>
  : {
      readonly [K in keyof F]: F[K] extends { optional: true }
        ? Plain<F[K]> | undefined
        : Plain<F[K]>
    }
