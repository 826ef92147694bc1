import type { Assay, Content } from './lot.ts'

/** One result as it was chosen for a lot: the newest final one, else the newest provisional one. */
export interface Reading extends Assay {
  /** How the lot comes by it: it or its sample was analysed, or the lot it was taken from. */
  readonly by: 'own' | 'sample' | 'parent' | 'blend'
}

/** What is known of what a lot consists of. */
export interface Composition {
  readonly lot: string
  /** Elements of which a fraction of the wet mass is known; sorted by symbol. */
  readonly contents: readonly Content[]
  /** Water per wet mass; absent: nobody has said. */
  readonly moisture?: { readonly fraction: number; readonly u?: number; readonly isBelow: boolean }
  /** Results that could not be brought to the wet mass, and why. */
  readonly gaps: readonly { readonly analyte: string; readonly why: string }[]
  /** What the contents were computed from (not for blends), as the laboratory gave it. */
  readonly readings: readonly Reading[]
}
