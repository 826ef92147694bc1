import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bank } from '../../../src/databank/index.ts'
import { parametersOf, readPlant } from '../../../src/scenario/index.ts'
import { withWritten } from './insert.ts'
import { textPathOf, writtenAt } from './written.ts'

const folder = new URL('../../../plants/', import.meta.url)
const readSet = (path: string) => readFileSync(new URL(path, folder), 'utf8')

function read(text: string) {
  const reading = readPlant(text, { readSet })
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return { ...reading, parameters: parametersOf(reading.plant, bank) }
}

describe('a number that a plant file leaves to its default', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  it.each(names)('can be written into %s', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const { tree, parameters } = read(text)
    const absent = parameters.filter((p) => {
      const path = textPathOf(p)
      return path !== undefined && writtenAt(tree, path) === undefined
    })
    expect(absent.length).toBeGreaterThan(0)
    // A few: reading a plant takes its time.
    for (const parameter of absent.filter((_, k) => k % 29 === 0)) {
      const unit = parameter.whole || parameter.unit === '' ? '' : ` ${parameter.unit}`
      const after = withWritten(text, textPathOf(parameter) ?? [], `3${unit}`)
      expect(after, parameter.path).toBeDefined()
      expect(after?.replaceAll(/\s/g, '').length, parameter.path).toBeGreaterThan(
        text.replaceAll(/\s/g, '').length,
      )
      const again = readPlant(after ?? '', { readSet })
      // The value may not be allowed; that it is read as this parameter is what is asked.
      if (!again.ok) {
        const codes = again.findings.map(({ code }) => code)
        expect(codes, `${parameter.path} ${JSON.stringify(again.findings)}`).not.toContain(
          'unknown-key',
        )
        expect(codes, parameter.path).not.toContain('yaml-syntax')
        continue
      }
      const moved = parametersOf(again.plant, bank).filter((p) => p.path !== parameter.path)
      const others = parameters.filter((p) => p.path !== parameter.path)
      expect(moved.map(({ path, value }) => [path, value])).toEqual(
        others.map(({ path, value }) => [path, value]),
      )
    }
  })

  it('is written in braces, in a block, and behind a comment', () => {
    expect(withWritten('a: { b: 1 }\n', ['a', 'c'], '2 h')).toBe('a: { b: 1, c: 2 h }\n')
    expect(withWritten('a: {}\n', ['a', 'c'], '2')).toBe('a: { c: 2 }\n')
    expect(withWritten('a:\n  b: 1 # x\nd: 1\n', ['a', 'c'], '2')).toBe(
      'a:\n  b: 1 # x\n  c: 2\nd: 1\n',
    )
    expect(withWritten('a:\n  - b: [1]\n', ['a', 0, 'c', 'd'], '2')).toBe(
      'a:\n  - c: { d: 2 }\n    b: [1]\n',
    )
    expect(withWritten('a: 1\n', ['a', 'b'], '2')).toBeUndefined()
  })
})
