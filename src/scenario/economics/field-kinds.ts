import type { MoneyField, MoneyPer } from '../../flowsheet/fields.ts'

/** Money that the data can give where the plant does not. */
export const money = (about: string, per?: MoneyPer) =>
  ({ type: 'money', about, optional: true, ...(per === undefined ? {} : { per }) }) as const

export const each = (per?: MoneyPer, about = ''): MoneyField => ({
  type: 'money',
  about,
  ...(per === undefined ? {} : { per }),
})

/** A share of something; the data has one where the plant does not. */
export const share = (about: string, max = 1) =>
  ({ type: 'number', min: 0, max, optional: true, about }) as const
