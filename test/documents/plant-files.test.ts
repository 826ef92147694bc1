import { expect, test } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { readPlantWith } from '../../src/scenario/read-plant.ts'
import { damages } from './damage.ts'
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
