import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The command as it was built. */
export const command = join(root, 'dist/src/cli/main.js')

/** A server of the built program on a free port, with plants of its own that may be changed. */
export interface Served {
  readonly url: string
  readonly folder: string
  readonly stop: () => Promise<void>
}

export async function serve(): Promise<Served> {
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

/** The browser of the tests: Debian's, or another one that is named. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/**
 * The browser's own address bar, which fetches four hundred files for each window that is opened
 * and runs them beside the page; and what Playwright leaves out, because the last list counts.
 */
const leftOut = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
]

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${leftOut.join(',')}`,
]

/** A browser without a window, for the page alone. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: quiet })
}

/** True once the flowsheet stands as the layout library places it; asked in the page. */
const isLaidOut = () =>
  'didymium.layouts' in (globalThis as unknown as { localStorage: object }).localStorage

/** Waits until the flowsheet stands as it will stay. */
export async function laidOut(page: Page): Promise<void> {
  await page.waitForFunction(isLaidOut, undefined, { timeout: 30_000 })
}
