import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp, type ProductReport, type Warning } from '../flowsheet/unit-op.ts'
import { certificate, shortfallsOf } from './parts/certificate.ts'

/** A packed product: its purities with explicit oxide forms, against its specification. */
export const product = defineUnitOp({
  kind: 'product',
  title: 'Product',
  about:
    'Weighs and packs a product, states its three purities (oxide over all rare earth oxides, rare ' +
    'earth oxides in product, oxide in product) and checks its specification.',
  group: 'boundary',
  symbol: 'product',
  params: {
    elements: {
      type: 'list',
      of: { type: 'text', about: 'Element symbol' },
      optional: true,
      about: 'Rare earths whose oxides are sold: [Nd], [Nd, Pr]; none for a by-product',
    },
    specification: {
      type: 'group',
      optional: true,
      about: 'What the product must meet; every limit may be left out',
      fields: {
        reoOfTreo: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Minimum of the sold oxides in all rare earth oxides',
        },
        treoInProduct: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Minimum of all rare earth oxides in the product as packed',
        },
        oxideInProduct: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Minimum of the sold oxides in the product as packed',
        },
        impurities: {
          type: 'map',
          optional: true,
          of: { type: 'number', min: 0, max: 1, about: 'Maximum mass fraction of the product' },
          about: 'Maximum by oxide or element as certificates list them: Fe2O3, CaO, Cl, La2O3',
        },
        share: {
          type: 'map',
          optional: true,
          of: { type: 'number', min: 0, max: 1, about: 'Minimum share of the sold oxides' },
          about: 'Minimum share of one sold oxide among those sold: { Nd: 75 % }',
        },
        lossOnIgnition: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Maximum loss on ignition, mass fraction',
        },
      },
    },
    price: { type: 'text', optional: true, about: 'Name of the price this product is sold at' },
  },
  inlets: [{ name: 'in', phase: 'solid', about: 'Product to be packed' }],
  outlets: [],
  steady({ inlets, params, properties }) {
    const table = properties.species
    const feed = inlets.in ?? emptyStream(table)
    const elements = params.elements ?? []
    for (const symbol of elements) {
      if (!properties.rareEarths.includes(symbol)) {
        return {
          ok: false,
          outcome: 'infeasible',
          at: 'elements',
          detail: `${symbol} is not a rare earth of this plant`,
          advice: `name rare earths that the feed carries: ${properties.rareEarths.join(', ')}`,
        }
      }
    }
    const found = certificate(table, feed, properties.rareEarths, elements)
    const wanted = params.specification
    const shortfalls = wanted === undefined ? [] : shortfallsOf(found, wanted)
    const none = wanted === undefined || Object.values(wanted).every((v) => v === undefined)
    const report: ProductReport = {
      elements,
      rate: found.rate,
      purity: found.purity,
      impurities: found.impurities,
      specification: none ? 'none' : shortfalls.length === 0 ? 'met' : 'not met',
      shortfalls,
    }
    const warnings: Warning[] = shortfalls.map((text) => ({
      rank: 1,
      code: 'off-specification',
      text,
    }))
    return {
      ok: true,
      outlets: {},
      product: report,
      warnings,
      figures: {
        rate: { value: found.rate, unit: 'kg/s' },
        'loss on ignition': { value: found.lossOnIgnition, unit: '' },
        ...Object.fromEntries(
          Object.entries(found.shares).map(([id, value]) => [`${id} share`, { value, unit: '' }]),
        ),
      },
    }
  },
  equipment({ result }) {
    const rate = result.product?.rate ?? 0
    return [
      {
        type: 'packing station',
        count: 1,
        size: { name: 'rate', value: rate, unit: 'kg/s' },
        material: materialOfPacking,
        basis: 'product rate',
      },
    ]
  },
})

const materialOfPacking = 'stainless steel 304'
