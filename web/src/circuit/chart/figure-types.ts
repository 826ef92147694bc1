import type { Axis, Tick } from './scale.ts'
import type { Point } from './shape.ts'

/** A line of a chart, named at its end. */
export interface Line {
  readonly id: string
  /** At the end of the line; empty: none. */
  readonly label: string
  readonly colour: string
  readonly points: readonly Point[]
  readonly dash?: string
  readonly width?: number
  /** Drawn in the colour of text of the second rank, thin. */
  readonly faint?: boolean
  /** A smooth curve instead of straight pieces. */
  readonly smooth?: boolean
}

export type DotShape = 'circle' | 'square' | 'triangle' | 'diamond'

export interface Dot {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly colour: string
  readonly shape?: DotShape
  readonly size?: number
  readonly faint?: boolean
  /** Not filled. */
  readonly open?: boolean
  /** Said on hover. */
  readonly title?: string
}

/** Words at a point. */
export interface Note {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly text: string
  readonly dx?: number
  readonly dy?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
}

/** A horizontal line with words: a limit, a target. */
export interface Rule {
  readonly id: string
  readonly y: number
  readonly text: string
  readonly dash?: string
}

/** A vertical line with words. */
export interface Upright {
  readonly id: string
  readonly x: number
  readonly text: string
  /** The words stand left of the line. */
  readonly before?: boolean
}

/** One chart of a figure: all of a figure share the x axis. */
export interface Panel {
  readonly id: string
  readonly height: number
  readonly y: Axis
  readonly lines: readonly Line[]
  readonly dots?: readonly Dot[]
  readonly notes?: readonly Note[]
  readonly rules?: readonly Rule[]
  /** Most ticks that carry a number, or the ticks themselves. */
  readonly ticks?: number
  readonly yTicks?: readonly Tick[]
}

/** A stretch of the x axis with a name: a section of a circuit. */
export interface Band {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** What enters or leaves at a place of the x axis. */
export interface Mark {
  readonly id: string
  readonly x: number
  readonly text: string
  readonly way: 'in' | 'out'
}

export interface FigureData {
  readonly x: Axis
  readonly xTicks?: readonly Tick[]
  readonly panels: readonly Panel[]
  readonly bands?: readonly Band[]
  readonly marks?: readonly Mark[]
  readonly uprights?: readonly Upright[]
}
