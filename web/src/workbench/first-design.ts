/** Where a design begins: the example of the how-to page. */
export const firstDesign = `# What is to be separated, how well, and with what. Weights are an example, not prices.
schema: didymium/design@1
title: Lanthanum from neodymium
operatingHours: 6000 h/y
extractant: PC88A-T21-NdPr
molarity: 1 mol/L
feed:
  flow: 20 L/h
  concentration: { LaCl3: 0.1 mol/L, NdCl3: 0.1 mol/L, HCl: 0.02 mol/L }
  assumption: a round liquor, not a measured one
products:
  lanthanum: { elements: [La], purity: 99 % }
  neodymium: { elements: [Nd], purity: 99.5 % }
weights: { stage: 1, organic: 20, acid: 0.1, base: 0.1, assumption: only their ratios matter }
curve: 4
`
