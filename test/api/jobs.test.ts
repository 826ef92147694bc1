import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Job, JobAsked } from '../../src/api/contract.ts'
import type { Running } from '../../src/api/server.ts'
import { changed, circuitPlant, smallPlant, unsolvable } from '../terminal/kit.ts'
import { codeOf, filesOf, sent, serve } from './kit.ts'

const files = filesOf({ 'plants/a.yaml': smallPlant })
/** Every worker thread that the server began. */
const workers = new Set<Worker>()
const began = (worker: Worker) => {
  workers.add(worker)
  worker.once('exit', () => workers.delete(worker))
}
let server: Running
beforeAll(async () => {
  process.on('worker', began)
  server = await serve({
    folder: files.path('plants'),
    limits: { running: 1, kept: 2, threads: 1, time: 90_000 },
  })
})
afterAll(async () => {
  await server.close()
  process.off('worker', began)
  files.remove()
})

const at = (path: string) => `${server.url}api/${path}`
const start = (asked: JobAsked) => fetch(at('jobs'), sent('POST', asked))
const begin = async (asked: JobAsked) => {
  const answer = await start(asked)
  expect(answer.status).toBe(202)
  const job = (await answer.json()) as Job
  expect(answer.headers.get('location')).toBe(`/api/jobs/${job.id}`)
  return job
}
const state = async (id: string) => (await (await fetch(at(`jobs/${id}`))).json()) as Job
const cancel = async (id: string) =>
  (await (await fetch(at(`jobs/${id}`), { method: 'DELETE' })).json()) as Job

interface Heard {
  readonly id: number
  readonly event: string
  readonly data: Record<string, unknown>
}

/** Listens to the events of a job until `enough` says so, or the server ends the stream. */
async function listen(id: string, last = 0, enough: (heard: Heard) => boolean = () => false) {
  const stop = new AbortController()
  const headers = { 'last-event-id': String(last) }
  const answer = await fetch(at(`jobs/${id}/events`), { headers, signal: stop.signal })
  const heard: Heard[] = []
  if (answer.body === null) return { status: answer.status, heard }
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks.filter((one) => !one.startsWith(':'))) {
      const lines = block.split('\n').map((line) => line.split(/: (.*)/s))
      const of = new Map(lines.map(([name = '', value = '']) => [name, value]))
      const data = JSON.parse(of.get('data') ?? '{}') as Record<string, unknown>
      const one = { id: Number(of.get('id')), event: of.get('event') ?? '', data }
      heard.push(one)
      if (enough(one)) {
        stop.abort()
        return { status: answer.status, heard }
      }
    }
  }
  return { status: answer.status, heard }
}

const draws = (count: number): JobAsked => ({
  kind: 'uncertainty',
  plant: { text: circuitPlant, name: 'circuit.yaml' },
  request: {
    draws: count,
    seed: 3,
    results: ['stream S7 Dy rate'],
    inputs: ['leach.acidRatio=± 0.05'],
  },
})

const endless = draws(100_000)

const optimum: JobAsked = {
  kind: 'optimise',
  plant: { text: circuitPlant },
  request: {
    vary: ['sx1.organicFlow=10..14 L/h', 'sx1.sections[0].stages=3..60'],
    minimise: 'reagent strip-acid rate',
    require: ['stream S7 Dy rate >= 0.1 t/y'],
    evaluations: 1_000_000,
  },
}

describe('long work', () => {
  it('draws an uncertainty, tells how far it is, and ends with the summary', async () => {
    const { id } = await begin(draws(24))
    const { heard } = await listen(id)
    expect(heard[0]?.event).toBe('progress')
    expect(heard.map((one) => one.id)).toEqual(heard.map((one) => one.id).sort((a, b) => a - b))
    const end = heard.at(-1)
    expect(end?.event).toBe('end')
    expect(end?.data).toMatchObject({
      state: 'done',
      done: 24,
      total: 24,
      result: { schema: 'didymium/uncertainty@1', draws: 24, solved: 24 },
    })
    // Who comes later reads the same; who comes back hears what was missed, or that nothing was.
    expect(await state(id)).toEqual(end?.data)
    expect((await listen(id)).heard.at(-1)).toEqual(end)
    const before = await listen(id, (end?.id ?? 0) - 1)
    expect(before.heard).toEqual([end])
    expect(await listen(id, end?.id)).toEqual({ status: 204, heard: [] })
  })

  it('goes on where a listener was cut off', async () => {
    const { id } = await begin(draws(40))
    const first = await listen(
      id,
      0,
      ({ event, data }) => event === 'progress' && data['done'] !== 0,
    )
    const last = first.heard.at(-1)?.id ?? 0
    const rest = await listen(id, last)
    expect(Math.min(...rest.heard.map((one) => one.id))).toBeGreaterThan(last)
    expect(rest.heard.at(-1)?.event).toBe('end')
  })

  it('finds an optimum and slopes as the terminal does', async () => {
    const plant = { text: smallPlant }
    const optimum = await begin({
      kind: 'optimise',
      plant,
      request: { vary: ['powder.rate=1..2 t/y'], maximise: 'product didymium-oxide rate' },
    })
    const { heard } = await listen(optimum.id)
    expect(heard.at(-1)?.data).toMatchObject({
      state: 'done',
      result: { schema: 'didymium/optimise@1', outcome: 'optimal', parameters: [{ value: 2 }] },
    })
    const slopes = await begin({
      kind: 'sensitivity',
      plant,
      request: { parameters: ['powder.*'] },
    })
    const told = await listen(slopes.id)
    expect(told.heard.at(-1)?.data).toMatchObject({
      state: 'done',
      result: { schema: 'didymium/sensitivity@1' },
    })
  })

  it.each([
    [changed('1 t/y', '1'), 'powder.rate', 'refused-plant'],
    [unsolvable, 'powder.rate', 'unsolved'],
    [smallPlant, 'powder.speed', 'refused-question'],
  ])('that cannot begin fails by name', async (text, path, code) => {
    const { id } = await begin({
      kind: 'sensitivity',
      plant: { text },
      request: { parameters: [path] },
    })
    const { heard } = await listen(id)
    expect(heard.at(-1)?.data).toMatchObject({ state: 'failed', result: null, error: { code } })
  })
})

describe('a cancelled job', () => {
  const gone = async () => {
    for (let k = 0; k < 100 && workers.size > 0; k++) await new Promise((go) => setTimeout(go, 50))
    return workers.size
  }

  it.each([
    ['optimise', optimum],
    ['uncertainty', endless],
  ])('really ends: %s', { timeout: 60_000 }, async (_, asked) => {
    const { id } = await begin(asked)
    await listen(id, 0, ({ event, data }) => event === 'progress' && Number(data['done']) > 4)
    expect(workers.size).toBeGreaterThan(0)
    const busy = new Set(workers)
    const ended = await cancel(id)
    expect([ended.state, ended.result, ended.error]).toEqual(['cancelled', null, null])
    // The thread that was at it is gone; one that is idle may wait for the next.
    for (let k = 0; k < 100 && [...busy].every((one) => workers.has(one)); k++) {
      await new Promise((go) => setTimeout(go, 20))
    }
    expect([...busy].some((one) => !workers.has(one))).toBe(true)
    const later = await state(id)
    expect(later).toEqual(ended)
    expect((await listen(id)).heard.at(-1)?.event).toBe('end')
  })

  it('keeps the server free while it works, and others out', async () => {
    const { id } = await begin(endless)
    await listen(id, 0, ({ event }) => event === 'progress')
    const refused = await start(endless)
    expect([refused.status, codeOf(await refused.text())]).toEqual([429, 'busy'])
    const from = performance.now()
    expect((await fetch(at('health'))).status).toBe(200)
    expect(performance.now() - from).toBeLessThan(1000)
    await cancel(id)
  })

  it('is remembered as long as the limit says', async () => {
    const asked: JobAsked = {
      kind: 'sensitivity',
      plant: { text: 'x' },
      request: { parameters: ['a'] },
    }
    const ids: string[] = []
    for (let k = 0; k < 3; k++) {
      const { id } = await begin(asked)
      await listen(id)
      ids.push(id)
    }
    const answers = await Promise.all(ids.map((id) => fetch(at(`jobs/${id}`))))
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 200])
    for (const path of ['none', '..%2f', 'none/events']) {
      expect((await fetch(at(`jobs/${path}`))).status).toBe(404)
    }
  })

  it('is ended by time, and by the end of the server, which leaves no thread', async () => {
    const short = await serve({ folder: files.path('plants'), limits: { time: 1500, threads: 1 } })
    const post = () => fetch(`${short.url}api/jobs`, sent('POST', endless))
    const late = (await (await post()).json()) as Job
    const read = async () => (await (await fetch(`${short.url}api/jobs/${late.id}`)).json()) as Job
    while ((await read()).state === 'running') await new Promise((go) => setTimeout(go, 100))
    expect(await read()).toMatchObject({ state: 'failed', error: { code: 'time-limit' } })
    await post()
    const events = fetch(`${short.url}api/jobs/${late.id}/events`)
    expect((await events).status).toBe(200)
    const from = performance.now()
    await short.close()
    expect(performance.now() - from).toBeLessThan(4000)
    await expect(fetch(short.url)).rejects.toThrow()
    await server.close()
    expect(await gone()).toBe(0)
  })
})

describe('what is asked', () => {
  it('is refused unless the contract knows it', async () => {
    const other = await serve({ folder: files.path('plants') })
    const plant = { text: smallPlant }
    const wrong: readonly unknown[] = [
      {},
      { kind: 'dance', plant, request: {} },
      { kind: 'uncertainty', plant, request: { draws: 1e9 } },
      { kind: 'uncertainty', plant, request: { draws: 2.5 } },
      { kind: 'optimise', plant, request: { vary: 'powder.rate=1..2 t/y' } },
      { kind: 'optimise', plant, request: { vary: [], evaluations: 1e9 } },
      { kind: 'sensitivity', plant: 'a.yaml', request: { parameters: [] } },
      { kind: 'sensitivity', plant, request: { parameters: [], also: 1 } },
    ]
    for (const body of wrong) {
      const answer = await fetch(`${other.url}api/jobs`, sent('POST', body))
      const text = await answer.text()
      expect([answer.status, codeOf(text)], text).toEqual([400, 'bad-request'])
    }
    await other.close()
  })
})
