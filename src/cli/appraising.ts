import {
  type Appraisal,
  appraise,
  economicsFindings,
  estimatedBy,
  formatFinding,
  type PlantDocument,
  simulate,
  type Solution,
  soldByDeck,
} from '../scenario/index.ts'
import { type ExitCode, exit, type Io } from './io.ts'
import { loadPlant } from './plant-file.ts'

/** What every command about money may be told beside the plant file. */
export interface MoneyOptions {
  readonly deck?: string
  readonly method?: string
}

export const methods = ['didymium', 'qgess', 'scaled'] as const

interface Opened {
  readonly ok: true
  readonly plant: PlantDocument
  readonly solution: Solution
  readonly appraisal: Appraisal
}

/** A plant read, solved (with pH if wanted) and appraised, or the exit code after saying why. */
export function openAppraisal(
  file: string,
  { deck, method }: MoneyOptions,
  io: Io,
  breakEvens = false,
  pH = false,
): Opened | { readonly ok: false; readonly code: ExitCode } {
  const refuse = (message: string, code: ExitCode = exit.input) => {
    io.err(message)
    return { ok: false, code } as const
  }
  const loaded = loadPlant(file)
  if (!loaded.ok) return refuse(loaded.text)
  let { plant } = loaded
  if (deck !== undefined) plant = soldByDeck(plant, deck)
  const known = methods.find((name) => name === method)
  if (method !== undefined && known === undefined) {
    return refuse(`--method ${method}: ${methods.join(', ')}`)
  }
  if (known !== undefined) plant = estimatedBy(plant, known)
  const findings = economicsFindings(plant)
  if (findings.length > 0) return refuse(findings.map(formatFinding).join('\n'))
  io.progress?.(0.1, `solving ${plant.units.length} units`)
  const solution = simulate(plant, { pH })
  io.progress?.(1)
  const { status, outcome } = solution
  if (status !== 'converged') {
    const text = `${outcome?.detail ?? ''}. ${outcome?.advice ?? ''}`
    return refuse(`${file} has no solution: ${text}`, exit.no)
  }
  return { ok: true, plant, solution, appraisal: appraise(plant, solution, { breakEvens }) }
}

/** A record as JSON; columns of a cash flow as lists of numbers. */
export function moneyJson(record: unknown): string {
  return JSON.stringify(
    record,
    (_, value: unknown) => (value instanceof Float64Array ? [...value] : value),
    2,
  )
}
