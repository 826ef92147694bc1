import { expect, test } from 'vitest'
import { generatedModule, writtenModule } from '../../tools/databank.ts'
import { rareEarthSymbols } from '../chemistry/index.ts'
import { files } from './data.generated.ts'
import { bank, loadDatabank, parseExtractantSet, plantSpecies, properties } from './index.ts'

test.each(['data', 'costs', 'levels'] as const)(
  'the generated module %s is what data/ says',
  (name) => {
    expect(writtenModule(name) === generatedModule(name), 'run: npm run databank').toBe(true)
  },
)

test('every record of data/ is right, and the bank holds them all', () => {
  expect(loadDatabank(files)).toEqual(bank)
})

test('a broken record is refused with its file', () => {
  const broken = { ...files, 'process/x.json': { a: { value: 1, unit: 'K', source: 'nowhere' } } }
  expect(() => loadDatabank(broken)).toThrow('process/x.json a')
  const stray = { a: { value: 1, unit: 'K', source: 'nowhere', method: 'measured' } }
  expect(() => loadDatabank({ ...files, 'process/x.json': stray })).toThrow('nowhere')
})

test('every species of the convention is there', () => {
  const table = plantSpecies(bank, {
    elements: [...bank.elements.keys()],
    extractants: ['PC88A', 'TBP'],
  })
  for (const m of rareEarthSymbols) {
    for (const id of [m, `${m}H2`, `${m}(OH)3`, `${m}2(C2O4)3·10H2O`, `${m}2(C2O4)3`, `${m}FeO3`]) {
      table.index('solid', id)
    }
    for (const id of [`${m}2(CO3)3·8H2O`, `Na${m}(SO4)2·H2O`, `Na${m}(C2O4)2·H2O`]) {
      table.index('solid', id)
    }
    table.index('aqueous', `${m}+3`)
    table.index('organic', `${m}(PC88A)3`)
    table.index('organic', `${m}(NO3)3(TBP)3`)
  }
  for (const id of ['Pr6O11', 'Pr2O3', 'Tb4O7', 'Tb2O3', 'CeO2', 'Ce2O3', 'FeOOH', 'unassigned']) {
    table.index('solid', id)
  }
  for (const id of ['Co(PC88A)2', 'Na(PC88A)', 'NH4(PC88A)', 'Fe(PC88A)2', 'diluent', 'modifier']) {
    table.index('organic', id)
  }
  table.index('aqueous', 'PC88A')
  table.index('solid', 'adsorbed PC88A')
  const loaded = table.species[table.index('organic', 'Nd(PC88A)3')]
  expect(loaded?.composition).toEqual({ Nd: 1, C: 48, H: 102, O: 9, P: 3 })
  const mass = Object.entries(loaded?.composition ?? {}).reduce(
    (sum, [e, n]) => sum + n * (bank.elements.get(e)?.atomicWeight.value ?? Number.NaN),
    0,
  )
  expect((loaded?.molarMass ?? 0) * 1000).toBeCloseTo(mass, 9)
})

test('a plant has only what its elements can form', () => {
  const plant = properties(bank, { elements: ['Nd', 'Pr', 'Fe'], extractants: ['PC88A'] })
  expect(plant.rareEarths).toEqual(['Pr', 'Nd'])
  expect(plant.species.find('solid', 'Dy2O3')).toBe(-1)
  expect(plant.species.find('solid', 'NdFeO3')).toBeGreaterThanOrEqual(0)
  expect(() => plantSpecies(bank, { elements: ['Q'], extractants: [] })).toThrow('Q')
  expect(() => plant.constant('none')).toThrow('none')
})

test("a user's extractant set answers findings", () => {
  expect(parseExtractantSet('{')).toMatchObject({ ok: false })
  const read = parseExtractantSet('{"id": "x", "title": 3}')
  expect(read.ok).toBe(false)
  if (!read.ok) expect(read.findings.map((f) => f.path)).toContain('title')
})

test('feeds keep what they leave open, and suspect values are flagged', () => {
  const ebike = bank.feeds.find((feed) => feed.id === 'ebike-ini')
  expect(ebike?.massPercent.B?.suspect).toContain('twice')
  const hdd = bank.feeds.find((feed) => feed.id === 'hdd-belfqueh')
  const sum = Object.values(hdd?.massPercent ?? {}).reduce((s, v) => s + (v.mean ?? 0), 0)
  expect(sum).toBeCloseTo(92.9, 6)
  for (const feed of bank.feeds.filter((f) => /NdFeB|HDD|EV/.test(f.family))) {
    expect(feed.massPercent).not.toHaveProperty('Tb')
    expect(feed.massPercent).not.toHaveProperty('Ho')
  }
})

test('product grades state which purity they mean', () => {
  for (const grade of bank.products) expect(Object.keys(grade.purity).length).toBeGreaterThan(0)
  const didymium = bank.products.find((grade) => grade.id === 'trade-NdPr')
  expect(didymium?.share).toEqual({ Nd2O3: 0.75 })
})

test('all numbers that may be asked about name a source that is on record', () => {
  for (const element of bank.elements.values()) {
    expect(bank.sources.has(element.atomicWeight.source)).toBe(true)
  }
  for (const constant of bank.constants.values())
    expect(bank.sources.has(constant.source)).toBe(true)
})
