import type { OptimiseQuestion, OptimumReport } from '../../../../src/scenario/index.ts'
import type { Workspace } from '../../document/store.ts'
import type { Choices } from '../../engine/tasks/results.ts'

/** A parameter that may be moved, its bounds as they are written. */
export interface Freedom {
  readonly path: string
  readonly unit: string
  readonly low: string
  readonly high: string
}

/** The question as the form holds it. */
export interface AskedOptimum {
  readonly freedoms: readonly Freedom[]
  readonly sense: 'minimise' | 'maximise'
  readonly objective: string
  /** One a line. */
  readonly requirements: string
  readonly evaluations: number
}

/** A first question: the reagent that is drawn most, at the purities that the plant requires. */
export function usualOptimum(
  { results, requirements }: Choices,
  movable: Choices['parameters'],
): AskedOptimum {
  const flows = movable.filter(({ path, value }) => path.endsWith('.flow') && value > 0)
  const reagents = results.filter(({ text }) => text.startsWith('reagent '))
  const acid = reagents.find(({ text }) => /acid|caustic/.test(text)) ?? reagents[0] ?? results[0]
  const round = (value: number) => `${Number(value.toPrecision(4))}`
  return {
    freedoms: flows.slice(0, 2).map(({ path, unit, value }) => ({
      path,
      unit,
      low: round(0.8 * value),
      high: round(1.2 * value),
    })),
    sense: 'minimise',
    objective: acid?.text ?? '',
    requirements: requirements.filter((text) => text.startsWith('product ')).join('\n'),
    evaluations: 300,
  }
}

/** What is missing in a question; empty where it can be asked. */
export function problemOf({ freedoms, objective, evaluations }: AskedOptimum): string {
  if (freedoms.length === 0) return 'Add a parameter that may be moved.'
  const bad = freedoms.find(({ low, high }) => !(Number(low) < Number(high)))
  if (bad !== undefined) return `The bounds of ${bad.path} are empty.`
  if (objective.trim() === '') return 'Name an objective.'
  return Number.isInteger(evaluations) && evaluations >= 10 ? '' : 'At least 10 solutions.'
}

export function questionOf(asked: AskedOptimum): OptimiseQuestion {
  const { freedoms, sense, objective, requirements, evaluations } = asked
  return {
    vary: freedoms.map(({ path, unit, low, high }) => `${path}=${low}..${high} ${unit}`.trim()),
    [sense]: objective.trim(),
    require: requirements
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    evaluations,
  }
}

/** Digits with which a found value is written into the plant file. */
const digits = 7

/**
 * The plant text with the found values written over those of its parameters; undefined where one of
 * them is not in the text.
 */
export function takenOver(
  text: string,
  spots: Workspace['places'],
  found: OptimumReport['parameters'],
): string | undefined {
  const places = found.map(({ path, unit, value }) => {
    const range = spots.get(path)
    const written = `${Number(value.toPrecision(digits))} ${unit}`.trim()
    return range === undefined ? undefined : { range, written }
  })
  const known = places.filter((place) => place !== undefined)
  if (known.length < places.length) return undefined
  // From the end, so that earlier places stay where they are.
  return known
    .sort((a, b) => b.range[0] - a.range[0])
    .reduce(
      (so, { range: [from, to], written }) => so.slice(0, from) + written + so.slice(to),
      text,
    )
}
