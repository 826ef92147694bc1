/** What is wrong at one place of a user's document, and what would be right. */
export interface Finding {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly column: number
  /** Stable name of the rule that is broken, for example `unknown-key`. */
  readonly code: string
  readonly message: string
  /** What would be right: the accepted units, the nearest known key ... Empty if nothing helps. */
  readonly expected: string
}

/** A place in a text, both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Collects the findings of one file; handed down to everything that reads it. */
export interface Findings {
  readonly file: string
  add(at: Position, code: string, message: string, expected?: string): void
  /** All findings in reading order, each place and text once. */
  sorted(): readonly Finding[]
  count(): number
  /** Times that `add` was called: also grows where the same place is found wrong again. */
  raised(): number
}

/** Findings beyond this many are not listed one by one. */
const mostListed = 500

/** An empty list for the file of that name. */
export function findingsFor(file: string): Findings {
  const list: Finding[] = []
  const seen = new Set<string>()
  let unlisted = 0
  let raised = 0
  return {
    file,
    add: (at, code, message, expected = '') => {
      raised += 1
      const key = `${at.line}:${at.column}:${code}:${message}`
      if (seen.has(key)) return
      if (list.length >= mostListed) {
        unlisted += 1
        return
      }
      seen.add(key)
      list.push({ file, line: at.line, column: at.column, code, message, expected })
    },
    sorted: () => {
      const sorted = [...list].sort(byPlace)
      if (unlisted === 0) return sorted
      const last = sorted.at(-1) ?? { line: 1, column: 1 }
      const message = `${unlisted} more findings are not listed`
      return [...sorted, { ...last, file, code: 'too-many-findings', message, expected: '' }]
    },
    count: () => list.length + unlisted,
    raised: () => raised,
  }
}

function byPlace(a: Finding, b: Finding): number {
  if (a.line !== b.line) return a.line - b.line
  if (a.column !== b.column) return a.column - b.column
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0
}

/** A finding as one line of text: `plant.yaml:12:5: message (expected)`. */
export function formatFinding(finding: Finding): string {
  const place = `${finding.file}:${finding.line}:${finding.column}`
  return `${place}: ${finding.message}${finding.expected === '' ? '' : ` (${finding.expected})`}`
}
