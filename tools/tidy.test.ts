import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  importsOf,
  judgeImport,
  judgePageImport,
  judgeSource,
  leaks,
  rooms,
  strip,
} from './tidy.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const outside = new Set(['.git', 'node_modules', 'dist', 'coverage'])

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return outside.has(entry.name) ? [] : walk(path)
    return entry.isFile() ? [path] : []
  })
}

const parents = (path: string) => path.split('/').map((_, i, steps) => steps.slice(0, i).join('/'))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const files = walk('')
const sources = files.filter((path) => path.endsWith('.ts'))
const dataFiles = files.filter((path) => path.startsWith('data/') && path.endsWith('.json'))

describe('the house', () => {
  it('has only rooms that the table knows, and none that is empty', () => {
    const found = new Set(files.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []))
    expect([...found].filter((room) => rooms[room] === undefined)).toEqual([])
    expect(Object.keys(rooms).filter((room) => !found.has(room))).toEqual([])
  })

  it('keeps to the import table', () => {
    const wrong = sources
      .filter((path) => path.startsWith('src/') && !path.endsWith('.test.ts'))
      .flatMap((path) =>
        importsOf(read(path)).flatMap((found) => {
          const message = judgeImport(path, found)
          return message === undefined ? [] : [`${path}:${found.line} ${message}`]
        }),
      )
    expect(wrong).toEqual([])
  })

  it('keeps the engine out of the page, but for its worker', () => {
    const wrong = files
      .filter((path) => /^web\/src\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
      .flatMap((path) =>
        importsOf(read(path)).flatMap((found) => {
          const message = judgePageImport(path, found)
          return message === undefined ? [] : [`${path}:${found.line} ${message}`]
        }),
      )
    expect(wrong).toEqual([])
  })

  it('keeps its sources in order: sizes, bans, and the purity of the pure rooms', () => {
    const own = sources.filter((path) => !path.startsWith('tools/tidy'))
    const wrong = own.flatMap((path) => judgeSource(path, read(path)).map((w) => `${path}:${w}`))
    expect(wrong).toEqual([])
  })

  it('has the limits that the linter holds switched on', () => {
    const config = JSON.parse(read('.oxlintrc.json')) as {
      rules: Record<string, unknown>
      overrides: { files: string[]; rules: Record<string, unknown> }[]
    }
    expect(config.rules['eslint/max-lines']).toEqual(['error', { max: 500 }])
    expect(config.rules['eslint/max-lines-per-function']).toMatchObject(['error', { max: 70 }])
    for (const rule of ['import/no-default-export', 'typescript/no-explicit-any']) {
      expect(config.rules[rule]).toBe('error')
    }
    for (const rule of ['import/no-cycle', 'typescript/no-floating-promises']) {
      expect(config.rules[rule]).toBe('error')
    }
    const loosened = config.overrides.filter((o) => 'eslint/max-lines-per-function' in o.rules)
    expect(loosened.map((o) => o.files)).toEqual([['**/*.test.ts']])
  })

  it('links in its pages only to what exists', () => {
    const known = new Set(files.flatMap((path) => [path, ...parents(path)]))
    const wrong = files
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
          .map((match) => match[1] ?? '')
          .filter((link) => !/^[a-z]+:/.test(link))
          .filter((link) => !known.has(join(dirname(path), link).replace(/\/$/, '')))
          .map((link) => `${path} links to ${link}`),
      )
    expect(wrong).toEqual([])
  })

  it('says nothing of the place where it was made', () => {
    const text = files.filter((path) => /\.(?:ts|md|json|yaml|yml|csv)$|\.ci\/run$/.test(path))
    const wrong = text
      .filter((path) => path !== 'package-lock.json' && !path.startsWith('tools/tidy'))
      .flatMap((path) =>
        read(path)
          .split('\n')
          .flatMap((line, i) =>
            leaks.some((sign) => sign.test(line)) ? [`${path}:${i + 1} ${line.slice(0, 80)}`] : [],
          ),
      )
    expect(wrong).toEqual([])
  })
})

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Paths of numbers with a `value` whose `source` is missing or unknown; the source of the record
 * that a number stands in directly will do.
 */
function unsourced(value: Json, known: ReadonlySet<string>, path: string, around?: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((v, i) => unsourced(v, known, `${path}[${i}]`))
  if (value === null || typeof value !== 'object') return []
  const own: string[] = []
  const source = value['source'] ?? around
  if (typeof value['value'] === 'number') {
    if (typeof source !== 'string') own.push(`${path}: no source`)
    else if (!known.has(source)) own.push(`${path}: unknown source ${source}`)
  }
  const within = Object.entries(value)
  return [
    ...own,
    ...within.flatMap(([k, v]) => unsourced(v, known, `${path}.${k}`, value['source'])),
  ]
}

function hasNumbers(value: Json): boolean {
  if (typeof value === 'number') return true
  return value !== null && typeof value === 'object' && Object.values(value).some(hasNumbers)
}

/** A file of numbers must name a source somewhere, or say that it holds assumptions. */
function names(value: Json): boolean {
  if (Array.isArray(value)) return value.some(names)
  if (value === null || typeof value !== 'object') return false
  const said = Object.keys(value).some((key) => key === 'source' || key === 'sources')
  const assumed = typeof value['note'] === 'string' && value['note'].includes('(assumption)')
  return said || assumed || Object.values(value).some(names)
}

describe('data/', () => {
  const load = (path: string) => JSON.parse(read(path)) as Json
  const isSources = (path: string) => /^data\/sources(?:\.json$|\/)/.test(path)
  const known = new Set(dataFiles.filter(isSources).flatMap((p) => Object.keys(load(p) ?? {})))
  const numbers = dataFiles.filter((path) => !isSources(path))

  it('has a source beside every value', () => {
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers.flatMap((path) => unsourced(load(path), known, path))).toEqual([])
  })

  it('has no data set that names no source at all', () => {
    const silent = numbers.filter((path) => hasNumbers(load(path)) && !names(load(path)))
    expect(silent).toEqual([])
  })

  it('finds a number whose source is missing or unknown', () => {
    const planted: Json = { Nd: { logK: { value: 1 } }, Pr: [{ value: 2, source: 'nobody' }] }
    expect(unsourced(planted, new Set(['somebody']), 'x')).toEqual([
      'x.Nd.logK: no source',
      'x.Pr[0]: unknown source nobody',
    ])
    expect(names({ a: [{ b: 1 }] })).toBe(false)
  })
})

describe('the judge finds what is planted', () => {
  const judged = (file: string, source: string) =>
    importsOf(source).map((found) => judgeImport(file, found))

  it.each([
    ["import { solve } from '../flowsheet/index.ts'", 'src/chemistry/x.ts', /may not import flow/],
    ["import type { Stream } from '../flowsheet/stream.ts'", 'src/numerics/x.ts', /may not import/],
    ["export { a } from '../unitops/index.ts'", 'src/flowsheet/x.ts', /may not import unitops/],
    ["export * from '../cli/run.ts'", 'src/scenario/x.ts', /may not import cli/],
    ["const a = await import('../numerics/index.ts')", 'src/cli/x.ts', /may not import numerics/],
    ['const a = await import(name)', 'src/scenario/x.ts', /the package \(computed\)/],
    ["import '../flowsheet/index.ts'", 'src/quantities/x.ts', /may not import flowsheet/],
    ["import {\n  a,\n  b,\n} from '../draw/index.ts'", 'src/unitops/x.ts', /may not import draw/],
    ["import fs from 'node:fs'", 'src/scenario/x.ts', /is pure/],
    ["import z from 'zod'", 'src/numerics/x.ts', /the package zod/],
    ["import x from '@scope/name/deep.js'", 'src/cli/x.ts', /the package @scope\/name/],
    ["import { run } from './filter.ts'", 'src/unitops/thickener.ts', /another one/],
    ["import { run } from '../filter.ts'", 'src/unitops/sx/x.ts', /another one/],
    ["import { f } from '../chemistry/formula.ts'", 'src/unitops/x.ts', /past its index/],
    ["import { simulate } from '../scenario/index.ts'", 'src/draw/x.ts', /only types/],
    ["import data from '../../tools/tidy.ts'", 'src/cli/x.ts', /outside src/],
    ["import { a } from './a.ts'", 'src/nowhere/x.ts', /no known room/],
  ])('%s', (source, file, message) => {
    expect(judged(file, source)).toEqual([expect.stringMatching(message)])
  })

  it.each([
    ["import { parse } from '../quantities/index.ts'", 'src/chemistry/x.ts'],
    ["import type { Stream } from '../flowsheet/stream.ts'", 'src/unitops/x.ts'],
    ["import { wash } from './parts/wash.ts'", 'src/unitops/filter.ts'],
    ["import { a } from './b.ts'", 'src/unitops/sx/a.ts'],
    ["import { a } from './sx/b.ts'", 'src/unitops/sx-circuit.ts'],
    ["import { filter } from './filter.ts'", 'src/unitops/index.ts'],
    ["import type { Solution } from '../scenario/index.ts'", 'src/draw/x.ts'],
    ["import { z } from 'zod'", 'src/databank/x.ts'],
    ["// import fs from 'node:fs'", 'src/numerics/x.ts'],
    ["/*\nimport fs from 'node:fs'\n*/", 'src/numerics/x.ts'],
  ])('and lets pass: %s', (source, file) => {
    expect(judged(file, source).filter((message) => message !== undefined)).toEqual([])
  })

  it.each([
    ["import { run } from '../../../src/cli/run.ts'", 'app/x.ts', /may not import cli/],
    ["import { s } from '../../../src/jobs/index.ts'", 'engine/x.ts', /may not import jobs/],
    ["import { s } from '../../../src/numerics/index.ts'", 'app/x.ts', /only types/],
    ["import { a } from '../../../src/scenario/index.ts'", 'app/x.tsx', /only types/],
    ["import type { A } from '../../../src/api/app.ts'", 'app/x.ts', /only types of contract/],
    ["import { x } from '../../../src/api/contract.ts'", 'app/x.ts', /only types of contract/],
    ["import { join } from 'node:path'", 'engine/x.ts', /node:path/],
    ["import { simulate } from '../../../src/scenario/index.ts'", 'engine/x.ts', undefined],
    ["import type { S } from '../../../src/scenario/index.ts'", 'app/x.ts', undefined],
    ["import type { Api } from '../../../src/api/contract.ts'", 'app/x.ts', undefined],
    ["import { create } from 'zustand'", 'app/x.ts', undefined],
  ])('in the page: %s', (source, file, message) => {
    const [found] = importsOf(source).map((one) => judgePageImport(`web/src/${file}`, one))
    if (message === undefined) expect(found).toBeUndefined()
    else expect(found).toMatch(message)
  })

  it.each([
    ['const t = Date.now()', /reads the clock/],
    ['const x = Math.random()', /chance/],
    ["console.log('x')", /console/],
    ['const e = process.env', /surroundings/],
    ["await fetch('x')", /network/],
    ['setTimeout(() => 1, 5)', /timer/],
    ["const f = new Function('a')", /text as code/],
    ['const s = (1).toLocaleString()', /locale/],
    [['// TO', 'DO later'].join(''), /unfinished/],
    [['const x = y as', 'any'].join(' '), /switches a check off/],
    [['// @ts', 'ignore'].join('-'), /switches a check off/],
    ['export default 1', /default export/],
    ['export class Stage {}', /class Stage/],
    [`// ${'x'.repeat(98)}`, /longer than 100/],
    [`const s = '${'x'.repeat(140)}'`, /longer than 140/],
    ['\n'.repeat(501), /501 lines/],
    ['// the organic phase', /a chemical word/],
  ])('in a pure room: %s', (source, message) => {
    expect(judgeSource('src/numerics/x.ts', source)).toEqual([expect.stringMatching(message)])
  })

  it('and reads code, not texts and comments', () => {
    const source = ["const a = 'Date'", '// Date.now()', '`process.env`', 'a.date()'].join('\n')
    expect(judgeSource('src/numerics/x.ts', source)).toEqual([])
    expect(strip("a // b\n'c'", true)).toBe('a     \n   ')
    expect(judgeSource('src/cli/x.ts', 'process.exit(0)')).toEqual([])
    expect(judgeSource('src/a.test.ts', ['it', "only('x')"].join('.'))).toEqual([
      '1: a test is switched off',
    ])
  })

  it('and the places where a project was made', () => {
    const planted = ['/wo;rk/main', 'the C;EO', 'in this ses;sion', 'of is;sue 12']
    for (const line of planted) {
      expect(leaks.some((sign) => sign.test(line.replace(';', '')))).toBe(true)
    }
    expect(leaks.some((sign) => sign.test('an issue of tissue, compression, /temp'))).toBe(false)
  })
})
