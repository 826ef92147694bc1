import { type Finding, formatFinding, type PlantDocument, readPlant } from '../scenario/index.ts'
import { readTextFile, setReader } from './io.ts'

export type LoadedPlant =
  | {
      readonly ok: true
      readonly plant: PlantDocument
      readonly text: string
      /** Texts of its own data sets, and of plants that deliver to it, by the path it names. */
      readonly sets: Readonly<Record<string, string>>
    }
  | { readonly ok: false; readonly findings: readonly Finding[]; readonly text: string }

/** Reads and checks a plant file; what is wrong comes back as findings and as printable text. */
export function loadPlant(file: string): LoadedPlant {
  const read = readTextFile(file)
  if (!read.ok) {
    const finding = { file, line: 1, column: 1, code: 'file', message: read.message, expected: '' }
    return { ok: false, findings: [finding], text: read.message }
  }
  const sets: Record<string, string> = {}
  const readSet = setReader(file)
  const result = readPlant(read.text, {
    file,
    readSet: (path) => {
      const text = readSet(path)
      if (text !== undefined) sets[path] = text
      return text
    },
  })
  if (result.ok) return { ok: true, plant: result.plant, text: read.text, sets }
  const count = result.findings.length
  const text = [
    ...result.findings.map(formatFinding),
    `${count} ${count === 1 ? 'thing' : 'things'} to put right in ${file}`,
  ].join('\n')
  return { ok: false, findings: result.findings, text }
}
