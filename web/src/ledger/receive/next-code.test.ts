import { expect, it } from 'vitest'
import { nextCode } from './next-code.ts'

it('counts on from the highest code that begins alike', () => {
  expect(nextCode('F-2026-', ['F-2026-0009', 'F-2026-0010', 'F-2025-0400', 'F-2026-x'])).toBe(
    'F-2026-0011',
  )
  expect(nextCode('F-2026-', [])).toBe('F-2026-0001')
  expect(nextCode('F-2026-', ['F-2026-9999'])).toBe('F-2026-10000')
})
