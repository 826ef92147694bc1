import { describe, expect, it } from 'vitest'
import { solved, stage, violations } from './kit.ts'
import { laidOut } from './serve.ts'

const { open, url } = stage()

const routes = [
  '#/plant',
  '#/plant?unit=sx3',
  '#/plant?stream=S1',
  '#/circuits',
  '#/circuit/sx3',
  '#/results',
  '#/sources',
  '#/workbench',
  '#/keys',
]

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 820],
] as const)('in the %s, %i px wide', (colorScheme, width) => {
  it('axe finds nothing on any page', async () => {
    const page = await open('', { colorScheme, viewport: { width, height: 900 } })
    await solved(page)
    await laidOut(page)
    const found: string[] = []
    for (const route of routes) {
      await page.goto(url() + route)
      await page.waitForTimeout(1200)
      for (const violation of await violations(page)) found.push(`${route} ${violation}`)
    }
    expect(found).toEqual([])
  })
})
