import { expect, test } from 'vitest'
import { findingsFor } from './findings.ts'
import { readYaml } from './yaml-tree.ts'

function findings(text: string): string[] {
  const list = findingsFor('t.yaml')
  readYaml(text, list)
  return list.sorted().map((f) => `${f.line}:${f.column} ${f.code}`)
}

test('values stay text, with their places', () => {
  const list = findingsFor('t.yaml')
  const tree = readYaml('a: 0.5\nb: { Nd: 22.8 ± 0.3 %, on: }\n', list)
  expect(list.sorted()).toEqual([])
  if (tree?.kind !== 'map') throw new Error('a map')
  expect(tree.entries.get('a')?.value).toMatchObject({ text: '0.5', at: { line: 1, column: 4 } })
  const b = tree.entries.get('b')?.value
  if (b?.kind !== 'map') throw new Error('a map')
  expect(b.entries.get('Nd')?.value).toMatchObject({ text: '22.8 ± 0.3 %' })
  expect(b.entries.get('on')?.value).toMatchObject({ text: '', quoted: false })
})

test('what a plant file may not contain is found at its place', () => {
  expect(findings('a: !!js/function "x"\nb: !own 1')).toEqual(['1:18 tag', '2:9 tag'])
  expect(findings('__proto__: 1\na: { constructor: 2 }')).toEqual(['1:1 reserved', '2:6 reserved'])
  expect(findings('a: 1\nb: 2\na: 3')).toEqual(['3:1 duplicate'])
  expect(findings('a:\n\tb: 1')).toEqual(['2:1 yaml-syntax'])
  expect(findings('a: 1\n---\nb: 2')).toEqual(['2:1 several-documents'])
  expect(findings('%YAML 1.1\n---\na: 1')).toEqual(['1:1 directive'])
  expect(findings('a: b\u0000')).toEqual(['1:5 control-character'])
  expect(findings('')).toEqual(['1:1 empty'])
  expect(findings('a: *x')).toEqual(['1:4 alias'])
  expect(findings('a: &x [*x]')).toEqual(['1:8 alias'])
  expect(findings('? [1]\n: 2')).toEqual(['1:3 key'])
})

test('what would make a small file large is refused quickly', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 12; i++) {
    bomb.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
  }
  expect(findings(bomb.join('\n'))).toEqual(['6:9 too-large'])
  expect(findings(`a: ${'['.repeat(100_000)}`)[0]).toContain('too-deep')
  expect(findings('- '.repeat(50_000))[0]).toContain('too-deep')
  expect(findings(`a: "${'x'.repeat(5_000_000)}"`)).toEqual(['1:1 too-large'])
  const chain = ['a0: &a0 [x]']
  for (let i = 1; i < 80; i++) chain.push(`a${i}: &a${i} [*a${i - 1}]`)
  expect(findings(chain.join('\n'))[0]).toContain('too-deep')
})
