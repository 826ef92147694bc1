import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exit, type Io } from '../../src/cli/io.ts'
import { reportCommand } from '../../src/cli/commands/report.ts'

const plant = new URL('../../docs/how-to/dysprosium-cut.yaml', import.meta.url).pathname
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0

const folder = mkdtempSync(join(tmpdir(), 'didymium-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const said: string[] = []
const io: Io = { out: (text) => void said.push(text), err: (text) => void said.push(text) }
const given = { revision: 'B', description: 'for a test', checked: '', approved: '' }
const run = (options: Record<string, string>) =>
  reportCommand.action([plant], { ...given, prepared: 'N. N.', ...options }, io)

const pdf = join(folder, 'package.pdf')
const html = join(folder, 'package.html')
beforeAll(async () => {
  expect(await run({ pdf, html, date: '2026-01-31' })).toBe(exit.done)
}, 60_000)

const chapters = [
  'Basis of design',
  'Process flow diagram',
  'Solvent extraction circuits',
  'Block summary',
  'Stream table',
  'Mass and energy balance',
  'Equipment list',
  'Reagents and utilities',
  'Effluents and residues',
  'Layout area',
  'Staffing',
  'Capital estimate',
  'Operating cost',
  'Economics',
  'Footprint',
  'Assumptions and sources',
  'Warnings',
]

interface Page {
  readonly width: number
  readonly height: number
  readonly words: readonly (readonly [number, number, number, number, string])[]
}

/** Every word of the print with its box, page by page. */
function printed(): Page[] {
  const { stdout } = spawnSync('pdftotext', ['-bbox', pdf, '-'], { encoding: 'utf8' })
  return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map(
    ([, width, height, body = '']) => ({
      width: Number(width),
      height: Number(height),
      words: [
        ...body.matchAll(
          /xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)/g,
        ),
      ].map(
        ([, a, b, c, d, word = '']) => [Number(a), Number(b), Number(c), Number(d), word] as const,
      ),
    }),
  )
}

describe.skipIf(!hasPoppler)(
  'the print (skipped where pdftotext is not installed: .ci/run installs it)',
  () => {
    it('has every chapter, and the contents say on which page', () => {
      const pages = printed()
      const text = (page: Page) => page.words.map((word) => word[4]).join(' ')
      const list = text(pages[1] as Page)
      chapters.forEach((chapter, k) => {
        const page = Number(new RegExp(`${chapter} (\\d+)`).exec(list)?.[1])
        expect(text(pages[page - 1] as Page), chapter).toContain(`${k + 1} ${chapter}`)
      })
    })

    it('numbers its pages', () => {
      const pages = printed()
      pages.forEach((page, k) => {
        const text = page.words.map((word) => word[4]).join(' ')
        expect(text).toContain(`page ${k + 1} of ${pages.length}`)
      })
    })

    it('clips nothing and lets no two words of a table lie over each other', () => {
      for (const [k, page] of printed().entries()) {
        for (const [x1, y1, x2, y2, word] of page.words) {
          const inside = x1 >= 20 && y1 >= 20 && x2 <= page.width - 20 && y2 <= page.height - 15
          expect(inside, `page ${k + 1}: ${word} at ${x1} ${y1}`).toBe(true)
        }
        // Drawings place their own words; an A4 sheet is text and tables.
        if (k === 0 || page.width > 850) continue
        const rows = page.words.toSorted((a, b) => a[1] - b[1] || a[0] - b[0])
        rows.forEach((word, i) => {
          const next = rows[i + 1]
          if (next === undefined || Math.abs(next[1] - word[1]) > 0.01) return
          expect(next[0], `page ${k + 1}: ${word[4]} | ${next[4]}`).toBeGreaterThan(word[2] - 1)
        })
      }
    })

    it('carries the revision, the date and the plant', () => {
      const [title] = printed()
      const text = title?.words.map((word) => word[4]).join(' ') ?? ''
      expect(text).toContain('B 2026-01-31 for a test N. N.')
      expect(text).toMatch(/SHA-256 [0-9a-f]{64}/)
    })
  },
)

describe('the page', () => {
  const page = () => readFileSync(html, 'utf8')

  it('has every chapter, and links that lead to them', () => {
    for (const chapter of chapters) expect(page()).toContain(`>${chapter}</a>`)
    for (const [, target = ''] of page().matchAll(/href="#([^"]+)"/g)) {
      expect(page()).toContain(`id="${target}"`)
    }
  })

  it('gives every number column of money a currency and a year', () => {
    const heads = [...page().matchAll(/<th[^>]*>(?:amount|cost|price)<small>([^<]*)<\/small>/g)]
    expect(heads.length).toBeGreaterThan(3)
    for (const [, unit = ''] of heads) expect(unit).toMatch(/[A-Z]{3} \(\d{4}\)|CO2e/)
  })
})

it('refuses a date that is none', async () => {
  expect(await run({ pdf, date: '31.1.2026' })).toBe(exit.input)
  expect(said.at(-1)).toBe('--date 31.1.2026: a date such as 2026-11-22')
})
