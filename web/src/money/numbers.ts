import type { ParameterView } from '../engine/protocol.ts'

/** True for a number of one of those parts of the economics of a plant. */
export const isOf = (path: string, sections: readonly string[]): boolean =>
  sections.some((section) => path.startsWith(`economics.${section}.`))

/** `economics.finance.debt[0].rate` as the steps to it in the plant file. */
export const pathOf = (path: string): readonly (string | number)[] =>
  path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))

/** Words that only say where in the plant file a number stands. */
const shelves: ReadonlySet<string> = new Set(['products'])

const short = new WeakMap<ParameterView, ParameterView>()

/** A number under the last part of its label; the same record each time, as fields are kept. */
function shortened(parameter: ParameterView, label: string): ParameterView {
  const known = short.get(parameter) ?? { ...parameter, label }
  short.set(parameter, known)
  return known
}

/** Numbers by what they are of: a product, a loan, a feed; the part itself goes without saying. */
export function grouped(
  parameters: readonly ParameterView[],
): readonly (readonly [group: string, fields: readonly ParameterView[]])[] {
  const groups = new Map<string, ParameterView[]>()
  for (const parameter of parameters) {
    const words = parameter.label.split(': ').filter((word) => !shelves.has(word))
    const label = words.at(-1) ?? parameter.label
    const group = words.slice(1, -1).join(', ')
    groups.set(group, [...(groups.get(group) ?? []), shortened(parameter, label)])
  }
  return [...groups]
}
