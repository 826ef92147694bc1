import type { z } from 'zod'

export interface InputProblem {
  /** Where in the input: lots.0.mass. */
  readonly path: string
  readonly message: string
}

/** What stands at a path of an input. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
        : undefined,
    input,
  )
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a record of fields',
}

/** What is wrong with a field, in words of people who fill it in. */
function messageOf(issue: z.core.$ZodIssue, input: unknown): string {
  // What a schema says in its own words stands.
  if (!/^(?:Invalid|Unrecognized)/.test(issue.message)) return issue.message
  const isMissing = valueAt(input, issue.path) === undefined
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String).join(', ')
    return isMissing ? `is missing: one of ${words}` : `is none of ${words}`
  }
  if (issue.code === 'invalid_type') {
    return isMissing ? 'is missing' : `has to be ${kinds[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'unrecognized_keys') return `has no field ${issue.keys.join(', ')}`
  return issue.message
}

/** Everything that is wrong with an input, field by field. */
export const inputProblems = (
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
): readonly InputProblem[] =>
  issues.map((issue) => ({ path: issue.path.join('.'), message: messageOf(issue, input) }))
