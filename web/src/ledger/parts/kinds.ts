/** Kinds of lots, in the order in which a plant meets them. */
export const lotKinds = [
  'feed',
  'reagent',
  'intermediate',
  'product',
  'by-product',
  'residue',
  'effluent',
  'sample',
  'hold-up',
] as const
