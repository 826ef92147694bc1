import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launch, serve, type Served } from './serve.ts'

/** What the tests of one file share. */
export interface Stage {
  readonly url: () => string
  readonly folder: () => string
  /** A new page at a route (`#/plant`). */
  readonly open: (route?: string) => Promise<Page>
  /** The page that an earlier test left open for this, as it left it; at first a new one. */
  readonly again: (route?: string) => Promise<Page>
}

/** What the page keeps of its own that no test could tell: where the units of a plant stand. */
const layouts = 'didymium.layouts'

/** Closes all pages but one, and has the browser forget what they kept of a person's work. */
async function tidy(context: BrowserContext, left: Page | undefined): Promise<void> {
  const [page] = context.pages()
  await page?.evaluate((kept) => {
    const { localStorage: shelf } = globalThis as unknown as { localStorage: Storage }
    for (const key of Object.keys(shelf)) if (key !== kept) shelf.removeItem(key)
  }, layouts)
  const others = context.pages().filter((one) => one !== left)
  await Promise.all(others.map((one) => one.close()))
  await context.clearCookies()
}

/**
 * Starts a server and a browser before the tests of a file: that of the built program, or another
 * one. The browser is that of somebody who comes back: it has the files of the page, but nothing
 * of an earlier test. Whatever a page says on its console as a warning or an error, throws, or
 * fails to load, fails the test that it belongs to, unless it is expected.
 */
export function stage(start: () => Promise<Served> = serve, expected = /^(?!)/): Stage {
  let served: Served | undefined
  let browser: Browser | undefined
  let context: BrowserContext | undefined
  let left: Page | undefined
  const troubles: string[] = []
  beforeAll(async () => {
    served = await start()
    browser = await launch()
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    })
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })
  afterEach(async () => {
    if (context !== undefined) await tidy(context, left)
    const told = troubles.splice(0).filter((trouble) => !expected.test(trouble))
    expect(told).toEqual([])
  })
  const url = () => served?.url ?? ''
  const open = async (route = '') => {
    if (context === undefined) throw new Error('no browser')
    const page = await context.newPage()
    listen(page, troubles)
    await page.goto(url() + route)
    return page
  }
  const again = async (route = '') => {
    if (left === undefined) left = await open(route)
    else await left.goto(url() + route)
    return left
  }
  return { url, folder: () => served?.folder ?? '', open, again }
}

function listen(page: Page, troubles: string[]): void {
  page.on('console', (message) => {
    const kind = message.type()
    if (kind === 'error' || kind === 'warning') troubles.push(`${kind}: ${message.text()}`)
  })
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`))
  page.on('response', (answer) => {
    if (answer.status() >= 400) troubles.push(`${answer.status()} ${answer.url()}`)
  })
}

/** Waits until the present text is solved. */
export async function solved(page: Page): Promise<void> {
  await page.locator('main[data-state="solved"]').waitFor({ timeout: 30_000 })
}

/** The text of the plant as the page holds it, taken from the file that it downloads. */
export async function textOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'File' }).click()
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  return readFileSync(await (await waiting).path(), 'utf8')
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const guidelines = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What axe finds against WCAG 2.2 AA, one line a violation and element; or by one rule alone, where
 * the others were looked at already.
 */
export async function violations(page: Page, rule?: string): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  const runOnly =
    rule === undefined ? { type: 'tag', values: guidelines } : { type: 'rule', values: [rule] }
  return page.evaluate(async (only) => {
    interface Found {
      violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[]
    }
    const { axe } = globalThis as unknown as {
      axe: { run: (of: Document, options: unknown) => Promise<Found> }
    }
    const { violations: found } = await axe.run(document, { runOnly: only })
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 120)}`),
    )
  }, runOnly)
}
