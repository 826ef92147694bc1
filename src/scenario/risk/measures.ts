import type { CostBasis } from '../../economics/index.ts'
import type { Appraisal } from '../economics/appraisal.ts'
import { suggest } from '../suggest.ts'
import type { Refusal } from '../study/parameters.ts'
import { readResult } from '../study/results.ts'
import { unmeasured, type Study } from '../study/what-if.ts'
import { clip } from '../yaml-tree.ts'
import { figureKinds, moneyFigures, type MoneyFigure } from './figures.ts'
import type { RiskMeasure, RiskRequirement } from './types.ts'

const ofMoney = (figure: MoneyFigure, basis: CostBasis): RiskMeasure => {
  const { title, unit, factor, better } = figureKinds[figure]
  return { name: figure, of: { kind: 'money', figure }, title, unit: unit(basis), factor, better }
}

const ofFootprint = (product: string): RiskMeasure => ({
  name: `footprint ${product}`,
  of: { kind: 'footprint', product },
  title: `Footprint of ${product}`,
  unit: 'kg CO2e/kg',
  factor: 1,
  better: 'less',
})

const footprints = ({ footprint }: Appraisal) =>
  'missing' in footprint ? [] : footprint.perProduct.map(({ name }) => name)

/** What is followed of every plant: value, return and cost of it, and the footprint of products. */
export function usualMeasures(appraisal: Appraisal): readonly RiskMeasure[] {
  const figures: readonly MoneyFigure[] = [
    'npv',
    'irr',
    'payback',
    ...((appraisal.finance.inputs.debt?.length ?? 0) > 0
      ? (['equity-npv', 'equity-irr', 'dscr'] as const)
      : []),
    'levelised-cost',
    'capital',
    'operating-cost',
    'revenue',
  ]
  return [
    ...figures.map((figure) => ofMoney(figure, appraisal.basis)),
    ...footprints(appraisal).map(ofFootprint),
  ]
}

/** The names of all measures of money and footprint; results of the plant come beside them. */
export function measureNames(appraisal: Appraisal): readonly string[] {
  return [...moneyFigures, ...footprints(appraisal).map((name) => `footprint ${name}`)]
}

/** A measure by its name: `npv`, `footprint PRODUCT`, or a result as specifications write it. */
export function readMeasureName(
  text: string,
  study: Study,
  appraisal: Appraisal,
): { readonly ok: true; readonly measure: RiskMeasure } | Refusal {
  const name = text.trim().split(/\s+/).join(' ')
  const figure = moneyFigures.find((known) => known === name)
  if (figure !== undefined) return { ok: true, measure: ofMoney(figure, appraisal.basis) }
  const known = measureNames(appraisal)
  if (name.startsWith('footprint ')) {
    if (known.includes(name)) return { ok: true, measure: ofFootprint(name.slice(10)) }
    return { ok: false, message: `no measure "${clip(name)}"`, expected: suggest(name, known) }
  }
  const read = readResult(name, study.plant, study.base)
  if (!read.ok) {
    if (name.includes(' ')) return read
    return { ok: false, message: `no measure "${clip(name)}"`, expected: suggest(name, known) }
  }
  const [none] = unmeasured(study, [read.result])
  if (none !== undefined) return none
  const { measure, unit, factor } = read.result
  return {
    ok: true,
    measure: {
      name,
      of: { kind: 'plant', measure },
      title: name,
      unit,
      factor,
      better: name.startsWith('reagent ') ? 'less' : 'more',
    },
  }
}

/** `npv > 0`, `irr >= 15 %`, `footprint didymium-oxide < 20`: in the unit of the measure. */
export function readCondition(
  text: string,
  study: Study,
  appraisal: Appraisal,
): { readonly ok: true; readonly requirement: RiskRequirement } | Refusal {
  const parts = /^(.+?)\s*(>=|<=|>|<)\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*?)\s*$/s.exec(
    text,
  )
  const [, name = '', sign, bound = '', unit = ''] = parts ?? []
  const comparison = (['>=', '<=', '>', '<'] as const).find((known) => known === sign)
  if (comparison === undefined) {
    const message = `"${clip(text)}" is no condition`
    return { ok: false, message, expected: 'npv > 0, irr >= 15 %, footprint PRODUCT < 20' }
  }
  const read = readMeasureName(name, study, appraisal)
  if (!read.ok) return read
  const { measure } = read
  if (unit !== '' && unit !== measure.unit) {
    const message = `"${clip(text)}": ${measure.name} is not in ${clip(unit)}`
    return { ok: false, message, expected: measure.unit === '' ? 'no unit' : measure.unit }
  }
  const written = `${measure.name} ${comparison} ${bound}${measure.unit === '' ? '' : ` ${measure.unit}`}`
  return { ok: true, requirement: { text: written, measure, comparison, bound: Number(bound) } }
}
