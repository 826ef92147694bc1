import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'dist/src/cli/main.js')

/** The browser of the tests: Debian's, or another one that is named. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A server of the built program on a free port, with plants of its own that may be changed. */
interface Served {
  readonly url: string
  readonly folder: string
  readonly stop: () => Promise<void>
}

async function serve(): Promise<Served> {
  if (!existsSync(command)) throw new Error('build the program first: npm run build')
  const folder = mkdtempSync(join(tmpdir(), 'didymium-page-'))
  cpSync(join(root, 'plants'), folder, { recursive: true })
  const words = ['serve', join(folder, 'belfast-demonstration.yaml'), '--folder', folder]
  const child = spawn(process.execPath, [command, ...words, '--port', '0', '--no-open', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await addressOf(child)
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, folder, stop }
}

/** The address that the server prints in its first line. */
function addressOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = ''
    stdout?.on('data', (piece: Buffer) => {
      said += piece.toString()
      if (said.includes('\n')) found((JSON.parse(said) as { url: string }).url)
    })
    stdout?.once('close', () => failed(new Error(`the server ended: ${said}`)))
  })
}

/** What the tests of one file share. */
export interface Stage {
  readonly url: () => string
  readonly folder: () => string
  /** A page at a route (`#/plant`), in a browser context of its own. */
  readonly open: (route?: string, options?: BrowserContextOptions) => Promise<Page>
}

/**
 * Starts a server and a browser before the tests of a file. Whatever a page says on its console as
 * a warning or an error, throws, or fails to load, fails the test that it belongs to.
 */
export function stage(): Stage {
  let served: Served | undefined
  let browser: Browser | undefined
  const troubles: string[] = []
  beforeAll(async () => {
    served = await serve()
    browser = await chromium.launch({ executablePath, args: quiet })
  })
  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
    expect(troubles.splice(0)).toEqual([])
  })
  const url = () => served?.url ?? ''
  return {
    url,
    folder: () => served?.folder ?? '',
    open: async (route = '', options = {}) => {
      if (browser === undefined) throw new Error('no browser')
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      })
      const page = await context.newPage()
      listen(page, troubles)
      await page.goto(url() + route)
      return page
    },
  }
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

/** What axe finds against WCAG 2.2 AA, one line a violation and element. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    interface Found {
      violations: { id: string; help: string; nodes: { target: string[]; html: string }[] }[]
    }
    const { axe } = globalThis as unknown as {
      axe: { run: (of: Document, options: unknown) => Promise<Found> }
    }
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations: found } = await axe.run(document, { runOnly: { type: 'tag', values } })
    return found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')} ${html.slice(0, 120)}`),
    )
  })
}
