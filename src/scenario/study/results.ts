import { findingsFor } from '../findings.ts'
import { measureDimension, readCondition, readMeasure } from '../measure.ts'
import type { Condition, Measure, Names } from '../measure.ts'
import { isSold } from '../measure-value.ts'
import { figureKinds, moneyFigures } from '../risk/figures.ts'
import type { Refusal } from './parameters.ts'
import type { PlantDocument } from '../plant.ts'
import type { FieldContext } from '../read-fields.ts'
import { namesOf } from '../read-plant.ts'
import type { SimulationState } from '../simulate.ts'

/** A number that a solved plant answers with, and how people read it. */
export interface Result {
  /** As specifications write it: `product dysprosium-oxide reoOfTreo`. */
  readonly text: string
  readonly measure: Measure
  /** Unit in which it is shown, and what a value is multiplied by for it. */
  readonly unit: string
  readonly factor: number
}

const names = (plant: PlantDocument): Names => ({
  ...namesOf(new Map(plant.units.map((unit) => [unit.name, unit])), plant.streams),
  ...(plant.economics.given ? { money: moneyFigures } : {}),
})

/** Reads a result; figures of a unit must be among those that the solved plant has. */
export function readResult(
  text: string,
  plant: PlantDocument,
  solved?: SimulationState,
): { readonly ok: true; readonly result: Result } | Refusal {
  const words = text.trim().split(/\s+/).join(' ')
  const measure = readMeasure(words, names(plant))
  if ('message' in measure) return { ok: false, ...measure }
  return { ok: true, result: { text: words, measure, ...shownIn(measure, plant, solved) } }
}

/** A condition on a result, and how its value is shown. */
export interface Requirement {
  readonly condition: Condition
  readonly result: Result
}

/** Reads `recovery Nd >= 95 %`, in the units of the plant file. */
export function readRequirement(
  text: string,
  plant: PlantDocument,
  solved?: SimulationState,
): { readonly ok: true; readonly requirement: Requirement } | Refusal {
  const findings = findingsFor(plant.file)
  const context: FieldContext = {
    findings,
    secondsPerYear: 3600 * plant.operatingHours,
    annotations: [],
    uncertainties: new Map(),
    refused: new Set(),
    stages: 0,
  }
  const node = {
    kind: 'text',
    at: { line: 1, column: 1 },
    text,
    quoted: false,
    range: [0, text.length],
  } as const
  const condition = readCondition(node, names(plant), context)
  if (condition !== undefined) {
    const { measure } = condition
    const result = { text: condition.text, measure, ...shownIn(measure, plant, solved) }
    return { ok: true, requirement: { condition, result } }
  }
  const [first] = findings.sorted()
  return { ok: false, message: first?.message ?? text, expected: first?.expected ?? '' }
}

function shownIn(measure: Measure, plant: PlantDocument, solved?: SimulationState) {
  if (measure.of === 'figure') {
    const figures = solved?.solved.results[measure.unit]?.figures
    return { unit: figures?.[measure.figure]?.unit ?? '', factor: 1 }
  }
  if (measure.of === 'money') {
    const kind = moneyFigures.find((known) => known === measure.figure)
    const unit = kind === undefined ? '' : figureKinds[kind].unit(plant.economics.basis)
    return { unit, factor: 1 }
  }
  switch (measureDimension(measure)) {
    case 'mass-flow':
      return { unit: 't/y', factor: 3.6 * plant.operatingHours }
    case 'mass-ratio':
      return { unit: '%', factor: 100 }
    case 'mass-concentration':
      return { unit: 'g/L', factor: 1 }
    case 'concentration':
      return { unit: 'mol/L', factor: 1 }
    default:
      return { unit: '', factor: 1 }
  }
}

/**
 * The results that a plant has by name: products, recoveries, reagents and the figures of its
 * units. Those of streams and stages are too many to list; `measureForms` says how to write them.
 */
export function resultsOf(plant: PlantDocument, solved: SimulationState): readonly Result[] {
  const sold = plant.units.filter(isSold)
  const elements = new Set(sold.flatMap(({ params }) => [params['elements']].flat().map(String)))
  const figures = plant.units.flatMap(({ name }) =>
    Object.keys(solved.solved.results[name]?.figures ?? {}).map((f) => `figure ${name} ${f}`),
  )
  const { products, reagents } = names(plant)
  const texts = [
    ...products.flatMap((name) => ['reoOfTreo', 'rate'].map((what) => `product ${name} ${what}`)),
    ...[...elements].map((element) => `recovery ${element}`),
    ...reagents.map((name) => `reagent ${name} rate`),
    ...figures,
    ...(plant.economics.given ? moneyFigures.map((figure) => `money ${figure}`) : []),
  ]
  return texts.flatMap((text) => {
    const read = readResult(text, plant, solved)
    return read.ok ? [read.result] : []
  })
}

/** What is asked for when nobody says what: purity of every product sold, recoveries, reagents. */
export function usualResults(plant: PlantDocument, solved: SimulationState): readonly Result[] {
  const products = new Set(plant.units.filter(isSold).map(({ name }) => name))
  return resultsOf(plant, solved).filter(({ measure }) => {
    if (measure.of === 'product') return products.has(measure.product) && measure.what !== 'rate'
    return measure.of === 'recovery' || measure.of === 'reagent'
  })
}
