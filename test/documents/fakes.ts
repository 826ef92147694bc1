import { defineUnitOp, type UnitOp } from '../../src/flowsheet/unit-op.ts'

/** Small unit operations to test the reader with, apart from the real registry. */
const nothing = { ok: false, outcome: 'infeasible', at: '', detail: '', advice: '' } as const

const feed = defineUnitOp({
  kind: 'feed',
  title: 'Feed',
  about: 'Material that comes in.',
  group: 'boundary',
  symbol: 'feed',
  params: {
    rate: { type: 'quantity', dimension: 'mass-flow', unit: 't/y', min: 0, about: 'Mass flow.' },
    assay: { type: 'assay', about: 'Mass fractions.' },
    temperature: {
      type: 'quantity',
      dimension: 'temperature',
      unit: 'degC',
      default: 298.15,
      min: 250,
      max: 1500,
      about: 'Temperature.',
    },
  },
  inlets: [],
  outlets: [{ name: 'out', phase: 'solid', about: 'the feed' }],
  steady: () => nothing,
  equipment: () => [],
})

const reagent = defineUnitOp({
  kind: 'reagent',
  title: 'Reagent',
  about: 'What other units draw.',
  group: 'boundary',
  symbol: 'reagent',
  params: { composition: { type: 'assay', about: 'Mass fractions.' } },
  inlets: [],
  outlets: [{ name: 'out', phase: 'aqueous', about: 'the reagent' }],
  steady: () => nothing,
  equipment: () => [],
})

const circuit = defineUnitOp({
  kind: 'sx-circuit',
  title: 'Circuit',
  about: 'Solvent extraction.',
  group: 'solvent extraction',
  symbol: 'mixer-settler',
  params: {
    extractant: { type: 'text', about: 'Extractant set.' },
    organicFlow: {
      type: 'quantity',
      dimension: 'volume-flow',
      unit: 'L/h',
      min: 0,
      about: 'Organic flow.',
    },
    saponification: {
      type: 'choice',
      options: ['none', 'Na', 'NH4'],
      default: 'none',
      about: 'Form.',
    },
    bleed: { type: 'number', min: 0, max: 1, optional: true, about: 'Share bled.' },
    recycle: { type: 'flag', default: true, about: 'Organic recycled.' },
    sections: {
      type: 'list',
      about: 'Sections.',
      of: {
        type: 'group',
        about: 'One section.',
        fields: {
          kind: {
            type: 'choice',
            options: ['extraction', 'scrub', 'strip'],
            about: 'What it does.',
          },
          stages: { type: 'integer', min: 1, max: 10_000, about: 'Number of stages.' },
        },
      },
    },
    assumedD: {
      type: 'map',
      optional: true,
      about: 'Distributions that the set does not carry.',
      of: { type: 'number', min: 0, about: 'D.' },
    },
  },
  inlets: [
    { name: 'feed', phase: 'aqueous', about: 'feed liquor' },
    { name: 'strip', phase: 'aqueous', drawn: true, about: 'strip acid' },
    { name: 'wash', phase: 'aqueous', drawn: true, optional: true, about: 'wash water' },
  ],
  outlets: [
    { name: 'raffinate', phase: 'aqueous', about: 'raffinate' },
    { name: 'strip-liquor', phase: 'aqueous', about: 'strip liquor' },
  ],
  steady: () => nothing,
  equipment: () => [],
})

const splitter = defineUnitOp({
  kind: 'splitter',
  title: 'Splitter',
  about: 'Splits a stream.',
  group: 'general',
  symbol: 'splitter',
  params: {
    outlets: {
      type: 'map',
      about: 'Fractions by outlet.',
      of: { type: 'number', min: 0, max: 1, about: 'Share.' },
    },
  },
  inlets: [{ name: 'in', phase: 'aqueous', about: 'in' }],
  outlets: ({ outlets }) =>
    Object.keys(outlets).map((name) => ({ name, phase: 'aqueous' as const, about: 'a share' })),
  steady: () => nothing,
  equipment: () => [],
})

const end = (kind: string): UnitOp =>
  defineUnitOp({
    kind,
    title: kind,
    about: 'Where material leaves.',
    group: 'boundary',
    symbol: kind,
    params: {
      elements: {
        type: 'list',
        optional: true,
        of: { type: 'text', about: 'Element.' },
        about: 'Sold.',
      },
    },
    inlets: [{ name: 'in', phase: 'aqueous', about: 'what leaves' }],
    outlets: [],
    steady: () => nothing,
    equipment: () => [],
  })

export const fakeOps: readonly UnitOp[] = [
  feed,
  reagent,
  circuit,
  splitter,
  end('product'),
  end('discharge'),
]

/** A plant of fake units in which nothing is wrong. */
export const basePlant = `schema: didymium/plant@1
title: A plant to damage
operatingHours: 6000 h/y
notes: for tests
units:
  magnets:
    type: feed
    rate: 20 t/y
    assay: { Nd: 22.8 ± 0.3 %, Pr: 6 %, Dy: 1.5 % }
    temperature: 25 degC
  acid:
    type: reagent
    composition: { HCl: 20 %, H2O: 80 % }
  sx1:
    type: sx-circuit
    extractant: PC88A-T21
    organicFlow: 12 L/h
    saponification: Na
    bleed: 1 %
    recycle: true
    sections:
      - { kind: extraction, stages: 10 }
      - { kind: strip, stages: 4 }
    note: "assumption: ten stages are enough"
  split:
    type: splitter
    outlets: { a: 0.3, b: 0.7 }
  neodymium:
    type: product
    elements: [Nd, Pr]
  waste:
    type: discharge
streams:
  S1: magnets.out -> sx1.feed
  S2: acid.out -> sx1.strip
  S3: sx1.raffinate -> split.in
  S4: split.a -> neodymium.in
  S5: split.b -> waste.in
  S6: sx1.strip-liquor -> waste.in
specifications:
  - name: purity of Nd
    vary: sx1.organicFlow
    between: [10 L/h, 30 L/h]
    until: product neodymium reoOfTreo >= 99.5 %
limits:
  - name: iron
    require: stream S6 Fe fraction <= 100 ppm
`
