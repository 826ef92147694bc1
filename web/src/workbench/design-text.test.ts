import { describe, expect, it } from 'vitest'
import { firstDesign } from './first-design.ts'
import { readDesign } from '../../../src/scenario/design/read-design.ts'
import { plainTree, withoutEntry } from './design-text.ts'

describe('the text of a design', () => {
  it('begins as one that can be read', () => {
    const reading = readDesign(firstDesign)
    expect(reading.ok ? [] : reading.findings).toEqual([])
    expect(plainTree(firstDesign)).toHaveProperty('products.lanthanum.purity', '99 %')
  })

  it('loses an entry and nothing else', () => {
    const text = withoutEntry(firstDesign, ['feed', 'concentration', 'HCl'])
    expect(text).toBe(firstDesign.replace(', HCl: 0.02 mol/L', ''))
    expect(withoutEntry(firstDesign, ['feed', 'temperature'])).toBe(firstDesign)
    expect(withoutEntry('a: {', ['a'])).toBe('a: {')
    expect(withoutEntry(firstDesign, ['curve'])).toBe(firstDesign.replace('curve: 4\n', ''))
    const one = 'a: 1 # keep\nb:\n  c: 2\nd: { e: 3, f: 4 }\n'
    expect(withoutEntry(one, ['b', 'c'])).toBe('a: 1 # keep\nd: { e: 3, f: 4 }\n')
    expect(withoutEntry(one, ['d', 'e'])).toBe('a: 1 # keep\nb:\n  c: 2\nd: { f: 4 }\n')
  })
})
