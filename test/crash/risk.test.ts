import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { runRisk } from '../../src/jobs/index.ts'
import { openRisk, solveRisk, type RiskDraw, type RiskRequest } from '../../src/scenario/index.ts'
import { plantOf } from '../plants/kit.ts'
import { folder, smallPlant } from '../terminal/kit.ts'

const home = folder()
afterAll(() => home.remove())

const text = `${smallPlant}
economics:
  estimate: { allowances: { plant: 100 kUSD } }
  operating: { feeds: { powder: 20 ± 2 USD/kg }, positions: { skilled: 0 } }
  sales: { products: { didymium-oxide: { price: 60 USD/kg } } }
  finance: { grants: [{ name: start, amount: 30 kUSD }] }
  risk: { delay: 0..0.5..1.5, grants: 70 % }
`
const request: RiskRequest = {
  design: 'lhs',
  draws: 40,
  seed: 7,
  inputs: ['powder.rate=± 0.05 t/y'],
  results: [],
  requirements: [],
  unstatedConstants: 0,
  unstatedAssays: 0,
  tail: 0.05,
}

it('a run on threads that is cut short goes on with the draws that are missing, and equals one that was not', async () => {
  const set = ['economics.operating.feeds.powder=25 USD/kg']
  const names = [
    { name: 'as it is', set: [] },
    { name: 'dearer', set },
  ]
  const opened = openRisk(
    names.map((one) => ({ ...one, plant: plantOf(text, { file: 'small.yaml' }) })),
    request,
  )
  if (!opened.ok) throw new Error('the request is refused')
  const { cases } = opened
  const texts = names.map((one) => ({ ...one, plant: text, file: 'small.yaml', sets: {} }))
  const out = home.path('draws.ndjson')
  const run = (id: string, threads: number, bound: Record<string, unknown> = {}) =>
    runRisk({ id, cases: texts, request }, cases, { threads, out, bound })
  const whole = await run('first', 2)
  if (!whole.ok) throw new Error(whole.message)
  const byNumber = (draws: readonly RiskDraw[]) => draws.toSorted((a, b) => a.draw - b.draw)
  const undisturbed = Array.from({ length: 40 }, (_, draw) => ({
    draw,
    cases: cases.map((one) => solveRisk(one, draw)),
  }))
  expect(byNumber(whole.draws)).toEqual(undisturbed)

  // As a kill leaves it: eleven draws on the disk, the twelfth cut short.
  const lines = readFileSync(out, 'utf8').split('\n')
  writeFileSync(out, `${lines.slice(0, 12).join('\n')}\n${lines[12]?.slice(0, 20) ?? ''}`)
  const resumed = await run('second', 1)
  expect(resumed).toMatchObject({ ok: true, resumed: 11, isComplete: true })
  if (resumed.ok) expect(byNumber(resumed.draws)).toEqual(undisturbed)

  const other = await run('third', 1, { plants: 'another' })
  expect(other).toMatchObject({ ok: false, message: expect.stringContaining('another plants') })
}, 120_000)
