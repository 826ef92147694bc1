import { hc } from 'hono/client'
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import type { Api, OpenedPlant } from '../../src/api/contract.ts'
import { errors } from '../../src/api/errors.ts'
import { routes } from '../../src/api/routes/index.ts'
import { guardedRoutes } from '../../src/api/routes/guarded.ts'
import type { Solution } from '../../src/scenario/index.ts'
import { changed, smallPlant, unsolvable } from '../terminal/kit.ts'
import { appFor, codeOf, filesOf, local, sent } from './kit.ts'

const files = filesOf({ 'a.yaml': smallPlant })
const { app, faults, close } = appFor({ folder: files.root })
afterAll(async () => {
  await close()
  files.remove()
})

interface Operation {
  readonly summary: string
  readonly parameters?: readonly { readonly name: string; in: string; required: boolean }[]
  readonly responses: Readonly<Record<string, { readonly description: string; content?: object }>>
}
interface Document {
  readonly openapi: string
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, z.core.JSONSchema.JSONSchema>> }
}

const answer = await app.request(local('/api/openapi.json'))
const document = (await answer.json()) as Document

/** Every text under the key `$ref`, wherever it is. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : []
  return [...own, ...Object.values(value).flatMap(refsIn)]
}

describe('the published contract', () => {
  it('is OpenAPI 3.1 that names what it is', () => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Didymium', version: '0.0.0' })
  })

  it('has every route, and no other', () => {
    const declared = [...routes, ...guardedRoutes].map(
      ({ route }) => `${route.method} ${route.path}`,
    )
    const published = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect([...published].sort()).toEqual([...declared].sort())
  })

  it('describes every answer, parameter and schema that it names', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { summary, parameters = [], responses }] of Object.entries(operations)) {
        expect(summary, path).not.toBe('')
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const inPath = parameters.filter((one) => one.in === 'path' && one.required)
        expect(
          inPath.map(({ name }) => name),
          path,
        ).toEqual(named)
        expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true)
        for (const status of ['400', '401', '403', '500']) {
          expect(responses[status]?.description, `${method} ${path} ${status}`).not.toBe('')
        }
      }
    }
    const refs = refsIn(document)
    expect(refs.length).toBeGreaterThan(10)
    const known = Object.keys(document.components.schemas)
    for (const ref of refs) expect(known).toContain(ref.replace('#/components/schemas/', ''))
  })

  it('publishes the code of every refusal', () => {
    const { Error: schema } = document.components.schemas
    expect(JSON.stringify(schema)).toContain(JSON.stringify(Object.keys(errors)))
  })

  it('describes the solution as the engine writes it', async () => {
    const { Solution: schema } = document.components.schemas
    const solved = await app.request(
      local('/api/simulate'),
      sent('POST', { text: smallPlant, name: 'a.yaml' }),
    )
    expect(solved.status).toBe(200)
    const solution: unknown = await solved.json()
    const read = z.fromJSONSchema(schema ?? {})
    expect(read.safeParse(solution).error).toBeUndefined()
    expect(read.safeParse({ ...(solution as object), status: 'well' }).success).toBe(false)
  })
})

describe('the typed client', () => {
  it('reads and saves, typed by the routes', async () => {
    const client = hc<Api>('http://localhost:4040', {
      fetch: (input: string | URL | Request, init?: RequestInit) =>
        app.request(new Request(input, init)),
    })
    const plants = await client.api.plants.$get()
    if (plants.status !== 200) throw new Error('no list')
    expect((await plants.json()).plants.map(({ name }) => name)).toEqual(['a.yaml'])
    const opened = await client.api.plants[':name'].$get({ param: { name: 'a.yaml' } })
    if (opened.status !== 200) throw new Error('not found')
    const plant = await opened.json()
    expectTypeOf(plant).toExtend<OpenedPlant>()
    const saved = await client.api.plants[':name'].$put({
      param: { name: 'a.yaml' },
      json: { text: `${plant.text}# more\n`, ifHash: plant.hash },
    })
    if (saved.status !== 200) throw new Error('not saved')
    const { findings } = await saved.json()
    expect(findings).toEqual([])
  })
})

describe('solving', () => {
  const solve = async (body: unknown) => {
    const solved = await app.request(local('/api/simulate'), sent('POST', body))
    return { status: solved.status, text: await solved.text() }
  }

  it('answers with the reason where there is no solution', async () => {
    const { status, text } = await solve({ text: unsolvable })
    const solution = JSON.parse(text) as Solution
    expect([status, solution.status]).toEqual([200, 'failed'])
    expect(solution.outcome?.detail).not.toBe('')
  })

  it('answers with the findings of a plant that is refused', async () => {
    const { status, text } = await solve({ text: changed('1 t/y', '1'), name: 'mine.yaml' })
    expect(status).toBe(422)
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'refused-plant', findings: [{ file: 'mine.yaml', line: 8 }] },
    })
  })

  it('takes texts that the plant names, and no name of what every record has', async () => {
    const plant = (path: string) =>
      changed(
        `powder:
    type: feed
    rate: 1 t/y
    assay: { Nd2O3: 70 %, Pr6O11: 29 % }
    assumption: an example, not a measured lot`,
        `powder: { type: delivery, plant: ${path}, stream: S2 }`,
      )
    const fed = await solve({ text: plant('near.yaml'), sets: { 'near.yaml': smallPlant } })
    expect((JSON.parse(fed.text) as Solution).status).toBe('converged')
    for (const path of ['near.yaml', 'constructor', '__proto__', 'toString']) {
      const { status, text } = await solve({ text: plant(path) })
      expect([status, codeOf(text)], path).toEqual([422, 'refused-plant'])
    }
  })

  it('refuses what the contract does not know', async () => {
    for (const body of [{}, { text: 1 }, { text: 'x', also: 1 }, [], { text: 'x', sets: [] }]) {
      const { status, text } = await solve(body)
      expect([status, codeOf(text)]).toEqual([400, 'bad-request'])
    }
    const none = await app.request(local('/api/nothing'))
    expect([none.status, codeOf(await none.text())]).toEqual([404, 'not-found'])
    expect(faults).toEqual([])
  })

  it('does more than the limit allows for nobody', async () => {
    const [first, second] = await Promise.all([
      solve({ text: smallPlant }),
      solve({ text: smallPlant }),
    ])
    expect([first.status, second.status].sort((a, b) => a - b)).toEqual([200, 429])
    expect((await solve({ text: smallPlant })).status).toBe(200)
  })

  it('tells of a fault of the program no more than that', async () => {
    const broken = appFor({ folder: files.path('none') })
    const answer = await broken.app.request(local('/api/plants'))
    const text = await answer.text()
    expect([answer.status, codeOf(text)]).toEqual([500, 'fault'])
    expect(text).not.toMatch(/ENOENT|:\d|\.ts/)
    expect(broken.faults).toHaveLength(1)
    await broken.close()
  })
})
