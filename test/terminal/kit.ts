import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/cli/run.ts'

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line and keeps what it says. */
export async function say(...argv: readonly string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []]
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
  }
  const code = await run(argv, io)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

export interface Folder {
  readonly path: (name: string) => string
  /** Writes a file; returns its path. */
  readonly write: (name: string, content: string | Uint8Array) => string
  readonly remove: () => void
}

export function folder(): Folder {
  const root = mkdtempSync(join(tmpdir(), 'didymium-terminal-'))
  const path = (name: string) => join(root, name)
  return {
    path,
    write: (name, content) => {
      writeFileSync(path(name), content)
      return path(name)
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** A plant without chemistry, quick to solve. */
export const smallPlant = `# A comment.
schema: didymium/plant@1
title: A small plant
operatingHours: 6000 h/y
units:
  powder:
    type: feed
    rate: 1 t/y
    assay: { Nd2O3: 70 %, Pr6O11: 29 % }
    assumption: an example, not a measured lot
  split: { type: splitter, outlets: { sold: 90 %, kept: 10 % } }
  didymium-oxide: { type: product, elements: [Nd, Pr], specification: { reoOfTreo: 99.5 % } }
  store: { type: discharge }
streams:
  S1: powder.out -> split.in
  S2: split.sold -> didymium-oxide.in
  S3: split.kept -> store.in
`

/** The small plant with one place said differently. */
export function changed(replace: string, by: string): string {
  const text = smallPlant.replace(replace, by)
  if (text === smallPlant) throw new Error(`the small plant does not say ${replace}`)
  return text
}

/** A plant that is read but has no solution: the fractions of a split pass one. */
export const unsolvable = changed('kept: 10 %', 'kept: 20 %')

/** One circuit between a leach and two products: enough to have stages, reagents and warnings. */
export const circuitPlant = `schema: didymium/plant@1
title: One circuit
operatingHours: 6000 h/y
units:
  oxide: { type: feed, rate: 6 t/y, form: oxide, assay: { Nd2O3: 78 %, Dy2O3: 20 %, Fe2O3: 2 % } }
  acid: { type: reagent, species: { HCl: 32 % } }
  water: { type: reagent, species: { H2O: 100 % } }
  air: { type: reagent, state: gas, species: { O2: 23.1 %, N2: 75.6 %, Ar: 1.3 % } }
  scrub-acid: { type: reagent, concentration: { HCl: 1 mol/L } }
  strip-acid: { type: reagent, concentration: { HCl: 5 mol/L } }
  caustic: { type: reagent, species: { NaOH: 30 % } }
  solvent: { type: reagent, state: organic, extractant: PC88A, molarity: 1 mol/L }
  leach: { type: leach, acidRatio: 1.1, liquidToSolid: 6 kg/kg, particleSize: 20 um }
  filter: { type: filter, moisture: 30 %, washRatio: 2 }
  sx1:
    type: sx-circuit
    extractant: PC88A-T21-NdPr
    concentration: 1 mol/L
    organicFlow: 12 L/h
    saponification: 20 %
    sections:
      - { name: extraction, type: extraction, stages: 6 }
      - { name: scrub, type: scrub, stages: 4, flow: 2 L/h }
      - { name: strip, type: strip, stages: 5, flow: 1.5 L/h }
    assumedD: { Fe: 0 }
  neodymium: { type: discharge }
  dysprosium: { type: discharge }
  residue: { type: discharge, medium: residue }
  brine: { type: discharge }
  off-gas: { type: discharge, medium: offgas }
streams:
  S1: oxide.out -> leach.in
  R1: acid.out -> leach.acid
  R2: water.out -> leach.water
  R3: air.out -> leach.air
  S2: leach.out -> filter.in
  S3: leach.offgas -> off-gas.in
  R4: water.out -> filter.wash
  S4: filter.cake -> residue.in
  S5: filter.filtrate -> sx1.feed
  R5: scrub-acid.out -> sx1.scrub
  R6: strip-acid.out -> sx1.strip
  R7: caustic.out -> sx1.base
  R8: solvent.out -> sx1.makeup
  S6: sx1.raffinate -> neodymium.in
  S7: sx1.strip-liquor -> dysprosium.in
  S8: sx1.saponification-liquor -> brine.in
`
