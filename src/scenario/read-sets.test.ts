import { expect, test } from 'vitest'
import { bank } from '../databank/index.ts'
import { readPlant, simulate, type ReadPlantOptions } from './index.ts'

const set = bank.extractants.get('PC88A-T21-NdPr')
const own = { ...set, id: 'mine' }
const text = `schema: didymium/plant@1
title: A circuit with a set of its own
operatingHours: 6000 h/y
extractants: { mine: ./mine.json }
units:
  liquor:
    type: feed
    rate: 100 t/y
    assay: { H2O: 100 % }
  hcl: { type: reagent, species: { HCl: 18 % } }
  solvent: { type: reagent, state: organic, extractant: PC88A, molarity: 1 mol/L }
  sx:
    type: sx-circuit
    extractant: mine
    concentration: 1 mol/L
    organicFlow: 10 L/h
    sections:
      - { name: extraction, type: extraction, stages: 2 }
      - { name: strip, type: strip, stages: 2, flow: 2 L/h }
  out: { type: discharge }
streams:
  S1: liquor.out -> sx.feed
  S2: hcl.out -> sx.strip
  S3: solvent.out -> sx.makeup
  S4: sx.raffinate -> out.in
  S5: sx.strip-liquor -> out.in
`

function read(file: unknown, options: ReadPlantOptions = {}) {
  const readSet = (path: string) => (path === './mine.json' ? JSON.stringify(file) : undefined)
  return readPlant(text, { readSet, ...options })
}

test('a set beside the plant is read, used and recorded with the hash of its file', () => {
  const reading = read(own)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  const solution = simulate(reading.plant)
  expect(solution.dataSets).toMatchObject([{ id: 'mine', origin: './mine.json', units: ['sx'] }])
  expect(solution.dataSets[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  ['an unknown model', { ...own, model: 'mass-acton' }, /no distribution model "mass-acton"/],
  ['parameters that are missing', { ...own, parameters: { Nd: {} } }, /mine.json: /],
  ['a number that is a text', { ...own, constants: { a: { value: 'x' } } }, /constants.a/],
  ['an extractant that is not known', { ...own, extractant: 'PC99' }, /PC99/],
])('a set is refused for %s', (_, file, message) => {
  const reading = read(file)
  if (reading.ok) throw new Error('nothing was found wrong')
  expect(reading.findings.map((f) => f.message).join('\n')).toMatch(message)
})
