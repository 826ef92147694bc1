import type { PlantDocument, Solution } from '../../scenario/index.ts'
import { figure, percent } from '../numbers.ts'
import type { EngineeringPackage, Revision } from './blocks.ts'
import { type Citation, evidence, type Said, warningSection } from './evidence-sections.ts'
import { consumption, effluents, equipmentList, layoutSection } from './plant-sections.ts'
import {
  balances,
  basisOfDesign,
  blockSummary,
  drawings,
  streamSection,
} from './process-sections.ts'

/** What a package is made of. */
export interface PackageInputs {
  readonly plant: PlantDocument
  readonly solution: Solution
  readonly revisions: readonly Revision[]
  /** Of the drawing and the file, `2026-11-22`. */
  readonly date: string
  /** `Didymium 0.1.0` */
  readonly program: string
  readonly citation: Citation
}

const nothingSaid: Said = { assumptions: [], sources: [], warnings: [] }

function summaryOf({ solution }: PackageInputs): EngineeringPackage['summary'] {
  return [
    ...solution.products.map((p): readonly [string, string] => [
      p.name,
      p.elements.length === 0
        ? `${figure(p.rate['t/y'])} t/y`
        : `${figure(p.rate['t/y'])} t/y, ${percent(p.purity.reoOfTreo)} REO of TREO`,
    ]),
    ['operating hours', `${figure(solution.operatingHours)} h/y`],
    ['assumptions', `${solution.assumptions.length}, listed with the sources`],
  ]
}

/** What a reader must not miss. */
function alertsOf({ solution }: PackageInputs): string[] {
  const { outcome } = solution
  return [
    ...(outcome === null
      ? []
      : [`No solution: ${outcome.name} at ${outcome.unit}: ${outcome.detail}`]),
    ...solution.products
      .filter(({ specification }) => specification === 'not met')
      .map(({ name, shortfalls }) => `${name} misses its specification: ${shortfalls.join('; ')}`),
    ...solution.limits.filter(({ met }) => !met).map(({ name }) => `Limit missed: ${name}`),
  ]
}

/** The engineering package of a solved plant: chapters of blocks, to be printed or shown. */
export async function engineeringPackage(inputs: PackageInputs): Promise<EngineeringPackage> {
  const { plant, solution, date, citation } = inputs
  const said = nothingSaid
  return {
    title: solution.title,
    summary: summaryOf(inputs),
    alerts: alertsOf(inputs),
    revisions: inputs.revisions,
    plant: solution.plant,
    program: inputs.program,
    sections: [
      basisOfDesign(solution, plant),
      ...(await drawings(solution, date)),
      blockSummary(solution),
      streamSection(solution),
      balances(solution),
      equipmentList(solution),
      consumption(solution),
      effluents(solution, plant),
      layoutSection(solution),
      evidence(solution, plant, said, citation),
      warningSection(solution, said),
    ],
  }
}
