import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { missing, programFolder, runPages } from './run-page.ts'

const home = programFolder()
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the comparison', () => {
  it.each([
    ['a\nb', 'a\nb', undefined],
    ['a', 'a\nb', '(nothing more, but: b)'],
    ['a\n...', 'a\nb', undefined],
    ['...\nc', 'a\nb\nc', undefined],
    ['x 1.00 kg', 'x 1.01 kg', undefined],
    ['x 1.00 kg', 'x 1.05 kg', 'x 1.00 kg'],
    ['a\nc', 'a\nb\nc', 'c'],
  ])('%j against %j', (expected, printed, line) => {
    expect(missing(expected, printed)).toBe(line)
  })
})

runPages('docs/tutorials', home, { atLeast: 4, copied: [] })
