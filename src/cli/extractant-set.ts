import type { ExtractantSet } from '../chemistry/index.ts'
import { bank, formatFinding, readSetFile } from '../scenario/index.ts'
import { readTextFile } from './io.ts'

export type NamedSet =
  | { readonly ok: true; readonly set: ExtractantSet }
  | { readonly ok: false; readonly message: string }

/** Whether a name on the command line is the file of a data set and not an id. */
export const isSetFile = (name: string): boolean => /\.(ya?ml|json)$/i.test(name)

/** An extractant set by its id, or from a file of one's own. */
export function extractantSet(name: string): NamedSet {
  const builtIn = bank.extractants.get(name)
  if (builtIn !== undefined) return { ok: true, set: builtIn }
  if (!isSetFile(name)) {
    const message = `no extractant set "${name}"; the list: didymium data; a set of your own: its file`
    return { ok: false, message }
  }
  const read = readTextFile(name)
  if (!read.ok) return read
  const reading = readSetFile(read.text, name)
  if (reading.ok) return reading
  return { ok: false, message: reading.findings.map(formatFinding).join('\n') }
}
