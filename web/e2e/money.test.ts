import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Page } from 'playwright'
import type { Appraisal } from '../../src/scenario/index.ts'
import { solved, stage, textOf } from './kit.ts'
import { command } from './serve.ts'

const { again, url, folder } = stage()

const plant = 'belfast-commercial.yaml'

/** What `didymium finance --json` prints of a plant's text. */
function terminal(text: string): Pick<Appraisal, 'finance' | 'sales'> {
  const file = join(folder(), 'as-edited.yaml')
  writeFileSync(file, text)
  const said = execFileSync(process.execPath, [command, 'finance', file, '--json'])
  return JSON.parse(said.toString()) as Pick<Appraisal, 'finance' | 'sales'>
}

/** The value of a key figure in millions as the page shows it, without what it changed by. */
async function figure(page: Page, name: string): Promise<number> {
  const of = page
    .locator('dl.money-figures > div')
    .filter({ has: page.getByText(name, { exact: true }) })
  const text = await of.locator('.figure-value > span').first().innerText()
  return Number(text.replace('\u2212', '-').replace(/[\s\u2009\u202f]|[A-Z%].*$/g, ''))
}

const price = (page: Page) =>
  page.getByRole('group', { name: 'didymium-oxide', exact: true }).getByRole('textbox')

describe('the pages of money', () => {
  it('show, after a price was edited, the value that the terminal prints for the same file', async () => {
    const page = await again(`#/money/prices?file=${plant}`)
    await solved(page)
    await price(page).waitFor()
    const before = await figure(page, 'Net present value')
    const first = await price(page).inputValue()
    await price(page).fill('61.5')
    await price(page).press('Enter')
    await solved(page)
    await expect.poll(() => figure(page, 'Net present value')).toBeGreaterThan(before)
    await page
      .getByText(/since saved/)
      .first()
      .waitFor({ state: 'attached' })
    const text = await textOf(page)
    expect(text).toContain('61.5 USD/kg')
    const { finance, sales } = terminal(text)
    const shown = (value: number) => Number((value / 1e6).toPrecision(4))
    expect(await figure(page, 'Net present value')).toBe(shown(finance.metrics.projectNpv))
    expect(await figure(page, 'Sales')).toBe(shown(sales.perYear))
    await price(page).fill('61.5 USD/h')
    await page.getByText(/unknown unit 'h'/).waitFor()
    await price(page).press('Escape')
    await page.keyboard.press('Control+z')
    await expect.poll(() => price(page).inputValue()).toBe(first)
    await expect.poll(() => figure(page, 'Net present value')).toBe(before)
  })

  it('seek funding, lay plants side by side and run odds, all beside the page', async () => {
    const page = await again(`#/money/funding?file=${plant}`)
    await solved(page)
    await page.getByLabel('Interest of the loan').fill('7')
    await page.getByLabel('Term from operation').fill('10')
    await page.getByLabel('Service cover').fill('1.3')
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByText(/of the fixed capital\), equity/).waitFor({ timeout: 30_000 })
    const mixes = page.getByRole('region', { name: 'Mixes of debt and equity' }).locator('tbody tr')
    expect(await mixes.count()).toBe(11)
    await page.goto(`${url()}#/money/compare`)
    await page.getByLabel('A plant of the server').selectOption('belfast-demonstration.yaml')
    const rows = page.getByRole('region', { name: 'Plants compared' }).locator('tbody tr')
    await rows.first().waitFor({ timeout: 60_000 })
    const capital = await rows.filter({ hasText: 'Capital' }).first().locator('td').allInnerTexts()
    expect(capital.slice(0, 2).join(' ')).toMatch(/M.*M/)
    await page.goto(`${url()}#/money/odds`)
    await page.locator('.studies-start').click()
    await page.locator('.studies-run progress[value]').waitFor({ timeout: 60_000 })
    await page.getByText(/^P10/).first().waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText(/^Stopped/).waitFor()
  })
})
