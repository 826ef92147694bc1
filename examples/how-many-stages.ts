/**
 * How many stages does it take to part Tb from Dy?
 *
 * One circuit with PC88A: Dy goes with the organic, Tb stays in the raffinate. The organic flow is
 * varied until 99.9 % of the Tb is in the raffinate; what is left to the number of stages is how
 * pure the two come out.
 */
import { formatFinding, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const plant = (stages: number) => `
schema: didymium/plant@1
title: Tb | Dy
operatingHours: 6000 h/y
units:
  oxides: { type: feed, rate: 1 t/y, form: oxide, assay: { Dy2O3: 88.9 %, Tb4O7: 11 %, Fe2O3: 0.1 % } }
  acid: { type: reagent, species: { HCl: 32 % } }
  water: { type: reagent, species: { H2O: 100 % } }
  scrub-acid: { type: reagent, concentration: { HCl: 2 mol/L } }
  strip-acid: { type: reagent, concentration: { HCl: 6 mol/L } }
  caustic: { type: reagent, species: { NaOH: 30 % } }
  solvent: { type: reagent, state: organic, extractant: PC88A, molarity: 1 mol/L }
  leach: { type: leach, acidRatio: 1.2, liquidToSolid: 20 kg/kg, particleSize: 10 um, time: 24 h }
  sx1:
    type: sx-circuit
    extractant: PC88A-T21-NdPr
    concentration: 1 mol/L
    organicFlow: 14 L/h
    saponification: 20 %
    sections:
      - { name: extraction, type: extraction, stages: ${stages} }
      - { name: scrub, type: scrub, stages: ${stages}, flow: 1.5 L/h }
      - { name: strip, type: strip, stages: 6, flow: 1 L/h }
    assumedD: { Fe: 0 }
    hold: { vary: organicFlow, measure: recovery, elements: [Tb], outlet: raffinate, target: 0.999 }
  terbium: { type: discharge }
  dysprosium: { type: discharge }
  brine: { type: discharge }
  vent: { type: discharge, medium: offgas }
streams:
  S1: oxides.out -> leach.in
  S2: leach.out -> sx1.feed
  S3: leach.offgas -> vent.in
  S4: sx1.raffinate -> terbium.in
  S5: sx1.strip-liquor -> dysprosium.in
  S6: sx1.saponification-liquor -> brine.in
  R1: acid.out -> leach.acid
  R2: water.out -> leach.water
  R3: scrub-acid.out -> sx1.scrub
  R4: strip-acid.out -> sx1.strip
  R5: caustic.out -> sx1.base
  R6: solvent.out -> sx1.makeup
`

for (const stages of [4, 6, 8, 10, 12, 16]) {
  const reading = readPlant(plant(stages))
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const { streams, outcome } = simulate(reading.plant)
  const share = (stream: string, ion: string) => {
    const { 'Tb+3': Tb = 0, 'Dy+3': Dy = 0 } = streams[stream]?.species.aqueous ?? {}
    return `${((100 * (ion === 'Tb' ? Tb : Dy)) / (Tb + Dy)).toFixed(3)} %`
  }
  const said =
    outcome?.detail ?? `Tb ${share('S4', 'Tb')}, Dy ${share('S5', 'Dy')} (mol, of the two)`
  console.log(`${stages} + ${stages} stages: ${said}`)
}
