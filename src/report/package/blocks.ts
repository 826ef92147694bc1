/** A column of a table in the package; the unit stands below its head. */
export interface TableColumn {
  readonly head: string
  readonly unit?: string
  /** Numbers are set right, words left. */
  readonly align?: 'left' | 'right'
}

/** What a section is made of; the printed and the web page draw the same blocks. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'quiet' | 'warning' }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** What follows is printed on such a sheet. */
  | { readonly kind: 'turn'; readonly sheet: SectionSheet }
  | {
      readonly kind: 'pairs'
      readonly title?: string
      readonly rows: readonly (readonly [name: string, value: string])[]
    }
  | {
      readonly kind: 'table'
      readonly title: string
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly string[])[]
      /** Sums under the rows. */
      readonly foot?: readonly (readonly string[])[]
      readonly notes?: readonly string[]
    }
  | {
      readonly kind: 'figure'
      readonly title: string
      readonly svg: string
      /** Has a sheet of its own, as large as its letters need: A3, A2 or A1, folded to A4. */
      readonly sheet?: boolean
    }

export type TableBlock = Extract<Block, { kind: 'table' }>

/** A4 upright, A4 across, A3 across. */
export type SectionSheet = 'upright' | 'wide' | 'large'

/** A chapter; upright if nothing is said. */
export interface Section {
  readonly title: string
  readonly sheet?: SectionSheet
  readonly blocks: readonly Block[]
}

/** One line of the revision block; what nobody has signed stays empty. */
export interface Revision {
  readonly revision: string
  readonly date: string
  readonly description: string
  readonly prepared: string
  readonly checked: string
  readonly approved: string
}

/** The engineering package of one solved plant: the same content as PDF and as HTML. */
export interface EngineeringPackage {
  readonly title: string
  /** On the first page, below the title. */
  readonly summary: readonly (readonly [name: string, value: string])[]
  /** What has to be known before anything else is read: no solution, a product short. */
  readonly alerts: readonly string[]
  readonly revisions: readonly Revision[]
  /** SHA-256 of the plant file. */
  readonly plant: string
  readonly program: string
  readonly sections: readonly Section[]
}
