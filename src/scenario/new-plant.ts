/** The text of a small commented plant that solves, to start from. */
export function newPlant(): string {
  return template
}

const template = `# A plant to start from: roasted magnet swarf to didymium oxide.
# Change a number, then: didymium check FILE, didymium simulate FILE
schema: didymium/plant@1
title: My plant
operatingHours: 6000 h/y          # rates per year are divided by it

units:
  # ---- what comes in ------------------------------------------------------
  swarf:
    type: feed
    rate: 10 t/y                  # a quantity carries its unit
    form: oxide                   # roasted: what the assay gives as elements is there as oxides
    assay: { Nd: 20.1 ± 0.3 %, Pr: 5.0 %, Fe: 46 %, B: 0.7 % }   # the rest is unassigned
    particleSize: 45 um
    assumption: a round composition of roasted sintered magnets, not a measured lot
  hydrochloric-acid: { type: reagent, species: { HCl: 32 % } }    # water is the rest
  caustic-soda: { type: reagent, species: { NaOH: 30 % } }
  bicarbonate: { type: reagent, species: { NH4HCO3: 15 % } }
  peroxide: { type: reagent, species: { H2O2: 35 % } }
  water: { type: reagent, species: { H2O: 100 % } }
  air: { type: reagent, state: gas, species: { air: 100 % } }

  # ---- dissolve the rare earths, leave the iron ---------------------------
  leach:
    type: leach
    temperature: 80 degC
    time: 24 h
    acidBasis: rare-earth
    acidRatio: 1.2
    liquidToSolid: 4 kg/kg
  residue-filter: { type: filter, moisture: 35 %, washRatio: 2 }
  iron-removal: { type: precipitator, pH: 4 }   # held with base; peroxide oxidises iron
  iron-filter: { type: filter, moisture: 60 %, washRatio: 2 }

  # ---- carbonate, then oxide ----------------------------------------------
  carbonate: { type: carbonate-precipitator, dose: 2.2 }
  carbonate-filter: { type: filter, moisture: 30 %, washRatio: 3 }
  calciner: { type: calciner }

  # ---- what goes out ------------------------------------------------------
  didymium-oxide:
    type: product
    elements: [Nd, Pr]
    specification: { reoOfTreo: 99.5 % }
  residue: { type: discharge, medium: residue }
  effluent: { type: discharge }
  off-gas: { type: discharge, medium: offgas }

streams:                          # name: unit.outlet -> unit.inlet
  feed: swarf.out -> leach.in
  leach-acid: hydrochloric-acid.out -> leach.acid
  leach-water: water.out -> leach.water
  vent-air: air.out -> leach.air
  vent: leach.offgas -> off-gas.in
  slurry: leach.out -> residue-filter.in
  residue-wash: water.out -> residue-filter.wash
  leach-residue: residue-filter.cake -> residue.in
  leach-liquor: residue-filter.filtrate -> iron-removal.in
  iron-base: caustic-soda.out -> iron-removal.base
  iron-oxidant: peroxide.out -> iron-removal.oxidant
  iron-vent: iron-removal.offgas -> off-gas.in
  iron-slurry: iron-removal.out -> iron-filter.in
  iron-wash: water.out -> iron-filter.wash
  iron-cake: iron-filter.cake -> residue.in
  clean-liquor: iron-filter.filtrate -> carbonate.in
  carbonate-feed: bicarbonate.out -> carbonate.carbonate
  co2: carbonate.offgas -> off-gas.in
  carbonate-slurry: carbonate.out -> carbonate-filter.in
  carbonate-wash: water.out -> carbonate-filter.wash
  mother-liquor: carbonate-filter.filtrate -> effluent.in
  carbonate-cake: carbonate-filter.cake -> calciner.in
  calciner-air: air.out -> calciner.air
  calciner-gas: calciner.offgas -> off-gas.in
  oxide: calciner.out -> didymium-oxide.in

limits:                           # the solved plant is held against these
  - name: iron stays out of the oxide
    require: stream oxide Fe fraction <= 0.1 %

# What it costs, earns and emits: didymium cost FILE, didymium finance FILE. All of it is optional; what
# is left out is taken from the data and listed. Take the # away and put your own figures in.
# economics:
#   basis: { currency: USD, year: 2024, region: uk }
#   operating:
#     feeds: { swarf: { value: 5 USD/kg, assumption: a round price } }
#     positions: { skilled: 2 }     # people at work in every shift
#     wasteClasses: { residue: hazardous waste, effluent: effluent }
#   sales:
#     products: { didymium-oxide: { price: 55 USD/kg, payable: 98 % } }
#   finance:
#     spend: [50 %, 50 %]           # of the capital, by year of construction
#     ramp: [50 %, 100 %]           # output of the first years
#     life: 15
#     discountRate: 8 %
#     grants: [{ name: a grant, amount: 0.1 MUSD }]
#     debt: [{ share: 40 %, rate: 8 %, term: 10 }]
`
