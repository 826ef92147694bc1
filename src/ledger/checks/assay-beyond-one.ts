import type { LotCheck } from './check.ts'

export const assayBeyondOne: LotCheck = {
  code: 'assay-beyond-one',
  severity: 'error',
  about: 'A result of the laboratory is less than nothing or more than everything.',
  find({ part }) {
    const wrong = part.assays.find(({ value }) => value !== undefined && (value < 0 || value > 1))
    return wrong === undefined
      ? undefined
      : `${wrong.analyte} is ${(wrong.value ?? 0) * 100} % of the mass`
  },
}
