import type { Distribution } from '../../numerics/index.ts'
import type { Appraisal } from '../economics/appraisal.ts'
import type { PlantDocument } from '../plant.ts'
import {
  isLike,
  matching,
  parametersOf,
  shown,
  type Parameter,
  type Refusal,
} from '../study/parameters.ts'
import { isAssay, statedInputs, type UncertainInput } from '../study/uncertainty.ts'
import type { Study } from '../study/what-if.ts'
import { clip } from '../yaml-tree.ts'
import { normal, readSpread } from './read-spread.ts'
import { spreadForms } from './spread-text.ts'
import type { PricePlan } from './price-model.ts'
import type { RiskInput, RiskKind, RiskRequest } from './types.ts'

/** Names of the inputs that are no number of the plant, or a short word for one that is. */
export const capitalPath = 'economics.estimate.equipmentFactor'
const delayPath = 'economics.finance.delay'
export const outputName = 'economics.risk.output'
export const grantsName = 'economics.risk.grants'
export const policyName = 'prices.policy'
export const policyStrengthName = 'prices.policy.strength'
export const factorName = (factor: string) => `prices.${factor}`

const shortNames: Readonly<Record<string, string>> = {
  capital: capitalPath,
  delay: delayPath,
  output: outputName,
  grants: grantsName,
}

/** A factor of one that is no parameter of the plant: what is sold over what was solved. */
const output: Parameter = {
  path: outputName,
  about: 'Output sold over the solved one.',
  value: 1,
  dimension: 'ratio',
  unit: '',
  min: 0,
  max: 10,
  whole: false,
  place: { of: 'economics', path: ['risk', 'output'] },
}

function kindOf(parameter: Parameter): RiskKind {
  const { place } = parameter
  if (place.of === 'set') return 'constant'
  if (place.of === 'unit') return isAssay(parameter) ? 'assay' : 'process'
  const [block, key] = place.path
  if (block === 'estimate') return 'capital'
  if (block === 'operating') return 'operating'
  if (block === 'sales') return 'price'
  if (block === 'footprint') return 'footprint'
  if (block === 'risk') return key === 'output' ? 'output' : 'price'
  return ['delay', 'spend', 'ramp', 'life', 'firstYear'].includes(String(key))
    ? 'schedule'
    : 'funding'
}

/** What the plant, the data and the request say is uncertain, in the order of the plant. */
export interface RiskInputs {
  readonly inputs: readonly RiskInput[]
  readonly assumptions: readonly string[]
}

/** A spread that is put on a parameter, by whom. */
interface Spread {
  readonly parameter: Parameter
  readonly text: string
  readonly origin: RiskInput['origin']
  readonly basis: string
}

/**
 * All that is uncertain: numbers that the plant or a set state with an uncertainty, the `risk`
 * block, the class of the estimate, prices; then what the request adds, changes or takes away.
 */
export function riskInputs(
  study: Study,
  appraisal: Appraisal,
  prices: PricePlan,
  request: RiskRequest,
  refusals: Refusal[],
): RiskInputs {
  const { plant } = study
  const known = parametersOf(plant, study.bank)
  const inputs = new Map<string, RiskInput>()
  for (const [path, stated] of statedInputs(study, request)) {
    inputs.set(path, ofDeviation(stated, plant))
  }
  const assumptions: string[] = []
  for (const spread of blockSpreads(known, appraisal, plant, assumptions, refusals)) {
    put(spread, inputs, plant, refusals)
  }
  addGrants(plant, inputs)
  for (const input of priceInputs(prices)) inputs.set(input.name, input)
  for (const text of request.inputs) addGiven(text, known, inputs, plant, refusals)
  return { inputs: [...inputs.values()], assumptions }
}

function ofDeviation(stated: UncertainInput, plant: PlantDocument): RiskInput {
  const { parameter, deviation, origin } = stated
  const { path, value, min, max } = parameter
  const [one, more] = [value, value + deviation].map((at) => shown(at, parameter, plant))
  return {
    name: path,
    kind: kindOf(parameter),
    origin,
    text: `${one} to ${more}, one standard deviation`,
    basis: origin === 'assumed' ? 'asked for where none is stated' : 'stated with the number',
    parameter,
    distribution: normal(value, deviation, min, max),
  }
}

/** What the `risk` block says, and the class of the estimate where it says nothing else. */
function blockSpreads(
  known: readonly Parameter[],
  appraisal: Appraisal,
  plant: PlantDocument,
  assumptions: string[],
  refusals: Refusal[],
): readonly Spread[] {
  const { inputs = {}, capital, delay, output: sold } = plant.economics.risk
  const stated = { origin: 'stated', basis: 'risk block of the plant' } as const
  const own = Object.entries(inputs).flatMap(([path, text]): readonly Spread[] => {
    const found = matching(path, known, plant)
    if (!found.ok) refusals.push({ ...found, message: `economics.risk.inputs: ${found.message}` })
    return found.ok ? found.parameters.map((parameter) => ({ parameter, text, ...stated })) : []
  })
  const at = (path: string, text: string, said: Pick<Spread, 'origin' | 'basis'> = stated) =>
    known.flatMap((parameter) => (parameter.path === path ? [{ parameter, text, ...said }] : []))
  return [
    ...own,
    ...(capital === 'class' ? classSpread(at, appraisal, assumptions) : at(capitalPath, capital)),
    ...at(delayPath, delay),
    ...(sold === 'fixed' ? [] : [{ parameter: output, text: sold, ...stated }]),
  ]
}

/** The range of the estimate's class on what equipment costs, and with it all that follows it. */
function classSpread(
  at: (path: string, text: string, said: Pick<Spread, 'origin' | 'basis'>) => readonly Spread[],
  { capital: { estimateClass } }: Appraisal,
  assumptions: string[],
): readonly Spread[] {
  const { low, high, source } = estimateClass
  if (!(low > -1 && high > low)) return []
  const [below, above] = [low, high].map((share) => Number((1 + share).toPrecision(6)))
  const percent = [low, high].map((share) => `${share > 0 ? '+' : ''}${Math.round(100 * share)} %`)
  const basis = `class ${estimateClass.class} of the estimate, ${percent.join(' to ')} (${source})`
  const range = `the accuracy range of the estimate's class, ${percent.join(' to ')}`
  assumptions.push(
    `${range}, is read as P10 and P90 of what equipment costs; lines that are shares of it move along`,
  )
  return at(capitalPath, `x ${below}..${above}`, { origin: 'assumed', basis })
}

function put(
  { parameter, text, origin, basis }: Spread,
  inputs: Map<string, RiskInput>,
  plant: PlantDocument,
  refusals: Refusal[],
): void {
  const read = readSpread(text, parameter, plant)
  if (!read.ok) {
    refusals.push(read)
    return
  }
  const { path: name } = parameter
  if (read.distribution === undefined) inputs.delete(name)
  else {
    const { distribution } = read
    const kind = kindOf(parameter)
    inputs.set(name, { name, kind, origin, text: read.text, basis, parameter, distribution })
  }
}

/** All grants or none, with the probability that the block states; none where none is in doubt. */
function addGrants({ economics }: PlantDocument, inputs: Map<string, RiskInput>): void {
  const { grants: probability } = economics.risk
  if ((economics.finance.grants?.length ?? 0) === 0 || probability >= 1) return
  inputs.set(grantsName, grantsInput(probability, 'stated', 'risk block of the plant'))
}

const grantsInput = (
  probability: number,
  origin: RiskInput['origin'],
  basis: string,
): RiskInput => ({
  name: grantsName,
  kind: 'funding',
  origin,
  text: `paid with a probability of ${Number((100 * probability).toPrecision(4))} %`,
  basis,
  distribution: { kind: 'either', probability, yes: 1, no: 0 },
})

const standard: Distribution = {
  kind: 'normal',
  mean: 0,
  deviation: 1,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
}

const percentOf = (share: number) => `${Number((100 * share).toPrecision(3))} %`

/** Factors that something sold follows, and the event where it moves one of them. */
function priceInputs({ model, basis }: PricePlan): readonly RiskInput[] {
  const { factors, follows, jump } = model
  const used = new Set(Object.values(follows).flatMap((powers) => Object.keys(powers)))
  const said = (name: string) => ({
    kind: 'price' as const,
    origin: basis[name]?.isStated === true ? ('stated' as const) : ('assumed' as const),
    basis: basis[name]?.text ?? '',
  })
  const paths = factors.flatMap(({ name, volatility, halfLife, level }): readonly RiskInput[] => {
    if (!used.has(name) || !(volatility > 0 || level > 0)) return []
    const around = `around a level known to ${percentOf(level)}`
    const text = `${percentOf(volatility)} per root year, halves in ${Number(halfLife.toPrecision(3))} y, ${around}`
    return [{ name: factorName(name), ...said(name), text, distribution: standard }]
  })
  if (jump === undefined || !(jump.perYear > 0)) return paths
  if (!Object.keys(jump.moves).some((name) => used.has(name))) return paths
  const flat = { kind: 'uniform', low: 0, high: 1 } as const
  const [when, strength] = [
    `expected ${Number(jump.perYear.toPrecision(3))} times a year until it comes`,
    `prices ${jump.p10} .. ${jump.p90} times, P10 .. P90`,
  ]
  return [
    ...paths,
    { name: policyName, ...said('policy'), text: when, distribution: flat },
    { name: policyStrengthName, ...said('policy'), text: strength, distribution: flat },
  ]
}

/** `PATH=SPREAD` of the request; `*` stands for any letters. */
function addGiven(
  given: string,
  known: readonly Parameter[],
  inputs: Map<string, RiskInput>,
  plant: PlantDocument,
  refusals: Refusal[],
): void {
  const [short = '', text] = given.split(/=(.*)/s)
  const path = shortNames[short.trim()] ?? short.trim()
  if (text === undefined) {
    const message = `"${clip(given)}" says no uncertainty`
    refusals.push({ ok: false, message, expected: `${clip(path)}=${spreadForms}` })
    return
  }
  const like = [...inputs.keys()].filter((name) => isLike(name, path))
  if (text.trim() === 'fixed' && like.length > 0) {
    for (const name of like) inputs.delete(name)
    // An event of a strength that never comes, and one that comes without any, are both none.
    if (like.some((name) => name.startsWith(policyName))) {
      inputs.delete(policyName)
      inputs.delete(policyStrengthName)
    }
    return
  }
  if (path === grantsName) {
    addProbability(text, inputs, refusals)
    return
  }
  const said = { origin: 'given', basis: 'asked for' } as const
  const found =
    path === outputName
      ? ({ ok: true, parameters: [output] } as const)
      : matching(path, known, plant)
  if (!found.ok) refusals.push(found)
  else
    for (const parameter of found.parameters)
      put({ parameter, text, ...said }, inputs, plant, refusals)
}

function addProbability(text: string, inputs: Map<string, RiskInput>, refusals: Refusal[]): void {
  const [, digits = '', sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? []
  const probability = digits === '' ? Number.NaN : Number(digits) / (sign === '%' ? 100 : 1)
  if (probability >= 0 && probability <= 1) {
    inputs.set(grantsName, grantsInput(probability, 'given', 'asked for'))
    return
  }
  const message = `grants: "${clip(text)}" is no probability`
  refusals.push({ ok: false, message, expected: '70 %' })
}
