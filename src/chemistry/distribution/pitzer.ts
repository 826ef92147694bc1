import { compilePitzer, type PitzerModel } from '../pitzer.ts'
import type { Distribution, DistributionModel, ExtractantSet } from './model.ts'
import { type Bound, bindParameters, constantOf } from './parameters.ts'

/** Thermodynamic constant with Pitzer activity coefficients and organic mole fractions. */
export const pitzerDistribution: DistributionModel = {
  kind: 'pitzer',
  title: 'Thermodynamic constant, Pitzer activities, organic mole fractions',
  about:
    'K = x_c (m_H g_H)^3 / (m_RE g_RE x_d^3): x mole fractions in the organic (extractant, complexes, ' +
    'dodecane), m molality taken equal to mol/L, g from Pitzer (LLEPE). The extractant is counted as ' +
    'its authors do: moles of "(HA)2" equal the nominal molarity of the extractant, three per metal.',
  parameterNames: ['logK', 'beta0', 'beta1', 'cPhi'],
  constantNames: [
    'hydrogenBeta0',
    'hydrogenBeta1',
    'hydrogenCPhi',
    'molarMass',
    'extractantDensity',
    'diluentMolarVolume',
  ],
  compile,
}

function compile(set: ExtractantSet, elements: readonly string[]): Distribution {
  const parameters = bindParameters(set, elements, 1)
  return {
    set,
    elements,
    protons: parameters.protons,
    bound: parameters.bound,
    monomersPerFree: 1,
    dependsOnFree: true,
    dependsOnAqueous: true,
    evaluate: evaluator(parameters, activityModel(set, parameters), organicPhase(set)),
  }
}

/** Activities of H+ and then of the metals, all with chloride. */
function activityModel(set: ExtractantSet, { column, protons }: Bound): PitzerModel {
  const [beta0, beta1, cPhi] = [column('beta0'), column('beta1'), column('cPhi')]
  const hydrogenIon = {
    charge: 1,
    beta0: constantOf(set, 'hydrogenBeta0'),
    beta1: constantOf(set, 'hydrogenBeta1'),
    cPhi: constantOf(set, 'hydrogenCPhi'),
  }
  const metals = Array.from(protons, (charge, k) => ({
    charge,
    beta0: beta0[k] as number,
    beta1: beta1[k] as number,
    cPhi: cPhi[k] as number,
  }))
  return compilePitzer([hydrogenIon, ...metals])
}

/** Moles per litre of organic = level + slope d + bend (organic metal), d = free extractant. */
interface OrganicPhase {
  readonly level: number
  readonly slope: number
  readonly bend: number
}

function organicPhase(set: ExtractantSet): OrganicPhase {
  const volume = constantOf(set, 'molarMass') / constantOf(set, 'extractantDensity')
  const diluent = constantOf(set, 'diluentMolarVolume')
  return {
    level: 1 / diluent,
    slope: 1 - volume / diluent,
    bend: 1 - (3 * volume) / diluent,
  }
}

function evaluator(
  { column, lnConstant }: Bound,
  activity: PitzerModel,
  { level, slope, bend }: OrganicPhase,
): Distribution['evaluate'] {
  const n = lnConstant.length
  const lnK = column('logK').map((logK) => Math.log(10) * logK)
  const m = new Float64Array(n + 1)
  const direction = new Float64Array(n + 1)
  const [gamma, change] = [new Float64Array(n + 2), new Float64Array(n + 2)]
  return (hydrogen, free, aqueous, lnD, dLnHydrogen, dLnFree) => {
    m[0] = hydrogen
    direction[0] = hydrogen
    for (let k = 0; k < n; k++) m[k + 1] = aqueous[k] as number
    activity.evaluate(m, gamma, direction, change)
    const acid = 3 * (Math.log(hydrogen) + (gamma[0] as number))
    const dAcid = 3 * (1 + (change[0] as number))
    const lnFree = Math.log(free)
    let [load, dLoad] = [0, 0]
    for (let k = 0; k < n; k++) {
      const ln = (lnK[k] as number) + (gamma[k + 1] as number) - acid + 3 * lnFree
      const amount = Math.exp(ln) * (aqueous[k] as number)
      lnD[k] = ln
      dLnHydrogen[k] = (change[k + 1] as number) - dAcid
      load += amount
      dLoad += amount * (dLnHydrogen[k] as number)
    }
    const base = level + slope * free
    const total = organicTotal(base, bend, load)
    const capped = total <= leastShare * base
    const stiff = 1 + (2 * bend * load) / total ** 3
    const dTotalHydrogen = capped ? 0 : (bend * dLoad) / total ** 2 / stiff
    const dTotalFree = capped
      ? leastShare * slope * free
      : (slope * free + (3 * bend * load) / total ** 2) / stiff
    for (let k = 0; k < n; k++) {
      const constant = lnConstant[k] as number
      const on = Number.isNaN(constant) ? 1 : 0
      lnD[k] = on === 1 ? (lnD[k] as number) - 2 * Math.log(total) : constant
      dLnHydrogen[k] = on * ((dLnHydrogen[k] as number) - (2 * dTotalHydrogen) / total)
      dLnFree[k] = on * (3 - (2 * dTotalFree) / total)
    }
  }
}

const leastShare = 0.75

/**
 * Moles per litre of organic, the larger root of total = base + bend load / total^2 (a complex is
 * larger than the diluent molecules that it replaces, so bend < 0). Held at three quarters of
 * `base`, a loading that no extractant reaches, so that trial states far off have a finite answer.
 */
function organicTotal(base: number, bend: number, load: number): number {
  const least = leastShare * base
  if (least - base - (bend * load) / (least * least) >= 0) return least
  let total = base
  for (let turn = 0; turn < 50; turn++) {
    const residual = total - base - (bend * load) / (total * total)
    const next = total - residual / (1 + (2 * bend * load) / total ** 3)
    if (Math.abs(next - total) <= 1e-15 * total) return next
    total = Math.max(next, least)
  }
  return total
}
