import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { Transient } from '../../src/scenario/index.ts'
import { wellFormed } from '../draw/xml.ts'
import { circuitPlant, folder, say } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const plant = files.write('circuit.yaml', circuitPlant)
const follow = (...more: string[]) =>
  say('transient', plant, '--circuit', 'sx1', '--until', '6 h', '--tolerance', '0.01', ...more)

it('prints a document that its schema accepts, and writes series, profiles and a picture', async () => {
  const [csv, profiles, plot] = ['a.csv', 'b.csv', 'c.svg'].map(files.path)
  const said = await follow(
    '--json',
    '--frames=5',
    `--csv=${csv}`,
    `--profiles=${profiles}`,
    `--plot=${plot}`,
    '--require=strip-liquor Dy >= 90 %',
  )
  expect(said.code, said.err).toBe(0)
  const transient = JSON.parse(said.out) as Transient
  const schema = JSON.parse((await say('schema', 'transient')).out) as z.core.JSONSchema.JSONSchema
  expect(z.fromJSONSchema(schema).safeParse(transient).error).toBeUndefined()
  expect(transient.balance.worst).toBeLessThan(1e-10)
  const rows = parseCsv(readFileSync(csv ?? '', 'utf8'))
  expect(rows).toHaveLength(transient.times.length + 1)
  const stages = parseCsv(readFileSync(profiles ?? '', 'utf8'))
  expect(stages).toHaveLength(5 * transient.frames.stages.length + 1)
  expect(wellFormed(readFileSync(plot ?? '', 'utf8'))).toEqual([])
})

it('prints tables for people', async () => {
  const said = await follow('--require', 'strip-liquor Dy >= 90 %')
  expect(said.code, said.err).toBe(0)
  for (const words of ['off specification, kg', 'hold-up of mixers and settlers', 'assumption:'])
    expect(said.out).toContain(words)
})

it('refuses what contradicts itself or names nothing', async () => {
  const refused = async (...more: string[]) => {
    const said = await follow(...more)
    expect(said.code).toBe(2)
    return said.err
  }
  expect(await refused('--from', 'full')).toContain('empty or steady')
  expect(await refused('--from', 'steady', '--compare')).toContain('ways to start from empty')
  expect(await refused('--frames', '1')).toContain('2 to 1000')
  expect(await refused('--tolerance', 'fine')).toContain('1e-7 to 0.1')
  expect(await refused('--change', 'sx1.organicflow = 2 L/h')).toContain('sx1.organicFlow')
})
