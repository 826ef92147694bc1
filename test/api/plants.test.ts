import { readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { documentLimits, sha256 } from '../../src/scenario/index.ts'
import { changed, smallPlant } from '../terminal/kit.ts'
import { appFor, codeOf, filesOf, local, sent } from './kit.ts'

const fed = changed(
  `  powder:
    type: feed
    rate: 1 t/y
    assay: { Nd2O3: 70 %, Pr6O11: 29 % }
    assumption: an example, not a measured lot`,
  '  powder: { type: delivery, plant: ./other/near.yaml, stream: S2 }',
)
const files = filesOf({
  'plants/a.yaml': smallPlant,
  'plants/b.yml': changed('A small plant', '"B: the second"'),
  'plants/draft.yaml': 'schema: didymium/plant@1\ntitle: Not yet # done\nunits: [',
  'plants/fed.yaml': fed,
  'plants/other/near.yaml': smallPlant,
  'plants/set.yaml': 'title: no plant',
  'plants/.hidden.yaml': smallPlant,
  'outside.yaml': changed('A small plant', 'Outside'),
  'named/own.yaml': changed('A small plant', 'Named'),
})
symlinkSync(files.path('outside.yaml'), files.path('plants/link.yaml'))
symlinkSync(files.path('plants/a.yaml'), files.path('plants/again.yaml'))
const { app, faults, close } = appFor({
  files: [files.path('named/own.yaml')],
  folder: files.path('plants'),
  first: 'b.yml',
})
afterAll(async () => {
  await close()
  files.remove()
})

const get = (path: string) => app.request(local(path))
const put = async (name: string, body: unknown) =>
  app.request(local(`/api/plants/${name}`), sent('PUT', body))

interface Listed {
  readonly plants: readonly { readonly name: string; readonly title: string; hash: string }[]
}

describe('the list of plants', () => {
  it('has those named and those of the folder with title and hash, the one to open first', async () => {
    const answer = await get('/api/plants')
    expect(answer.status).toBe(200)
    const { plants } = (await answer.json()) as Listed
    const titles = plants.map(({ name, title }) => `${name}: ${title}`)
    expect(titles).toEqual([
      'b.yml: B: the second',
      'own.yaml: Named',
      'a.yaml: A small plant',
      'again.yaml: A small plant',
      'draft.yaml: Not yet',
      'fed.yaml: A small plant',
    ])
    expect(plants.find(({ name }) => name === 'a.yaml')?.hash).toBe(sha256(smallPlant))
  })
})

describe('a plant file', () => {
  it('is given out as it stands', async () => {
    const plant = (await (await get('/api/plants/a.yaml')).json()) as object
    expect(plant).toEqual({
      name: 'a.yaml',
      title: 'A small plant',
      text: smallPlant,
      hash: sha256(smallPlant),
      sets: {},
      readOnly: false,
    })
  })

  it('comes with the files that it names', async () => {
    const plant = (await (await get('/api/plants/fed.yaml')).json()) as { sets: object }
    expect(plant.sets).toEqual({ './other/near.yaml': smallPlant })
  })

  it('brings nothing from outside its folder, whatever it names', async () => {
    symlinkSync(files.path('outside.yaml'), files.path('plants/other/out.yaml'))
    for (const path of ['../outside.yaml', './other/out.yaml', files.path('outside.yaml')]) {
      writeFileSync(files.path('plants/a.yaml'), fed.replace('./other/near.yaml', path))
      const plant = (await (await get('/api/plants/a.yaml')).json()) as { sets: object }
      expect(plant.sets, path).toEqual({})
    }
    writeFileSync(files.path('plants/a.yaml'), smallPlant)
  })

  it.each([
    ['..%2Foutside.yaml', 'bad-name'],
    ['%2E%2E%2Foutside.yaml', 'bad-name'],
    ['..%5Coutside.yaml', 'bad-name'],
    ['.hidden.yaml', 'bad-name'],
    ['a.yaml%00', 'bad-name'],
    ['a.txt', 'bad-name'],
    ['other', 'bad-name'],
    [`${'x'.repeat(101)}.yaml`, 'bad-name'],
    ['link.yaml', 'not-found'],
    ['near.yaml', 'not-found'],
    ['none.yaml', 'not-found'],
    ['%FF.yaml', 'not-found'],
  ])('is not read as %s', async (name, code) => {
    const answer = await get(`/api/plants/${name}`)
    expect(answer.status).toBe(code === 'bad-name' ? 400 : 404)
    expect(codeOf(await answer.text())).toBe(code)
    expect(faults).toEqual([])
  })
})

describe('saving', () => {
  const read = (name: string) => readFileSync(files.path(`plants/${name}`), 'utf8')

  it('keeps a text that was made from the one on the disk', async () => {
    const text = changed('1 t/y', '2 t/y')
    const answer = await put('a.yaml', { text, ifHash: sha256(smallPlant) })
    expect(await answer.json()).toEqual({ name: 'a.yaml', hash: sha256(text), findings: [] })
    expect(read('a.yaml')).toBe(text)
    expect(readdirSync(files.path('plants')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('keeps a draft that is not finished, and says what is wrong with it', async () => {
    const text = changed('rate: 1 t/y', 'rate: 1')
    const hash = sha256(read('a.yaml'))
    const answer = await put('a.yaml', { text, ifHash: hash })
    const { findings } = (await answer.json()) as { findings: readonly { line: number }[] }
    expect(answer.status).toBe(200)
    expect(findings.map(({ line }) => line)).toEqual([8])
    expect(read('a.yaml')).toBe(text)
  })

  it('refuses when somebody else wrote meanwhile, and says what stands there', async () => {
    const before = read('b.yml')
    const answer = await put('b.yml', { text: 'mine', ifHash: sha256('an older text') })
    expect(answer.status).toBe(409)
    const { error } = (await answer.json()) as { error: object }
    expect(error).toMatchObject({ code: 'conflict', hash: sha256(before) })
    expect(read('b.yml')).toBe(before)
    const gone = await put('gone.yaml', { text: 'mine', ifHash: sha256('mine') })
    expect(await gone.json()).toMatchObject({ error: { code: 'conflict', hash: null } })
  })

  it('lets only one of many who save at once be the first', async () => {
    const ifHash = sha256(read('b.yml'))
    const texts = Array.from({ length: 8 }, (_, k) => changed('1 t/y', `${k + 2} t/y`))
    const answers = await Promise.all(texts.map((text) => put('b.yml', { text, ifHash })))
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([
      200, 409, 409, 409, 409, 409, 409, 409,
    ])
    const first = answers.findIndex(({ status }) => status === 200)
    expect(read('b.yml')).toBe(texts[first])
  })

  it('makes a new file, but not over one that is there', async () => {
    expect((await put('new.yaml', { text: smallPlant, ifHash: null })).status).toBe(200)
    expect(read('new.yaml')).toBe(smallPlant)
    expect((await put('new.yaml', { text: 'again', ifHash: null })).status).toBe(409)
    // A link that leads out of the folder is neither followed nor written over.
    expect((await put('link.yaml', { text: 'again', ifHash: null })).status).toBe(409)
    expect(readFileSync(files.path('outside.yaml'), 'utf8')).toContain('Outside')
  })

  it('leaves who may read a file as it was', async () => {
    const { mode } = statSync(files.path('plants/new.yaml'))
    await put('new.yaml', { text: `${smallPlant}\n`, ifHash: sha256(smallPlant) })
    expect(statSync(files.path('plants/new.yaml')).mode).toBe(mode)
  })

  it('writes to a file that was named, where it lies', async () => {
    const before = readFileSync(files.path('named/own.yaml'), 'utf8')
    const answer = await put('own.yaml', { text: smallPlant, ifHash: sha256(before) })
    expect(answer.status).toBe(200)
    expect(readFileSync(files.path('named/own.yaml'), 'utf8')).toBe(smallPlant)
  })

  it('refuses what is too large, another kind of body, and what the contract does not know', async () => {
    const text = 'x'.repeat(documentLimits.bytes + 1)
    const large = await put('a.yaml', { text, ifHash: null })
    expect([large.status, codeOf(await large.text())]).toEqual([413, 'too-large'])
    const huge = await put('a.yaml', { text: text.repeat(3), ifHash: null })
    expect([huge.status, codeOf(await huge.text())]).toEqual([413, 'too-large'])
    const wrong: readonly (readonly [unknown, number, string])[] = [
      ['{ "text": ', 400, 'malformed-json'],
      [{ text: 'x' }, 400, 'bad-request'],
      [{ text: 1, ifHash: null }, 400, 'bad-request'],
      [{ text: 'x', ifHash: null, path: '/etc' }, 400, 'bad-request'],
      ['null', 400, 'bad-request'],
    ]
    for (const [body, status, code] of wrong) {
      const answer = await put('new2.yaml', body)
      expect([answer.status, codeOf(await answer.text())]).toEqual([status, code])
    }
    const form = { ...sent('PUT', 'text=x'), headers: { 'content-type': 'text/plain' } }
    const other = await app.request(local('/api/plants/new2.yaml'), form)
    expect([other.status, codeOf(await other.text())]).toEqual([415, 'media-type'])
    expect(readdirSync(files.path('plants'))).not.toContain('new2.yaml')
    expect(faults).toEqual([])
  })

  it('holds nobody up by reading a text that is very long', async () => {
    const text = `${smallPlant}# delivery ${'x'.repeat(4_000_000)}\n`
    const from = performance.now()
    const answer = await put('long.yaml', { text, ifHash: null })
    expect(await answer.json()).toMatchObject({ findings: [{ code: 'unchecked' }] })
    expect((await get('/api/plants/long.yaml')).status).toBe(200)
    expect(performance.now() - from).toBeLessThan(5000)
  })

  it('does not write over the examples of the package', async () => {
    const examples = appFor({ folder: files.path('plants'), isReadOnly: true })
    const body = { text: 'x', ifHash: sha256(read('a.yaml')) }
    const answer = await examples.app.request(local('/api/plants/a.yaml'), sent('PUT', body))
    expect([answer.status, codeOf(await answer.text())]).toEqual([403, 'read-only'])
    await examples.close()
  })
})
