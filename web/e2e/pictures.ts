import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { laidOut } from './serve.ts'

/** A view of the page that people look at: in the guide, or before a change is called done. */
interface Picture {
  readonly name: string
  readonly route: string
  /** What is done on the page before it is taken. */
  readonly act?: (page: Page) => Promise<unknown>
  /** Shown in the guide. */
  readonly guide?: true
}

/** A plant whose file says what it costs and earns. */
const priced = 'belfast-commercial.yaml'

export const pictures: readonly Picture[] = [
  { name: 'plant', route: '#/plant', guide: true },
  { name: 'unit', route: '#/plant?unit=sx3', guide: true },
  { name: 'stream', route: '#/plant?stream=pls' },
  {
    name: 'text',
    route: '#/plant?unit=leach',
    guide: true,
    act: async (page) => {
      await page
        .getByRole('button', { name: 'Text' })
        .or(page.getByRole('tab', { name: 'Text' }))
        .click()
      await page.locator('.cm-content').waitFor()
    },
  },
  { name: 'circuits', route: '#/circuits' },
  { name: 'circuit', route: '#/circuit/sx3', guide: true },
  { name: 'results', route: '#/results/products', guide: true },
  { name: 'streams', route: '#/results/streams' },
  { name: 'balances', route: '#/results/balances' },
  { name: 'uncertainty', route: '#/results/uncertainty' },
  { name: 'sources', route: '#/sources', guide: true },
  { name: 'workbench', route: '#/workbench' },
  { name: 'keys', route: '#/keys' },
  // The file that these name stays open, so they come last.
  ...(
    [
      ['money', 'overview', true],
      ['capital', 'capital', false],
      ['operating', 'operating', false],
      ['cash-flow', 'cash-flow', false],
      ['prices', 'prices', true],
      ['funding', 'funding', false],
      ['footprint', 'footprint', false],
      ['compare', 'compare', false],
    ] as const
  ).map(([name, section, isGuide]): Picture => {
    const route = `#/money/${section}?file=${priced}`
    return { name, route, act: appraised, ...(isGuide ? { guide: true } : {}) }
  }),
  { name: 'odds', route: `#/money/odds?file=${priced}`, act: drawn },
]

/** Waits until the money of the plant that the address names is on the page. */
async function appraised(page: Page): Promise<void> {
  const title = page.getByRole('heading', { level: 1, name: 'Belfast commercial plant' })
  // A file is opened with the page, not by a step within it.
  if (!(await title.isVisible())) await page.reload()
  await title.waitFor({ timeout: 60_000 })
  await page.getByText(/^Money of/).waitFor({ timeout: 60_000 })
}

/** Runs a few draws, for a picture of what they say. */
async function drawn(page: Page): Promise<void> {
  await appraised(page)
  await page.getByRole('spinbutton', { name: 'Draws' }).fill('60')
  await page.locator('.studies-start').click()
  await page.getByText('Done.').waitFor({ timeout: 240_000 })
}

export interface Look {
  readonly width: number
  readonly height: number
  readonly scheme: 'light' | 'dark'
}

/** Takes pictures into a folder: `plant.png`, or `plant-1280-dark.png` where looks are named. */
export async function takePictures(
  browser: Browser,
  url: string,
  folder: string,
  wanted: readonly Picture[],
  looks: readonly Look[],
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true })
  const taken: string[] = []
  for (const { width, height, scheme } of looks) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(url)
    await page.locator('main[data-state="solved"]').waitFor({ timeout: 60_000 })
    for (const { name, route, act } of wanted) {
      await page.goto(url + route)
      await page.locator('main[data-state="solved"]').waitFor({ timeout: 60_000 })
      await act?.(page)
      // The flowsheet is laid out, and charts are there, a moment after the numbers.
      await laidOut(page)
      await page.waitForTimeout(1000)
      const file = looks.length === 1 ? `${name}.png` : `${name}-${width}-${scheme}.png`
      await page.screenshot({ path: join(folder, file) })
      taken.push(file)
      await page.goto(`${url}#/plant`)
      const dock = page.getByRole('button', { name: /Close the dock/ })
      if (await dock.isVisible()) await dock.click()
    }
    await context.close()
  }
  return taken
}
