/**
 * Activity coefficients of single ions, 25 degC. Concentrations in mol/L are taken for molalities,
 * which is inside the models' own uncertainty where they hold.
 */

/** Debye-Hueckel slope A for log10, water at 25 degC (mol/kg)^-0.5. */
const slope = 0.509

export type ActivityModel = 'ideal' | 'davies' | 'sit'

/** Ionic strength up to which each model is trusted, mol/L. */
export const activityLimit: Readonly<Record<ActivityModel, number>> = {
  ideal: Number.POSITIVE_INFINITY,
  davies: 0.5,
  sit: 3.5,
}

/**
 * Davies: log10 gamma = -A z^2 (sqrt I/(1 + sqrt I) - 0.3 I). The bracket changes sign at
 * I = 1.94 mol/L, so the caller must hold I at the limit.
 * Source: C. W. Davies, Ion Association, Butterworths 1962.
 */
function daviesLog10(charge: number, ionicStrength: number): number {
  const root = Math.sqrt(ionicStrength)
  return -slope * charge * charge * (root / (1 + root) - 0.3 * ionicStrength)
}

/**
 * Debye-Hueckel term of the specific ion interaction theory, log10: -A z^2 sqrt I/(1 + 1.5 sqrt I);
 * the interaction terms sum epsilon m are added by the caller.
 * Source: Grenthe, Plyasunov, Spahiu, in Modelling in Aquatic Chemistry, OECD NEA 1997.
 */
function sitLog10(charge: number, ionicStrength: number): number {
  const root = Math.sqrt(ionicStrength)
  return (-slope * charge * charge * root) / (1 + 1.5 * root)
}

/** log10 gamma over z^2 as a function of ionic strength alone. */
export function activityTerm(model: ActivityModel, ionicStrength: number): number {
  if (model === 'ideal') return 0
  return model === 'davies' ? daviesLog10(1, ionicStrength) : sitLog10(1, ionicStrength)
}

/** Derivative of `activityTerm` by ionic strength, L/mol. */
export function activityTermSlope(model: ActivityModel, ionicStrength: number): number {
  if (model === 'ideal') return 0
  const root = Math.sqrt(ionicStrength)
  return model === 'davies'
    ? -slope * (0.5 / (root * (1 + root) * (1 + root)) - 0.3)
    : (-slope * 0.5) / (root * (1 + 1.5 * root) * (1 + 1.5 * root))
}
