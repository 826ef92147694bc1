import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { readPlantWith } from '../../src/scenario/read-plant.ts'
import { unitOps } from '../../src/unitops/index.ts'
import { damages } from './damage.ts'
import { circuitBase, circuitDamages } from './damage-circuit.ts'
import { basePlant, fakeOps } from './fakes.ts'

const files = new Map([
  ['./broken.yaml', 'a: "x'],
  ['./other.yaml', 'title: not a set\n'],
])
const read = (text: string) =>
  readPlantWith(text, {
    file: 'plant.yaml',
    unitOps: fakeOps,
    bank,
    readSet: (path) => files.get(path),
  })

test('the undamaged plant has nothing wrong', () => {
  const reading = read(basePlant)
  expect(reading).toMatchObject({ ok: true })
  if (!reading.ok) return
  const [magnets] = reading.plant.units
  expect(magnets?.params['rate']).toBeCloseTo(20_000 / (6000 * 3600), 15)
  expect(reading.plant.annotations).toContainEqual({
    key: 'note',
    at: 'sx1',
    text: 'assumption: ten stages are enough',
  })
})

test('there are at least 60 damages', () => {
  expect(damages.length).toBeGreaterThanOrEqual(60)
  expect(new Set(damages.map((d) => d.name)).size).toBe(damages.length)
})

test.each(damages)('$name', ({ replace, by, line, message, expected }) => {
  const damaged = replace === 'WHOLE' ? by : basePlant.replace(replace, () => by)
  expect(damaged).not.toBe(basePlant)
  const reading = read(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  const found = reading.findings.filter((f) => message.test(f.message))
  const all = reading.findings.map((f) => `${f.line}:${f.column} ${f.message} (${f.expected})`)
  expect(
    found.map((f) => f.line),
    all.join('\n'),
  ).toContain(line)
  if (expected !== undefined) expect(found.map((f) => f.expected).join('\n')).toMatch(expected)
  expect(new Set(reading.findings.map((f) => f.file))).toEqual(new Set(['plant.yaml']))
})

test('all findings at once, in reading order', () => {
  const damaged = basePlant
    .replace('20 t/y', '20')
    .replace('12 L/h', '12')
    .replace('saponification: Na', 'saponification: K')
    .replace('[10 L/h, 30 L/h]', '[10, 30]')
  const reading = read(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  expect(reading.findings.map((f) => f.line)).toEqual([8, 17, 18])
})

test('a plant of 10,001 units is refused with a clear message', () => {
  const units = Array.from({ length: 10_001 }, (_, i) => `  u${i}: { type: discharge }`).join('\n')
  const text = `schema: didymium/plant@1\ntitle: x\noperatingHours: 1 h/y\nunits:\n${units}\nstreams: {}\n`
  const reading = read(text)
  if (reading.ok) throw new Error('nothing was found wrong')
  expect(reading.findings[0]).toMatchObject({ line: 4, message: 'the plant has 10001 units' })
})

test('a file beyond 5 MB is refused before it is parsed', () => {
  const reading = read(`${basePlant}# ${'x'.repeat(5_000_000)}`)
  if (reading.ok) throw new Error('nothing was found wrong')
  expect(reading.findings).toMatchObject([{ line: 1, code: 'too-large' }])
})

const own = (model: string) => {
  const set = [...bank.extractants.values()].find((s) => s.model === model)
  if (set === undefined) throw new Error(`no set of the model ${model}`)
  return set
}
const circuitBank = {
  ...bank,
  extractants: new Map([
    ...bank.extractants,
    ['SOLVATING', own('solvating')],
    ['FACTORS', own('separation-factor')],
  ]),
}
const readCircuit = (text: string) =>
  readPlantWith(text, { file: 'plant.yaml', unitOps, bank: circuitBank })

test('the undamaged circuit has nothing wrong', () => {
  expect(readCircuit(circuitBase)).toMatchObject({ ok: true })
})

test.each(circuitDamages)('circuit: $name', ({ replace, by, line, message, expected }) => {
  const damaged = circuitBase.replace(replace, () => by)
  expect(damaged).not.toBe(circuitBase)
  const reading = readCircuit(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  const all = reading.findings.map((f) => `${f.line}:${f.column} ${f.message} (${f.expected})`)
  const found = reading.findings.filter((f) => message.test(f.message))
  expect(
    found.map((f) => f.line),
    all.join('\n'),
  ).toContain(line)
  expect(found.map((f) => f.expected).join('\n')).toMatch(expected ?? /./)
})

test('a bad parameter hides neither an open port nor another fault of its unit', () => {
  const damaged = circuitBase
    .replace('time: 24 h', 'time: 24')
    .replace('  S3: leach.offgas -> off-gas.in\n', '')
    .replace('organicFlow: 12 L/h', 'organicFlow: 12')
    .replace('load, stage: 6', 'load, stage: 7')
  const reading = readCircuit(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  const messages = reading.findings.map((f) => `${f.line} ${f.message}`).join('\n')
  expect(messages).toMatch(/^9 the outlet leach\.offgas is not connected$/m)
  expect(messages).toMatch(/^11 "time": /m)
  expect(messages).toMatch(/^16 "organicFlow": /m)
  expect(messages).toMatch(/^24 the section load has no stage 7$/m)
})

test('what depends on a refused parameter is not judged', () => {
  const damaged = circuitBase.replace('middle, section: load', 'middle, sectoin: load')
  const reading = readCircuit(damaged)
  if (reading.ok) throw new Error('nothing was found wrong')
  expect(new Set(reading.findings.map((f) => f.line))).toEqual(new Set([26]))
})
