import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type PlantDocument,
  readPlant,
  type ReadPlantOptions,
  simulate,
  type Solution,
} from '../../src/scenario/index.ts'

export const plants = fileURLToPath(new URL('../../plants', import.meta.url))
export const here = fileURLToPath(new URL('.', import.meta.url))

/** A plant that must be good; throws its findings. */
export function plantOf(text: string, options: ReadPlantOptions = {}): PlantDocument {
  const reading = readPlant(text, options)
  if (!reading.ok) throw new Error(reading.findings.map((f) => f.message).join('\n'))
  return reading.plant
}

/** The solution of a plant file; throws its findings. */
export function solve(file: string, edit: (text: string) => string = (text) => text): Solution {
  const readSet = (path: string) => readFileSync(join(dirname(file), path), 'utf8')
  return simulate(plantOf(edit(readFileSync(file, 'utf8')), { file, readSet }))
}

/** Share of an element that enters by feeds and reagents and leaves by no product or discharge. */
export function leftOver(solution: Solution, symbol: string): number {
  const kindOf = (port: string) => solution.units[port.slice(0, port.lastIndexOf('.'))]?.kind ?? ''
  let [entering, leaving] = [0, 0]
  for (const stream of Object.values(solution.streams)) {
    const mass = stream.elements[symbol] ?? 0
    if (['feed', 'delivery', 'liquor', 'reagent'].includes(kindOf(stream.from))) entering += mass
    if (['product', 'discharge'].includes(kindOf(stream.to))) leaving += mass
  }
  return entering === 0 && leaving === 0 ? 0 : Math.abs(entering - leaving) / entering
}
