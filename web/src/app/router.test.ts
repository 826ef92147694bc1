import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readRoute } from './router.ts'

it('reads a page, what it is about, and what is selected', () => {
  const { page, name, query } = readRoute('#/circuit/sx1?unit=sx1&file=belfast')
  expect({ page, name, unit: query.get('unit'), file: query.get('file') }).toEqual({
    page: 'circuit',
    name: 'sx1',
    unit: 'sx1',
    file: 'belfast',
  })
  expect(readRoute('').page).toBe('plant')
  expect(readRoute('#/nowhere').page).toBe('plant')
  expect(readRoute('#/sources/a%20b').name).toBe('a b')
})

it('reads any fragment as some page', () => {
  fc.assert(fc.property(fc.string(), (text) => readRoute(`#/${text}`).page.length > 0))
})
