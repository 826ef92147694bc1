import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../src/api/index.ts'
import { setSite } from '../../src/ledger/index.ts'
import { openStore } from '../../src/store/index.ts'
import { stage, violations } from './kit.ts'
import type { Served } from './serve.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A server with an empty ledger of a made-up business, and with no plant. */
async function withLedger(): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'didymium-ledger-page-'))
  const store = await openStore({ folder })
  await setSite(store, {
    name: 'Lough works',
    authority: 'https://lough.example/id',
    country: 'GB',
    isSynthetic: true,
    places: ['receiving', 'laboratory', 'sx1', 'store'].map((code) => ({ code, name: code })),
  })
  await store.close()
  const started = await startServer({
    files: [],
    isReadOnly: true,
    data: folder,
    host: '127.0.0.1',
    ports: [0],
    page: join(root, 'dist/web'),
    version: 'test',
    fault: (error) => {
      throw error
    },
  })
  if (!started.ok) throw new Error(started.message)
  const stop = async () => {
    await started.running.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: started.running.url, folder, stop }
}

/** The server refuses what is not as it should be, and who has not signed in. */
const refused = /^(?:401|403|422) .*\/(?:api|epcis)\/|status of (?:401|403|422)/

const { open, url } = stage(withLedger, refused)

const go = (page: Page, route: string) => page.goto(`${url()}#/ledger/${route}`)

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** Fills fields of a form by the beginnings of their labels. */
async function fill(
  page: Page,
  values: Readonly<Record<string, string>>,
  at = 'form',
): Promise<void> {
  for (const [label, value] of Object.entries(values)) {
    const field = page
      .locator(at)
      .getByLabel(new RegExp(`^${label}`))
      .first()
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
      await field.selectOption(value)
    } else await field.fill(value)
  }
}

/** Pastes cells as a spreadsheet copies them into the first cell of the table of results. */
async function pasteTable(page: Page, rows: readonly string[]): Promise<void> {
  const text = rows.join('\r\n')
  await page.evaluate((cells) => navigator.clipboard.writeText(cells), text)
  await page.getByLabel('Head of column 1').focus()
  await page.keyboard.press('Control+v')
}

const feed = /^F-\d{4}-0001$/

describe('a lot from its arrival to its shipment', () => {
  it('is received, weighed, sampled, assayed, run, certified and shipped', async () => {
    const page = await open('#/ledger/overview')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByText('Synthetic.').waitFor()
    await page.getByRole('link', { name: 'Receive the first lot.' }).click()

    const lot = page.getByLabel(/^lot/).first()
    await lot.waitFor()
    const code = await lot.inputValue()
    expect(code).toMatch(feed)
    await fill(page, { supplier: 'lagan', mass: '412.5 ± 0.4 kg', product: 'NdFeB swarf' })
    await button(page, 'What would be recorded?').click()
    await page.getByText('This would be recorded:').waitFor()
    expect(await page.getByText(`${code} 412.5`).isVisible()).toBe(true)
    await button(page, 'Receive').click()
    await page.getByText(`Received: ${code}.`).waitFor()

    const weighing = page.getByRole('region', { name: new RegExp('was received') }).locator('form')
    await weighing.first().getByLabel(/^mass/).fill('412.3 ± 0.3 kg')
    await button(page, 'Weigh it').click()
    await page.getByText('Recorded.').waitFor()
    await weighing.nth(1).getByLabel(/^mass/).first().fill('300 g')
    await button(page, 'Take samples').click()
    await expect.poll(() => page.getByText('Recorded.').count()).toBe(2)

    await go(page, 'assays')
    const sample = `${code.replace('F', 'S')}-1`
    await pasteTable(page, ['Lot\tNd %\t±\tDy %\tH2O %', `${sample}\tmuch\t0.3\t1.2\t8.5`])
    await page.getByText('One cell to put right:').waitFor()
    const wrong = page.getByLabel('Row 2, Nd %')
    expect(await wrong.getAttribute('aria-invalid')).toBe('true')
    await wrong.fill('22.4')
    await fill(page, { Laboratory: 'site', Method: 'ICP-OES' }, 'fieldset')
    await button(page, 'What would change?').click()
    await page.getByText('This would be recorded of 1 lot:').waitFor()
    await button(page, 'Record the results').click()
    await page.getByText('Recorded of 1 lot.').waitFor()

    await go(page, 'campaigns')
    await button(page, 'Start a campaign …').click()
    await fill(page, { place: 'sx1' })
    const campaign = await page.getByLabel(/^campaign/).inputValue()
    await button(page, 'Start').click()
    await page.getByRole('link', { name: campaign, exact: true }).click()
    await button(page, 'Charge').first().click()
    await fill(page, { lot: code })
    await button(page, 'Charge').last().click()
    await page.getByText('Recorded.').waitFor()
    await button(page, 'Draw').first().click()
    await fill(page, {
      lot: 'P-1',
      mass: '101 ± 0.1 kg',
      kind: 'product',
      product: 'Nd2O3',
      place: 'store',
    })
    await button(page, 'Draw').last().click()
    await page.getByText('Recorded.').waitFor()
    await page
      .getByRole('region', { name: `${campaign}-draws` })
      .getByText('P-1')
      .waitFor()

    await go(page, 'assays?lot=P-1')
    await page.reload()
    await pasteTable(page, ['Lot\tNd2O3 %\t±\tDy2O3 ppm', 'P-1\t99.2\t0.3\t< 50'])
    await page.getByText('This would be recorded of 1 lot:').waitFor()
    await button(page, 'Record the results').click()
    await page.getByText('Recorded of 1 lot.').waitFor()

    await go(page, 'commands?command=ship&lot=P-1')
    await fill(page, { to: 'magnet-maker' })
    await button(page, 'What would be recorded?').click()
    await page.getByText('not-released').first().waitFor()
    await go(page, 'commands?command=release&lot=P-1')
    await fill(page, { decision: 'released' })
    await button(page, 'release').click()
    await page.getByText('Recorded.').waitFor()

    await go(page, 'certificates?lot=P-1&spec=trade-Nd')
    const sheet = page.getByRole('article')
    await sheet.getByText('released by quality').waitFor()
    expect(await sheet.innerText()).toContain('Nd oxide, trade grade')
    expect(await sheet.innerText()).toMatch(/Dy\s+< 50/)
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: 'PDF' }).click()
    expect((await waiting).suggestedFilename()).toMatch(/\.pdf$/)

    await go(page, 'commands?command=ship&lot=P-1')
    await fill(page, { to: 'magnet-maker' })
    await button(page, 'ship').click()
    await page.getByText('Recorded.').waitFor()
    await go(page, 'lots?lot=P-1')
    const graph = page.getByRole('region', { name: /Genealogy of P-1/ })
    await graph.getByRole('link', { name: new RegExp(campaign) }).waitFor()
    await graph.getByRole('link', { name: new RegExp(code) }).click()
    await page.getByRole('heading', { level: 2, name: code }).waitFor()
    await page.getByRole('region', { name: 'Account' }).getByText('charge').waitFor()

    await go(page, 'lots?lot=P-1')
    const history = page.getByRole('region', { name: 'What was recorded of it' })
    const assay = history.getByRole('row').filter({ hasText: 'inspecting' }).first()
    await assay.getByRole('link', { name: /^correct it/ }).click()
    await fill(page, { reason: 'did_not_occur' })
    await button(page, 'correct').click()
    await page.getByText('Recorded.').waitFor()
    await go(page, 'overview')
    await page.getByText('1 shipment whose data changed afterwards').waitFor()
  })
})

const sections = [
  'overview',
  'receive',
  'lots',
  'lots?lot=P-1',
  'campaigns',
  'assays',
  'inventory',
  'balance',
  'certificates?lot=P-1&spec=trade-Nd',
  'commands?command=blend',
  'accounts',
]

describe('on every section', () => {
  it('axe finds nothing, wide and light, nor in the dark of a tablet', async () => {
    const page = await open()
    const found: string[] = []
    for (const section of sections) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
      await go(page, section)
      await page.getByText('Synthetic.').waitFor()
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      await page.waitForTimeout(100)
      for (const violation of await violations(page)) found.push(`${section} ${violation}`)
      await page.setViewportSize({ width: 820, height: 900 })
      await page.emulateMedia({ colorScheme: 'dark' })
      const rules = ['color-contrast', 'scrollable-region-focusable']
      for (const rule of rules) {
        for (const violation of await violations(page, rule)) found.push(`${section} ${violation}`)
      }
    }
    expect(found).toEqual([])
  })
})

describe('accounts', () => {
  it('close the ledger: one signs in, and does what the role may', async () => {
    const page = await open('#/ledger/accounts')
    const add = async (name: string, role: string) => {
      await page.getByRole('button', { name: 'Add', exact: true }).waitFor()
      const words = { Name: name, 'Full name': name, 'First password': `secret of ${name}` }
      await fill(page, { ...words, Role: role })
      await page.getByRole('button', { name: 'Add', exact: true }).click()
    }
    const signIn = async (name: string) => {
      await page.getByRole('heading', { name: 'Sign in to the ledger' }).waitFor()
      await page.getByLabel('Name').fill(name)
      await page.getByLabel('Password').fill(`secret of ${name}`)
      await button(page, 'Sign in').click()
      await button(page, 'Sign out').waitFor()
    }
    await add('ada', 'administrator')
    await signIn('ada')
    await add('vera', 'viewer')
    await page.getByRole('region', { name: 'Accounts' }).getByText('vera').first().waitFor()
    await button(page, 'Sign out').click()
    await signIn('vera')
    await page.getByText('Accounts and the audit are kept by an administrator').waitFor()
    await go(page, 'commands?command=weigh&lot=P-1')
    await fill(page, { mass: '1 kg' })
    await page.getByText('Your role may not do this').waitFor()
    await go(page, 'lots')
    await page.getByRole('link', { name: 'P-1' }).waitFor()
  })
})
