import { describe, expect, it } from 'vitest'
import { plantOf } from '../../../test/plants/kit.ts'
import { smallPlant } from '../../../test/terminal/kit.ts'
import { bank } from '../../databank/index.ts'
import { parametersOf } from '../study/parameters.ts'
import { readSpread } from './read-spread.ts'

const plant = plantOf(`${smallPlant}
economics:
  sales: { products: { didymium-oxide: { price: 60 USD/kg } } }
  finance: { life: 20 }
`)
const known = parametersOf(plant, bank)

function read(text: string, path: string) {
  const parameter = known.find((one) => one.path === path)
  if (parameter === undefined) throw new Error(`no parameter ${path}`)
  return readSpread(text, parameter, plant)
}

const price = 'economics.sales.products.didymium-oxide.price'

describe('an uncertainty as a person writes it', () => {
  it('is a normal one in the unit of the number, cut at its bounds', () => {
    expect(read('± 6 USD/kg', price)).toMatchObject({
      ok: true,
      distribution: { kind: 'normal', mean: 60, deviation: 6 },
    })
    expect(read('± 2 %', 'powder.assay.Nd2O3')).toMatchObject({
      distribution: { kind: 'normal', deviation: expect.closeTo(0.02, 12), low: 0, high: 1 },
    })
  })

  it('is P10 and P90 in times the value', () => {
    expect(read('x 0.8..1.3', price)).toMatchObject({
      distribution: { kind: 'lognormal', p10: 48, p90: 78 },
      text: '0.8 .. 1.3 times, P10 .. P90',
    })
  })

  it('is a triangle or even between edges, in times the value or in its unit', () => {
    expect(read('x 0.8..1..1.3', price)).toMatchObject({
      distribution: { kind: 'triangular', low: 48, mode: 60, high: 78 },
    })
    expect(read('40..60..110 USD/kg', price)).toMatchObject({
      distribution: { kind: 'triangular', low: 40, mode: 60, high: 110 },
    })
    expect(read('40..110 USD/kg', price)).toMatchObject({
      distribution: { kind: 'uniform', low: 40, high: 110 },
    })
  })

  it('or none', () => {
    expect(read('fixed', price)).toMatchObject({ ok: true, distribution: undefined })
    expect(read('± 0 USD/kg', price)).toMatchObject({ ok: true, distribution: undefined })
  })

  it.each([
    ['often', price],
    ['x 1.3..0.8', price],
    ['x 0..0.8', price],
    ['x 0.8..0.9..1..1.1', price],
    ['110..40 USD/kg', price],
    ['40..60 EUR/kg', price],
    ['± 6 GBP/h', price],
    ['± 6 GBP/kg', price],
    ['40..110', price],
    ['± 2', 'economics.finance.life'],
    ['60..80..140 %', 'powder.assay.Nd2O3'],
    ['x 0.8..1.6', 'powder.assay.Nd2O3'],
    ['', price],
  ])('refuses "%s" of %s, and says what would be right', (text, path) => {
    const found = read(text, path)
    expect(found.ok).toBe(false)
    if (!found.ok) {
      expect(found.message).toContain(path)
      expect(found.expected.length).toBeGreaterThan(3)
    }
  })
})
