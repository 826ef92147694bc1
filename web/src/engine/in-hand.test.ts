import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Solution } from '../../../src/scenario/solution.ts'
import { simulate } from '../../../src/scenario/simulate.ts'
import { readPlant } from '../../../src/scenario/engine.ts'
import { rebuilder } from './parts.ts'
import type { Answer, PlantView } from './protocol.ts'
import { emptyHand } from './in-hand.ts'

const text = readFileSync(
  new URL('../../../plants/belfast-demonstration.yaml', import.meta.url),
  'utf8',
)

/** What the page makes of the answers of a worker. */
function page() {
  const own = emptyHand()
  const rebuild = rebuilder()
  let solution: Solution | undefined
  let plant: PlantView | undefined
  const take = (answer: Answer, text: string) => {
    if ('solution' in answer) solution = rebuild(answer.solution, text)
    if (answer.kind === 'whole') plant = answer.plant
    return answer
  }
  return {
    own,
    solve: (of: string) => take(own.solveText({ file: 'plant', text: of, sets: {} }), of),
    edit: (of: string, path: string, value: number) =>
      take(own.editNumbers({ text: of, moves: [{ path, value }] }), of),
    solution: () => solution as Solution,
    plant: () => plant as PlantView,
  }
}

let shown = page()
beforeEach(() => {
  shown = page()
})

const colder = text.replace('temperature: 80 degC ', 'temperature: 78 degC ')

describe('the plant that a worker has in hand', () => {
  it('gives the solution that the terminal prints', () => {
    shown.solve(text)
    const reading = readPlant(text, { file: 'plant' })
    if (!reading.ok) throw new Error('refused')
    expect(shown.solution()).toEqual(simulate(reading.plant))
  })

  it('moves a number as if the text had been read', () => {
    shown.solve(text)
    const answer = shown.edit(colder, 'leach.temperature', 351.15)
    expect(answer.kind).toBe('edit')
    const edited = structuredClone(shown.solution())
    const fresh = page()
    fresh.solve(colder)
    expect(edited.plant).toBe(fresh.solution().plant)
    for (const [k, product] of edited.products.entries()) {
      const other = fresh.solution().products[k]
      expect(product.rate['kg/s']).toBeCloseTo(other?.rate['kg/s'] ?? 0, 9)
      expect(product.purity.reoOfTreo).toBeCloseTo(other?.purity.reoOfTreo ?? 0, 7)
    }
  })

  it('does not solve again what the text says already', () => {
    shown.solve(text)
    shown.edit(colder, 'leach.temperature', 351.15)
    const before = shown.solution()
    const answer = shown.solve(colder)
    if (answer.kind !== 'whole') throw new Error('refused')
    expect(answer.solution.changed).toEqual([])
    expect(shown.solution().streams).toBe(before.streams)
    expect(shown.plant().parameters.find((p) => p.path === 'leach.temperature')).toMatchObject({
      text: '78 degC',
      value: 351.15,
    })
  })

  it('refuses what the plant file would be refused for, and what is no number of the plant', () => {
    shown.solve(text)
    expect(shown.edit(text, 'leach.temperature', 10_000).kind).toBe('refused')
    expect(shown.edit(text, 'magnets.blend[0].assay.Nd', 0.9).kind).toBe('refused')
    expect(shown.edit(text, 'leach.warmth', 1).kind).toBe('unread')
  })

  it('solves nothing for money, whose numbers it moves as well', () => {
    shown.solve(text)
    const streams = shown.solution().streams
    const dearer = text.replace('50.6 USD/kg', '60 USD/kg')
    const path = 'economics.sales.products.didymium-oxide.price'
    const answer = shown.edit(dearer, path, 60)
    if (answer.kind !== 'edit') throw new Error('refused')
    expect(answer.solution.changed).toEqual([])
    expect(shown.solution().streams).toBe(streams)
    const { plant } = shown.own.current()
    expect(plant.economics.sales.products?.['didymium-oxide']?.price?.amount).toBe(60)
  })

  it('says what is wrong with a text, and goes on with the next', () => {
    expect(shown.solve('schema: didymium/plant@1').kind).toBe('refused')
    expect(shown.solve(text).kind).toBe('whole')
  })
})
