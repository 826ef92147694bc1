/** The text of a small commented plant that solves, to start from. */
export function newPlant(): string {
  return template
}

const template = `# A plant to start from: change a number and solve again.
schema: didymium/plant@1
title: My plant
operatingHours: 6000 h/y    # rates per year are divided by it

units:
  powder:
    type: feed
    rate: 1 t/y             # quantities carry their unit
    assay: { Nd2O3: 70 %, Pr6O11: 29 % }   # what is left open stays unassigned
    note: "assumption: an example, not a measured lot"
  split:
    type: splitter
    outlets: { sold: 90 % , kept: 10 % }
  didymium-oxide:
    type: product
    elements: [Nd, Pr]
    specification: { reoOfTreo: 99.5 % }
  store:
    type: discharge

streams:                    # name: unit.outlet -> unit.inlet
  S1: powder.out -> split.in
  S2: split.sold -> didymium-oxide.in
  S3: split.kept -> store.in
`
