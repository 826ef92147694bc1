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

const ofMoney = ['overview', 'prices', 'odds']

/** What is the same in the dark is looked at in the light: there only the colours differ. */
const ruleOf = (scheme: 'light' | 'dark') => (scheme === 'dark' ? 'color-contrast' : undefined)

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 820],
] as const)('in the %s, %i px wide', (colorScheme, width) => {
  const rule = ruleOf(colorScheme)
  it('axe finds nothing on any page', async () => {
    const page = await open('', { colorScheme, viewport: { width, height: 900 } })
    await solved(page)
    await laidOut(page)
    const found: string[] = []
    for (const route of routes) {
      await page.goto(url() + route)
      await page.waitForTimeout(600)
      for (const violation of await violations(page, rule)) found.push(`${route} ${violation}`)
    }
    expect(found).toEqual([])
  })
})

describe.each([
  ['light', 1280],
  ['dark', 820],
] as const)('in the %s, %i px wide', (colorScheme, width) => {
  const rule = ruleOf(colorScheme)
  it('axe finds nothing on the pages of money', async () => {
    const route = '#/money/overview?file=belfast-commercial.yaml'
    const page = await open(route, { colorScheme, viewport: { width, height: 900 } })
    await solved(page)
    await page.getByText(/^Money of/).waitFor()
    const found: string[] = []
    for (const section of ofMoney) {
      await page.goto(`${url()}#/money/${section}`)
      await page.waitForTimeout(300)
      for (const violation of await violations(page, rule)) found.push(`${section} ${violation}`)
    }
    expect(found).toEqual([])
  })
})
