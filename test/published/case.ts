import { readFileSync } from 'node:fs'
import { bank } from '../../src/databank/index.ts'
import type { ExtractantSet } from '../../src/chemistry/index.ts'

/** A published case, copied from its source, as `test/published/cases/<name>.json` holds it. */
export function readCase(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8'))
}

/** A built-in extractant set that must exist. */
export function builtIn(id: string): ExtractantSet {
  const set = bank.extractants.get(id)
  if (set === undefined) throw new Error(`no extractant set ${id}`)
  return set
}

/** The same set with one number multiplied: a parameter of an element, or a constant. */
export function scaled(
  set: ExtractantSet,
  name: string,
  factor: number,
  element?: string,
): ExtractantSet {
  if (element === undefined) {
    const constant = set.constants[name]
    if (constant === undefined) throw new Error(`${set.id} has no constant ${name}`)
    const changed = { ...constant, value: constant.value * factor }
    return { ...set, constants: { ...set.constants, [name]: changed } }
  }
  const parameter = set.parameters[element]?.[name]
  if (parameter === undefined) throw new Error(`${set.id} has no ${name} of ${element}`)
  const changed = { ...parameter, value: parameter.value * factor }
  const own = { ...set.parameters[element], [name]: changed }
  return { ...set, parameters: { ...set.parameters, [element]: own } }
}
