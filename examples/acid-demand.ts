/**
 * How much acid does a roasted, selective leach save over dissolving everything?
 *
 * The same magnets, once as metal powder dissolved whole, once roasted (all oxide) and leached
 * with little more acid than the rare earths take: ferric iron stays behind, or falls and gives
 * its acid back. Metal makes hydrogen too.
 */
import { formatFinding, readPlant, simulate } from '../src/scenario/index.ts' // yours: 'didymium'

const plant = (route: string, leach: string) => `
schema: didymium/plant@1
title: Leach
operatingHours: 6000 h/y
units:
  magnets:
    type: feed
    rate: 10 t/y
    particleSize: 45 um
    assay: { Nd: 23 %, Pr: 6 %, Dy: 2 %, Fe: 66 %, B: 1 %, Co: 1.5 % }
  acid: { type: reagent, species: { HCl: 32 % } }
  water: { type: reagent, species: { H2O: 100 % } }
  air: { type: reagent, state: gas, species: { air: 100 % } }
  roaster: { type: roaster, temperature: 480 degC, time: 14 h }
  leach: { type: leach, time: 24 h, temperature: 80 degC, liquidToSolid: 8 kg/kg, ${leach} }
  liquor: { type: discharge }
  vent: { type: discharge, medium: offgas }
streams:
  acid-in: acid.out -> leach.acid
  water-in: water.out -> leach.water
  air-in: air.out -> leach.air
  slurry: leach.out -> liquor.in
  gas: leach.offgas -> vent.in
  ${route}
`
const roasted = `feed: magnets.out -> roaster.in
  roast-air: air.out -> roaster.air
  roast-gas: roaster.offgas -> vent.in
  calcine: roaster.out -> leach.in`
const asMetal = plant(
  'feed: magnets.out -> leach.in',
  'acidBasis: all-soluble, acidRatio: 1.1',
).replace(/ {2}roaster: .*\n/, '')

const cases = {
  'metal, whole leach': asMetal,
  'roasted, selective leach': plant(roasted, 'acidBasis: rare-earth, acidRatio: 1.2'),
}
for (const [name, text] of Object.entries(cases)) {
  const reading = readPlant(text)
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const { streams, outcome } = simulate(reading.plant)
  if (outcome !== null) throw new Error(outcome.detail)
  const dissolved = streams['slurry']?.species.aqueous ?? {}
  const rareEarth = ['Nd+3', 'Pr+3', 'Dy+3'].reduce((sum, ion) => sum + (dissolved[ion] ?? 0), 0)
  const acid = (streams['acid-in']?.species.aqueous?.['H+'] ?? 0) / rareEarth
  const iron = ((dissolved['Fe+2'] ?? 0) + (dissolved['Fe+3'] ?? 0)) / rareEarth
  const hydrogen = (streams['gas']?.species.gas?.['H2'] ?? 0) / rareEarth
  console.log(`${name}, for each mol of dissolved Nd + Pr + Dy:`)
  console.log(
    `  ${acid.toFixed(2)} mol HCl; ${iron.toFixed(2)} mol Fe dissolved; ${hydrogen.toFixed(2)} mol H2`,
  )
}
