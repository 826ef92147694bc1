/**
 * A number with its unit in the type: `Q<'mol/s'>`. A flavour, not a brand: a plain number fits, a
 * number of another unit does not. Nothing of it is left at run time.
 */
export type Q<U extends string> = number & { readonly __unit?: U }
