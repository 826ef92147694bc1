import type { FitOptions } from '../../../src/scenario/index.ts'
import type { FitWish, TestTable } from '../engine/tasks/workbench.ts'

/** The form of a fit as it is written; blank says nothing. */
export interface FitForm {
  readonly tables: readonly TestTable[]
  /** Table in the field. */
  readonly shown: number
  readonly points: readonly string[]
  readonly extractant: string
  readonly model: string
  readonly base: string
  readonly free: readonly string[]
  readonly leaveOutOutliers: boolean
  readonly scatter: string
  readonly texts: Readonly<Record<TextKey, string>>
}

export type TextKey =
  | 'elements'
  | 'fix'
  | 'bounds'
  | 'separation'
  | 'protons'
  | 'error'
  | 'leastD'
  | 'leaveOut'
  | 'temperature'
  | 'diluent'
  | 'medium'
  | 'title'

export const firstForm: FitForm = {
  tables: [{ name: 'pasted', text: '' }],
  shown: 0,
  points: [],
  extractant: 'PC88A',
  model: 'mass-action',
  base: '',
  free: [],
  leaveOutOutliers: false,
  scatter: 'common',
  texts: {
    elements: '',
    fix: '',
    bounds: '',
    separation: '',
    protons: '',
    error: '',
    leastD: '',
    leaveOut: '',
    temperature: '',
    diluent: '',
    medium: '',
    title: '',
  },
}

/** Tables that hold anything. */
export const filledTables = ({ tables }: FitForm) => tables.filter(({ text }) => text.trim() !== '')

/** The form as the engine takes it. */
export function wishOf(form: FitForm, sets: FitWish['sets']): FitWish {
  const { texts, extractant, model, scatter, free, base, leaveOutOutliers, points } = form
  const written = Object.entries(texts).flatMap(([key, text]) =>
    text.trim() === '' || key === 'diluent' || key === 'medium'
      ? []
      : [[key, text.trim()] as const],
  )
  const leaveOut = [texts.leaveOut.trim(), leaveOutOutliers ? 'outliers' : '']
    .filter((part) => part !== '')
    .join(',')
  const options: FitOptions = {
    ...Object.fromEntries(written),
    ...(leaveOut === '' ? {} : { leaveOut }),
    ...(free.length === 0 ? {} : { free: free.join(',') }),
    ...(base === '' ? {} : { base }),
    model,
    extractant,
    scatter,
    diluent: texts.diluent.trim() === '' ? 'not stated' : texts.diluent.trim(),
    medium: texts.medium.trim() === '' ? 'not stated' : texts.medium.trim(),
  }
  return { tables: filledTables(form), points, options, sets }
}
