import { describe, expect, it } from 'vitest'
import { newPlant } from '../new-plant.ts'
import { readPlant } from '../engine.ts'

const lines = newPlant().split('\n').length

/** Findings of a small plant with a section, lines counted from the section's own first. */
function findings(section: string) {
  const reading = readPlant(`${newPlant()}${section}`)
  if (reading.ok) return []
  return reading.findings.map(({ line, column, message, expected }) => ({
    at: `${line - lines + 1}:${column}`,
    message,
    expected,
  }))
}

function economics(section: string) {
  const reading = readPlant(`${newPlant()}${section}`)
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings))
  return reading.plant
}

describe('the economics section', () => {
  it('may be left out: its defaults stand, and nobody gave them', () => {
    const { economics: own } = economics('')
    expect(own.given).toBe(false)
    expect(own.basis).toEqual({ currency: 'USD', year: '2024', region: 'uk' })
    expect(own.finance.life).toBe(20)
  })

  it('gathers what is said about a value beside it, or about the block', () => {
    const plant = economics(`economics:
  operating:
    feeds: { swarf: { value: 5 kGBP/t (2023), assumption: a round price } }
    source: a quotation
`)
    expect(plant.economics.operating.feeds).toEqual({
      swarf: { amount: 5, currency: 'GBP', year: '2023' },
    })
    expect(plant.annotations).toContainEqual({
      key: 'assumption',
      at: 'economics.operating.feeds.swarf',
      text: 'a round price',
    })
  })

  it.each([
    ['economics: 3', '1:12', '"economics" is "3"', 'basis, estimate'],
    ['economics:\n  finanse: {}', '2:3', 'unknown key "finanse"', 'finance'],
    [
      'economics:\n  operating:\n    feeds: { swarf: 5 }',
      '3:21',
      '"swarf": \'5\' is not money',
      '15 USD/kg',
    ],
    [
      'economics:\n  operating: { feeds: { swarv: 5 USD/kg } }',
      '2:25',
      'the plant has no feed "swarv"',
      'swarf',
    ],
    [
      'economics:\n  sales: { products: { residue: { price: 5 USD/kg } } }',
      '2:24',
      'the plant has no product "residue"',
      'didymium-oxide',
    ],
    ['economics:\n  basis: { currency: dollar }', '2:22', '"dollar" is no currency', 'USD'],
    ['economics:\n  finance: { spend: [50 %, 40 %] }', '2:21', '"spend" adds up to 90 %', '100 %'],
    [
      'economics:\n  finance: { debt: [{ rate: 8 %, term: 10 }] }',
      '2:21',
      'the loan has no size',
      'share, amount, dscr',
    ],
    [
      'economics:\n  sales:\n    products:\n      didymium-oxide: { tiers: [{ name: a, rule: floor }] }',
      '4:33',
      'needs "floor"',
      'floor: 110 USD/kg',
    ],
    ['economics:\n  finance: { life: 0 }', '2:20', '"life" is out of bounds', '1 to 60'],
  ] as const)('%j is refused at %s', (section, at, message, expected) => {
    const [first, ...more] = findings(section)
    expect(more).toEqual([])
    expect(first?.at).toBe(at)
    expect(first?.message).toContain(message)
    expect(first?.expected).toContain(expected)
  })

  it('stands in a new plant as an example that only has to be uncommented', () => {
    const [before = '', commented = ''] = newPlant().split('# economics:\n')
    const reading = readPlant(`${before}economics:\n${commented.replaceAll(/^# /gm, '')}`)
    expect(reading.ok ? [] : reading.findings).toEqual([])
    expect(reading.ok ? reading.plant.economics.finance.life : 0).toBe(15)
  })

  it('is not judged by names of units that could not be read', () => {
    const text = newPlant().replace('type: feed', 'type: fead')
    const reading = readPlant(`${text}economics:\n  operating: { feeds: { swarf: 5 USD/kg } }\n`)
    const codes = reading.ok ? [] : reading.findings.map(({ code }) => code)
    expect(codes).toContain('unit-kind')
    expect(codes).not.toContain('unknown-unit')
  })
})
