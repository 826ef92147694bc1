/** How a number came to be; shown wherever the number can be asked about. */
export type Method =
  | 'measured'
  | 'digitised'
  | 'fitted'
  | 'interpolated'
  | 'derived'
  | 'estimated'
  | 'assumption'

/** A number from outside, with where it is from. `source` is a key of `data/sources.json`. */
export interface Sourced<T> {
  readonly value: T
  readonly unit?: string
  readonly uncertainty?: number
  readonly source: string
  readonly locator?: string
  readonly method: Method
  /** Why this value was taken where sources disagree, or what limits it. */
  readonly note?: string
}
