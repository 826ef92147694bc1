import type { Appraisal, PlantDocument, Solution } from '../../scenario/index.ts'
import { figure, percent } from '../numbers.ts'
import type { EngineeringPackage, Revision } from './blocks.ts'
import { type Citation, evidence, type Said, warningSection } from './evidence-sections.ts'
import { estimateSection, operatingSection, staffing } from './cost-sections.ts'
import { economicsSection, footprintSection } from './economics-sections.ts'
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
  readonly appraisal: Appraisal
  readonly revisions: readonly Revision[]
  /** Of the drawing and the file, `2026-11-22`. */
  readonly date: string
  /** `Didymium 0.1.0` */
  readonly program: string
  readonly citation: Citation
}

/** What the money side rests on, in the words of the evidence chapter. */
function saidBy(appraisal: Appraisal): Said {
  const { capital, operating, footprint, defaults, gaps } = appraisal
  const sources = [
    capital.estimateClass.source,
    ...capital.lines.map(({ source }) => source),
    ...capital.equipment.map(({ price }) => ('missing' in price ? undefined : price.source)),
    ...operating.lines.map(({ source }) => source),
    ...defaults.map(({ source }) => source),
    ...('missing' in footprint ? [] : footprint.lines.map(({ source }) => source)),
  ]
  return {
    assumptions: [
      ...appraisal.assumptions,
      ...defaults.map(({ path, value, source }) => ({
        at: path,
        text: `taken from the data: ${value} (${source})`,
      })),
    ],
    sources: sources.flatMap((keys) => keys?.split(/[,;]\s*/) ?? []),
    warnings: [
      ...appraisal.warnings,
      ...gaps.map(({ part, what, why }) => ({ rank: 2, at: part, text: `${what}: ${why}` })),
    ],
  }
}

function summaryOf({ solution, appraisal }: PackageInputs): EngineeringPackage['summary'] {
  const assumed = solution.assumptions.length + appraisal.assumptions.length
  return [
    ...solution.products.map((p): readonly [string, string] => [
      p.name,
      p.elements.length === 0
        ? `${figure(p.rate['t/y'])} t/y`
        : `${figure(p.rate['t/y'])} t/y, ${percent(p.purity.reoOfTreo)} REO of TREO`,
    ]),
    ['operating hours', `${figure(solution.operatingHours)} h/y`],
    ...moneySummary(appraisal),
    ['assumptions', `${assumed}, listed with the sources`],
  ]
}

function moneySummary({ capital, operating, finance, footprint, basis }: Appraisal) {
  const unit = `${basis.currency} (${basis.year})`
  const { projectNpv } = finance.metrics
  const discount = percent(finance.cashFlow.discountRate)
  const rows: (readonly [string, string])[] = [
    [
      'total capital',
      `${figure(capital.totals.total / 1e6, 3)} M${unit}, ${capital.estimateClass.text}`,
    ],
    ['operating cost', `${figure(operating.perYear / 1e6, 3)} M${unit} a year`],
    ['NPV of the project', `${figure(projectNpv / 1e6, 3)} M${unit} at ${discount}`],
  ]
  if ('missing' in footprint || footprint.perKgReo === null) return rows
  return [...rows, ['footprint', `${figure(footprint.perKgReo, 3)} kg CO2e/kg REO`] as const]
}

const isGrave = ({ rank }: { readonly rank: number }) => rank === 1

/** As many as the first page has room for. */
const mostAlerts = 8

/** What a reader must not miss. */
function alertsOf({ plant, solution, appraisal }: PackageInputs): string[] {
  const short = solution.products.filter(({ specification }) => specification === 'not met')
  const products = new Set(short.map(({ name }) => name))
  // Short products and missed limits are said in their own words.
  const others = solution.warnings.filter(
    ({ rank, unit, code }) => rank === 1 && code !== 'limit' && !products.has(unit),
  )
  const bare =
    'The plant file has no economics section: every figure of money rests on the data alone.'
  const all = [
    ...(plant.economics.given ? [] : [bare]),
    ...short.map((p) => `${p.name} misses its specification: ${p.shortfalls.join('; ')}`),
    ...solution.limits.filter(({ met }) => !met).map(({ name }) => `Limit missed: ${name}`),
    ...others.map(({ unit, text }) => `${unit}: ${text}`),
    ...appraisal.warnings.filter(isGrave).map(({ at, text }) => `${at}: ${text}`),
  ]
  const more = all.length - mostAlerts
  if (more <= 0) return all
  return [...all.slice(0, mostAlerts), `and ${more} more: see the warnings at the end`]
}

/** The engineering package of a solved plant: chapters of blocks, to be printed or shown. */
export async function engineeringPackage(inputs: PackageInputs): Promise<EngineeringPackage> {
  const { plant, solution, appraisal, date, citation } = inputs
  const said = saidBy(appraisal)
  return {
    title: solution.title,
    summary: summaryOf(inputs),
    alerts: alertsOf(inputs),
    revisions: inputs.revisions,
    plant: solution.plant,
    program: inputs.program,
    sections: [
      basisOfDesign(solution, plant),
      ...(await drawings(solution, date, `class ${appraisal.capital.estimateClass.class} (AACE)`)),
      blockSummary(solution),
      streamSection(solution),
      balances(solution),
      equipmentList(solution),
      consumption(solution),
      effluents(solution, plant),
      layoutSection(solution),
      staffing(appraisal),
      estimateSection(appraisal),
      operatingSection(appraisal),
      economicsSection(appraisal),
      footprintSection(appraisal),
      evidence(solution, plant, said, citation),
      warningSection(solution, said),
    ],
  }
}
