import { type Damage, d } from './damage.ts'

/** A plant of real units around one circuit, in which nothing is wrong. */
export const circuitBase = `schema: didymium/plant@1
title: A circuit to damage
operatingHours: 6000 h/y
units:
  oxide: { type: feed, rate: 6 t/y, form: oxide, assay: { Nd2O3: 78 %, Dy2O3: 20 % } }
  acid: { type: reagent, species: { HCl: 32 % } }
  water: { type: reagent, species: { H2O: 100 % } }
  air: { type: reagent, state: gas, species: { air: 100 % } }
  leach:
    type: leach
    time: 24 h
  sx1:
    type: sx-circuit
    extractant: PC88A-T21-NdPr
    concentration: 1 mol/L
    organicFlow: 12 L/h
    bleed: 0 %
    solubility: 0 mol/L
    sections:
      - { name: load, type: extraction, stages: 6 }
      - { name: scrub, type: scrub, stages: 4, flow: 2 L/h }
      - { name: strip, type: strip, stages: 5, flow: 1.5 L/h }
    feeds:
      feed: { section: load, stage: 6 }
    draws:
      - { name: middle, section: load, stage: 2, fraction: 5 % }
    reflux: { from: strip, to: scrub, fraction: 10 % }
    hold:
      measure: recovery
      elements: [Dy]
      outlet: strip-liquor
      target: 95 %
    limits:
      - measure: purity
        elements: [Nd]
        outlet: raffinate
        atLeast: 90 %
      - measure: pH
        section: load
        stage: 1
        atMost: 4
    assumedD: { Fe: 0 }
  products: { type: discharge }
  off-gas: { type: discharge, medium: offgas }
streams:
  S1: oxide.out -> leach.in
  R1: acid.out -> leach.acid
  R2: water.out -> leach.water
  R3: air.out -> leach.air
  S2: leach.out -> sx1.feed
  S3: leach.offgas -> off-gas.in
  R5: acid.out -> sx1.scrub
  R6: acid.out -> sx1.strip
  S4: sx1.raffinate -> products.in
  S5: sx1.strip-liquor -> products.in
  S6: sx1.middle -> products.in
`

const set = 'extractant: PC88A-T21-NdPr'
const places = /one of load, scrub, strip/
const makeup = /sx1\.makeup|unit\.makeup/

/** From the flow of the scrub to the reflux, which would keep the scrub wet. */
const scrubToReflux = circuitBase.slice(
  circuitBase.indexOf(', flow: 2 L/h'),
  circuitBase.indexOf('    hold:'),
)
const stripOnly = ` }
      - { name: strip, type: strip, stages: 5, flow: 1.5 L/h }
`

/** Damages that only the unit operation itself can find, before anything is solved. */
export const circuitDamages: readonly Damage[] = [
  d('set unknown', set, 'extractant: PC88A-T21-NdPx', 14, /no extractant set/, /did you mean/),
  d('set that solvates', set, 'extractant: SOLVATING', 14, /solvates neutral salts/, /mass-action/),
  d('set of factors', set, 'extractant: FACTORS', 14, /constant separation factors/, /mass-action/),
  d('feed section', 'feed: { section: load', 'feed: { section: lood', 24, /called "lood"/, places),
  d('feed stage', 'load, stage: 6', 'load, stage: 7', 24, /load has no stage 7/, /1 to 6/),
  d('draw section', 'middle, section: load', 'middle, section: x', 26, /called "x"/, places),
  d('draw stage', 'load, stage: 2', 'load, stage: 20', 26, /load has no stage 20/, /1 to 6/),
  d('reflux from', 'from: strip', 'from: stripp', 27, /called "stripp"/, places),
  d('reflux to', 'to: scrub', 'to: scrap', 27, /called "scrap"/, places),
  d('hold outlet', 'strip-liquor\n', 'strip-liquors\n', 31, /"strip-liquors" is no/, /raffinate/),
  d('hold without outlet', '      outlet: strip-liquor\n', '', 29, /needs an outlet/, /middle/),
  d('hold element', '[Dy]', '[Dx]', 30, /"Dx" is no element/, /symbol/),
  d('hold target', '95 %', '95', 32, /recovery of 95 is no fraction/, /100 %/),
  d('hold section', 'target: 95 %', 'target: 95 %\n      section: y', 33, /called "y"/, places),
  d('limit outlet', 'outlet: raffinate', 'outlet: rafinate', 36, /"rafinate" is no/, /raffinate/),
  d('limit element', '[Nd]', '[Nd, neodymium]', 35, /"neodymium" is no element/, /symbol/),
  d('limit value', 'atLeast: 90 %', 'atLeast: 900 %', 37, /purity of 9 is no fraction/, /0 to 1/),
  d('limit section', '        section: load', '        section: lead', 39, /called "lead"/, places),
  d('limit stage', '        stage: 1', '        stage: 9', 40, /load has no stage 9/, /1 to 6/),
  d('pH without section', '        section: load\n', '', 38, /pH needs a section/, places),
  d('strip without flow', ', flow: 1.5 L/h', '', 22, /no aqueous enters the strip/, /flow: /),
  d('scrub without flow', scrubToReflux, stripOnly, 21, /enters the scrub section scrub/, /flow: /),
  d('bleed', 'bleed: 0 %', 'bleed: 1 %', 17, /lost by the bleed/, makeup),
  d('solubility', '0 mol/L', '0.001 mol/L', 18, /lost dissolved/, makeup),
  d(
    'entrainment',
    'stages: 6 }',
    'stages: 6, organicInAqueous: 0.01 % }',
    20,
    /lost by entrainment from load/,
    makeup,
  ),
  d('draw of organic', '2, fraction', '2, phase: organic, fraction', 26, /draw middle/, makeup),
  d('section twice', 'name: scrub', 'name: load', 21, /two sections are called "load"/, /own/),
]
