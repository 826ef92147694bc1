import { bank as builtIn, type Databank } from '../databank/index.ts'
import { unitOps } from '../unitops/index.ts'
import type { Finding } from './findings.ts'
import { plantJsonSchemaOf } from './json-schema.ts'
import type { PlantReading } from './plant.ts'
import { readPlantWith } from './read-plant.ts'

export interface ReadPlantOptions {
  /** Name of the file, shown in findings. */
  readonly file?: string
  /** Text of a data set by its path relative to the plant file; `undefined` if there is none. */
  readonly readSet?: (path: string) => string | undefined
  /** The data to use; the built-in databank if left out. */
  readonly bank?: Databank
}

/**
 * Reads a plant file (`didymium/plant@1`, YAML): the plant, or everything that is wrong with it
 * with file, line, column and what would be right. Nothing in the text is executed.
 */
export function readPlant(text: string, options: ReadPlantOptions = {}): PlantReading {
  const { file = 'plant.yaml', readSet, bank = builtIn } = options
  return readPlantWith(text, {
    file,
    unitOps,
    bank,
    ...(readSet === undefined ? {} : { readSet }),
  })
}

/** Everything that is wrong with a plant file, in reading order; empty when nothing is. */
export function checkPlant(text: string, options: ReadPlantOptions = {}): readonly Finding[] {
  const reading = readPlant(text, options)
  return reading.ok ? [] : reading.findings
}

/** The JSON Schema (draft 2020-12) of the plant document with every registered kind of unit. */
export function plantJsonSchema(): Readonly<Record<string, unknown>> {
  return plantJsonSchemaOf(unitOps)
}
