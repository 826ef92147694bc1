import type { ExtractantSet } from '../chemistry/index.ts'
import { atomicNumber } from '../chemistry/index.ts'
import { extractantSetSchema } from './schema.ts'

/** What is wrong in a user's extractant set, and where in the document. */
export interface SetFinding {
  /** Keys from the root of the document: `parameters.Nd.a`. */
  readonly path: string
  readonly message: string
}

export type ReadSet =
  | { readonly ok: true; readonly set: ExtractantSet }
  | { readonly ok: false; readonly findings: readonly SetFinding[] }

/** Checks a document that was already parsed (from YAML or JSON) as an extractant set. */
export function readExtractantSet(document: unknown): ReadSet {
  const result = extractantSetSchema().safeParse(document)
  if (!result.success) {
    return {
      ok: false,
      findings: result.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      })),
    }
  }
  const set = result.data as ExtractantSet
  const strangers = Object.keys(set.parameters).filter(
    (symbol) => (atomicNumber(symbol) ?? 0) === 0,
  )
  if (strangers.length > 0) {
    return {
      ok: false,
      findings: strangers.map((symbol) => ({
        path: `parameters.${symbol}`,
        message: `${symbol} is not an element`,
      })),
    }
  }
  return { ok: true, set }
}

/** Reads a user's extractant set from JSON text; answers the set or everything wrong with it. */
export function parseExtractantSet(text: string): ReadSet {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON'
    return { ok: false, findings: [{ path: '', message: `not valid JSON: ${message}` }] }
  }
  return readExtractantSet(document)
}
