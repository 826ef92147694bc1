import type { Page } from 'playwright'
import { expect, it } from 'vitest'
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

const ofMoney = ['overview', 'prices', 'odds'].map((section) => `#/money/${section}`)

interface Look {
  readonly scheme: 'light' | 'dark'
  readonly width: number
}

/** What is the same in the dark is looked at in the light: there only the colours differ. */
const ruleOf = ({ scheme }: Look) => (scheme === 'dark' ? 'color-contrast' : undefined)

/** What axe finds on routes of an open page: each is gone to once, and looked at in every way. */
async function found(
  page: Page,
  at: readonly string[],
  looks: readonly Look[],
): Promise<readonly string[]> {
  const told: string[] = []
  for (const route of at) {
    await page.goto(url() + route)
    await page.waitForTimeout(500)
    for (const look of looks) {
      const { scheme, width } = look
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme: scheme })
      await page.waitForTimeout(100)
      for (const violation of await violations(page, ruleOf(look))) {
        told.push(`${route}, ${scheme}, ${width} px wide: ${violation}`)
      }
    }
  }
  return told
}

it('axe finds nothing on any page, wide, narrow or in the dark', async () => {
  const page = await open()
  await solved(page)
  await laidOut(page)
  const looks = [
    { scheme: 'dark', width: 1280 },
    { scheme: 'light', width: 1280 },
    { scheme: 'light', width: 820 },
  ] as const
  expect(await found(page, routes, looks)).toEqual([])
})

it('axe finds nothing on the pages of money, wide, or narrow and in the dark', async () => {
  const page = await open('#/money/overview?file=belfast-commercial.yaml')
  await solved(page)
  await page.getByText(/^Money of/).waitFor()
  const looks = [
    { scheme: 'light', width: 1280 },
    { scheme: 'dark', width: 820 },
  ] as const
  expect(await found(page, ofMoney, looks)).toEqual([])
})
