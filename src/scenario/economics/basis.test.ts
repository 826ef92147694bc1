import { expect, it } from 'vitest'
import { checkPlant } from '../index.ts'

const plant = (basis: string) => `schema: didymium/plant@1
title: A powder thrown away
operatingHours: 6000 h/y
units:
  powder: { type: feed, rate: 1 t/y, assay: { Nd2O3: 70 % }, assumption: ours }
  tip: { type: discharge, medium: residue }
streams:
  away: powder.out -> tip.in
economics:
  basis: { ${basis} }
`

it('refuses a basis that the data cannot serve, where it is written', () => {
  expect(checkPlant(plant('currency: USD, year: 2024'))).toEqual([])
  expect(checkPlant(plant('currency: GBP, year: 2015'))).toMatchObject([
    { line: 10, code: 'basis', message: expect.stringContaining('2020, 2021') },
  ])
  expect(checkPlant(plant('currency: ZAR, year: 2024'))).toMatchObject([
    { line: 10, code: 'basis', message: expect.stringContaining('there are USD') },
  ])
  expect(checkPlant(plant('currency: USD, year: 1980'))).toMatchObject([
    { line: 10, code: 'basis', message: expect.stringContaining('CEPCI has no value for 1980') },
  ])
})
