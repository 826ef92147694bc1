import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { generatedPages } from '../../tools/docs.ts'
import { unitOps } from '../../src/scenario/index.ts'

const pages = await generatedPages()
const root = new URL('../../', import.meta.url)

it.each([...pages])('%s is as the registries say (npm run docs)', (path, text) => {
  expect(readFileSync(new URL(path, root), 'utf8')).toBe(text)
})

it('the pages have every unit operation with its parameters, and no empty cell for help', () => {
  const units = pages.get('docs/reference/units.md') ?? ''
  for (const { kind, params } of unitOps) {
    expect(units).toContain(`\n### ${kind}\n`)
    for (const name of Object.keys(params)) expect(units).toContain(`| \`${name}\` |`)
  }
  expect(units).not.toMatch(/\|\s*\|$/m)
})

it('no link of the reference leads nowhere', () => {
  for (const [path, text] of pages) {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '')
    for (const link of links) {
      expect(() => readFileSync(new URL(link, new URL(path, root)))).not.toThrow()
    }
  }
})
