import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { readPlant, simulate, type Solution } from '../../src/scenario/index.ts'
import { solved, stage, textOf } from './kit.ts'

const { open, again, url, folder } = stage()

/** What the program in the terminal makes of a plant's text. */
function terminal(text: string): Solution {
  const reading = readPlant(text, { file: 'plant.yaml' })
  if (!reading.ok) throw new Error(reading.findings[0]?.message ?? 'refused')
  return simulate(reading.plant)
}

/** `99.73 %` as 99.73 with half of its last digit; thin spaces and true minus signs understood. */
function shownNumber(text: string): { readonly value: number; readonly half: number } {
  const plain = text.replaceAll(/[\s\u2009\u202f%]/g, '').replace('\u2212', '-')
  const digits = plain.split('.')[1]?.length ?? 0
  return { value: Number(plain), half: 0.5 * 10 ** -digits + 1e-9 }
}

/** Purities REO/TREO in percent by product, as the page of results shows them. */
async function purities(page: Page) {
  await page.goto(`${url()}#/results/products`)
  const rows = page.getByRole('region', { name: 'Products' }).locator('tbody tr')
  await rows.first().waitFor()
  const cells = await rows.evaluateAll((found) =>
    found.map((row) =>
      [...row.children].map((cell) => (cell as HTMLElement).innerText.split('\n')[0] ?? ''),
    ),
  )
  return new Map(cells.map((row) => [row[0] ?? '', shownNumber(row[4] ?? '')]))
}

const field = (page: Page, group: string, label: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('textbox', { name: label })

describe('the live plant', () => {
  it('opens solved and shows, after an edit, what the terminal prints for the same file', async () => {
    const page = await again()
    await solved(page)
    await page.getByRole('heading', { level: 1, name: 'Belfast demonstration plant' }).waitFor()
    const before = await purities(page)
    await page.goto(`${url()}#/plant?unit=sx4`)
    await field(page, 'scrub', 'flow').fill('1.1 L/h')
    await field(page, 'scrub', 'flow').press('Enter')
    await solved(page)
    const after = await purities(page)
    const text = await textOf(page)
    expect(text).toContain('1.1 L/h')
    const { products } = terminal(text)
    expect(products.length).toBeGreaterThan(3)
    for (const { name, purity } of products) {
      const cell = after.get(name)
      expect(Math.abs((cell?.value ?? NaN) - 100 * purity.reoOfTreo)).toBeLessThan(cell?.half ?? 0)
    }
    expect([...after.values()]).not.toEqual([...before.values()])
  })

  it('takes another unit, converts it, and undoes and redoes', async () => {
    const page = await again('#/plant?unit=magnets')
    await solved(page)
    const rate = page.getByRole('textbox', { name: 'rate', exact: true })
    await rate.fill('4.8 kg/h')
    await rate.press('Enter')
    await solved(page)
    expect(await rate.inputValue()).toMatch(/^28\.8\S* t\/y$/)
    await page.keyboard.press('Control+z')
    await expect.poll(() => rate.inputValue()).toBe('28.5 t/y')
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => rate.inputValue()).toMatch(/^28\.8/)
  })

  it('says what is wrong with a text under its line, and takes the repair', async () => {
    const page = await again('#/plant')
    await solved(page)
    await page
      .getByRole('button', { name: 'Text' })
      .or(page.getByRole('tab', { name: 'Text' }))
      .click()
    const editor = page.getByRole('textbox', { name: /text of the plant|plant file/i })
    await editor.waitFor()
    await editor.focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('nonsense: 1\n')
    await page.locator('main[data-state="refused"]').waitFor()
    await page
      .getByText(/nonsense/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+z')
    await solved(page)
    await page.getByRole('button', { name: /Close the dock/ }).click()
  })

  it('re-solves while a slider is dragged', async () => {
    const page = await again('#/plant?unit=leach')
    await solved(page)
    const slider = page.getByRole('slider', { name: /acid ratio/ })
    // Scrolls to it, and waits until it stands still.
    await slider.hover()
    const box = await slider.boundingBox()
    if (box === null) throw new Error('the slider is not there')
    const middle = box.y + box.height / 2
    const text = page.getByRole('textbox', { name: 'acid ratio' })
    const first = await text.inputValue()
    await page.mouse.move(box.x + box.width / 2, middle)
    await page.mouse.down()
    for (let k = 1; k <= 10; k++) {
      await page.mouse.move(box.x + box.width * (0.5 + 0.005 * k), middle)
      await page.waitForTimeout(50)
    }
    await page.mouse.up()
    await solved(page)
    expect(await text.inputValue()).not.toBe(first)
    await page.keyboard.press('Control+z')
    await expect.poll(() => text.inputValue()).toBe(first)
  })

  it('opens a circuit, adds a stage and shows it', async () => {
    const page = await again('#/circuit/sx3')
    await solved(page)
    await page.getByRole('heading', { name: 'sx3' }).first().waitFor()
    await page.getByText(/28 stages/).waitFor()
    await page.getByText(/feed enters/).waitFor()
    await page.keyboard.press(']')
    await page.getByText(/29 stages/).waitFor({ timeout: 20_000 })
    await solved(page)
    expect(await textOf(page)).toMatch(/stages: 13/)
  })

  it('exports a workbook that can be read back', async () => {
    const page = await again('#/results/streams')
    await solved(page)
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'XLSX' }).click()
    const rows = await readSheet(await (await waiting).path(), 'streams')
    const plain = terminal(readFileSync(`${folder()}/belfast-demonstration.yaml`, 'utf8'))
    const cells = rows.flat().map(String)
    for (const name of Object.keys(plain.streams)) expect(cells).toContain(name)
  })

  it('runs an uncertainty study and stops it', async () => {
    const page = await again('#/results/uncertainty')
    await solved(page)
    const [start, stop] = [
      page.locator('.studies-start'),
      page.getByRole('button', { name: 'Stop' }),
    ]
    await start.click()
    await stop.waitFor()
    await page.locator('.studies-run progress[value]').waitFor({ timeout: 60_000 })
    await stop.click()
    await page.getByText(/^Stopped/).waitFor()
    await start.waitFor()
  })

  it('carries a changed plant in a link and nothing to anybody', async () => {
    const page = await open('#/plant?unit=magnets')
    await solved(page)
    const rate = page.getByRole('textbox', { name: 'rate', exact: true })
    await rate.fill('27 t/y')
    await rate.press('Enter')
    await solved(page)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'File' }).click()
    await page.getByRole('button', { name: /link that carries/ }).click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    const sent: string[] = []
    const other = await open()
    other.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url())
    })
    await other.goto('about:blank')
    await other.goto(link)
    await solved(other)
    expect(await textOf(other)).toContain('27 t/y')
    expect(sent).toEqual([])
  })

  it('saves to the server, and tells of a file that somebody else changed', async () => {
    const page = await open('#/plant?unit=magnets')
    await solved(page)
    const rate = page.getByRole('textbox', { name: 'rate', exact: true })
    await rate.fill('28 t/y')
    await rate.press('Enter')
    await solved(page)
    await page.keyboard.press('Control+s')
    const file = `${folder()}/belfast-demonstration.yaml`
    await expect.poll(() => readFileSync(file, 'utf8')).toContain('28 t/y')
  })
})

describe('by keyboard alone', () => {
  it('finds a number, changes it, opens a circuit and comes back to the results', async () => {
    const page = await open()
    await solved(page)
    const focused = () => page.evaluate<string>('document.activeElement?.value ?? ""')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Find a/ }).waitFor()
    await page.keyboard.type('magnets.rate')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toMatch(/t\/y$/)
    const first = await focused()
    await page.keyboard.type('27.5 t/y')
    await page.keyboard.press('Enter')
    await solved(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Find a/ }).waitFor()
    await page.keyboard.type('sx3')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 2, name: 'sx3' }).waitFor()
    await page.locator('[data-unit="sx3"]').focus()
    await page.keyboard.press('Enter')
    await page.getByText(/28 stages/).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Find a/ }).waitFor()
    await page.keyboard.type('Products and')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Products' }).waitFor()
    await page.keyboard.press('Control+z')
    await solved(page)
    expect(await textOf(page)).toContain(`rate: ${first}`)
  })
})

describe('the workbench', () => {
  it('fits pasted tests and uses the constants in the plant', async () => {
    const page = await open('#/workbench')
    await solved(page)
    const table = readFileSync(new URL('../../examples/li-1987.csv', import.meta.url), 'utf8')
    await page.getByRole('textbox', { name: /Shake-out tests/ }).fill(table.replaceAll(',', '\t'))
    await page.getByText(/^Read: \d+ tests/).waitFor()
    await page.getByRole('textbox', { name: /^elements/ }).fill('Nd')
    await page.getByRole('button', { name: 'Fit', exact: true }).click()
    const use = page.getByRole('region', { name: 'Use the result' })
    await use.waitFor({ timeout: 60_000 })
    await use.getByRole('button', { name: 'Use the result in the plant' }).click()
    await expect
      .poll(async () => use.getByRole('status').textContent(), { timeout: 30_000 })
      .not.toBe('')
    expect(await textOf(page)).toContain('our-fit')
  })
})
