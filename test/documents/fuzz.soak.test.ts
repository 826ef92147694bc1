import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { random } from '../../src/numerics/index.ts'
import { readPlantWith } from '../../src/scenario/read-plant.ts'
import { newPlant, readPlant, simulate } from '../../src/scenario/index.ts'
import { draws } from '../draws.ts'
import { basePlant, fakeOps } from './fakes.ts'
import { mutate } from './mutate.ts'

/** Plant files are mutated as they lie in the repository, with the template and the fake plant. */
const plants = fileURLToPath(new URL('../../plants/', import.meta.url))
const files = (): [string, string][] =>
  readdirSync(plants)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => [name, readFileSync(plants + name, 'utf8')])

function checkFindings(text: string, findings: readonly { line: number; column: number }[]) {
  expect(findings.length).toBeGreaterThan(0)
  // A place may be one past the end: something is missing there.
  const lines = text.split(/\r\n|\r|\n/).length + 1
  for (const { line, column } of findings) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines)
    expect(column).toBeGreaterThanOrEqual(1)
  }
}

test('mutated plants of fake units: findings or a plant, never a crash', () => {
  const source = random(20_260_101)
  const pick = (below: number) => Math.floor(source.uniform() * below)
  let refused = 0
  const times = draws(10_000)
  for (let i = 0; i < times; i++) {
    const text = mutate(basePlant, pick)
    const reading = readPlantWith(text, { file: 'f.yaml', unitOps: fakeOps, bank })
    if (reading.ok) continue
    refused += 1
    checkFindings(text, reading.findings)
  }
  expect(refused / times).toBeGreaterThan(0.5)
})

test('mutated real plant files: findings or a plant, never a crash', () => {
  const source = random(20_260_102)
  const pick = (below: number) => Math.floor(source.uniform() * below)
  const originals: [string, string][] = [['new', newPlant()], ...files()]
  const times = draws(2000)
  for (let i = 0; i < times; i++) {
    const [file, original] = originals[i % originals.length] ?? ['', '']
    const text = mutate(original, pick)
    const reading = readPlant(text, { file })
    if (!reading.ok) checkFindings(text, reading.findings)
  }
})

test('mutated plants that can be read end in a solution or a named outcome', () => {
  const source = random(20_260_103)
  const pick = (below: number) => Math.floor(source.uniform() * below)
  const times = draws(2000)
  let solved = 0
  for (let i = 0; i < times; i++) {
    const reading = readPlant(mutate(newPlant(), pick))
    if (!reading.ok) continue
    const solution = simulate(reading.plant)
    const json = JSON.stringify(solution, (_, value: unknown) => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
      return value
    })
    expect(json.length).toBeGreaterThan(0)
    if (solution.status === 'converged') {
      expect(solution.outcome).toBeNull()
      expect(solution.balance.worst).toBeLessThan(1e-9)
      solved += 1
    } else expect(solution.outcome?.name).toBeTruthy()
  }
  expect(solved).toBeGreaterThan(0)
})
