import type { Finding, Refusal, Solution } from '../scenario/index.ts'

/** A plant as a worker can be given it: texts only. */
export interface PlantTexts {
  /** Text of the plant file. */
  readonly plant: string
  /** Its name, for findings. */
  readonly file: string
  /** Texts of its own data sets, and of plants that deliver to it, by the path that it names. */
  readonly sets: Readonly<Record<string, string>>
}

/** Why there is no answer: the plant, its solution, the question, or somebody who stopped it. */
export type Unanswered =
  | { readonly ok: false; readonly why: 'plant'; readonly findings: readonly Finding[] }
  | {
      readonly ok: false
      readonly why: 'unsolved'
      readonly detail: string
      readonly advice: string
    }
  | { readonly ok: false; readonly why: 'question'; readonly refusals: readonly Refusal[] }
  | { readonly ok: false; readonly why: 'stopped' }

export type Answered<T> = { readonly ok: true; readonly answer: T } | Unanswered

/** A solution, which may be one that did not converge; or why nothing was solved. */
export type Solved = Answered<Solution>
