/** Names of a made-up business: every party says that there is none of that name. */
import type { Site } from '../../ledger/index.ts'
import type { FeedType } from './plan.ts'

export const demonstrationSite: Site = {
  name: 'Belfast demonstration plant (synthetic)',
  authority: 'https://belfast-demonstration.example/id',
  country: 'GB',
  isSynthetic: true,
  places: [
    { code: 'receiving', name: 'Receiving and feed store' },
    { code: 'laboratory', name: 'Laboratory' },
    { code: 'plant', name: 'Front end, leach and circuits' },
    { code: 'product-store', name: 'Product store' },
    { code: 'residue-yard', name: 'Residues' },
    { code: 'effluent-tank', name: 'Treated effluent' },
    { code: 'quarantine', name: 'Quarantine' },
  ],
}

export interface Supplier {
  readonly code: string
  readonly country: string
  /** Share of what they deliver that was in use before. */
  readonly postConsumer: number
}

export const suppliers: Readonly<Record<FeedType, readonly Supplier[]>> = {
  'hard-disk': [
    { code: 'lagan-data-shredders-synthetic', country: 'GB', postConsumer: 1 },
    { code: 'mourne-electronics-recovery-synthetic', country: 'IE', postConsumer: 1 },
    { code: 'scheldt-drive-recycling-synthetic', country: 'NL', postConsumer: 1 },
  ],
  motor: [
    { code: 'clyde-motor-dismantlers-synthetic', country: 'GB', postConsumer: 1 },
    { code: 'severn-rotor-returns-synthetic', country: 'GB', postConsumer: 0.4 },
    { code: 'elbe-windpark-service-synthetic', country: 'DE', postConsumer: 1 },
  ],
  swarf: [
    { code: 'tees-magnet-grinding-synthetic', country: 'GB', postConsumer: 0 },
    { code: 'ruhr-magnet-works-synthetic', country: 'DE', postConsumer: 0 },
  ],
}

export const customers = {
  Nd2O3: ['avon-metals-synthetic', 'rhine-alloys-synthetic'],
  didymium: ['tees-magnet-alloys-synthetic', 'rhine-alloys-synthetic', 'po-magneti-synthetic'],
  Dy2O3: ['tees-magnet-alloys-synthetic', 'po-magneti-synthetic'],
  Tb4O7: ['rhine-alloys-synthetic'],
} as const

export type Product = keyof typeof customers

export const takers = {
  oil: 'foyle-oil-recovery-synthetic',
  cobalt: 'tyne-cobalt-refiners-synthetic',
}

export const laboratories = {
  own: 'site laboratory (synthetic)',
  external: 'Strangford Analytical (synthetic)',
}

export const feedWords: Readonly<Record<FeedType, string>> = {
  'hard-disk': 'voice-coil magnets of hard disks, in steel drums',
  motor: 'magnets of motors and generators, coated, in steel drums',
  swarf: 'grinding swarf, wet, under oil',
}

/** What the outlets of the plant are in the ledger. */
export interface OutletLot {
  readonly prefix: string
  readonly kind: 'product' | 'by-product' | 'residue' | 'effluent' | 'hold-up'
  readonly product?: string
  readonly description: string
  readonly place: string
}

export const outlets: Readonly<Record<string, OutletLot>> = {
  'neodymium-oxide': {
    prefix: 'ND',
    kind: 'product',
    product: 'Nd2O3',
    description: 'neodymium oxide, drums of 50 kg',
    place: 'product-store',
  },
  'didymium-oxide': {
    prefix: 'DI',
    kind: 'product',
    product: 'didymium',
    description: 'didymium oxide (Nd, Pr), drums of 50 kg',
    place: 'product-store',
  },
  'dysprosium-oxide': {
    prefix: 'DY',
    kind: 'product',
    product: 'Dy2O3',
    description: 'dysprosium oxide, pails',
    place: 'product-store',
  },
  'terbium-oxide': {
    prefix: 'TB',
    kind: 'product',
    product: 'Tb4O7',
    description: 'terbium oxide, bottles',
    place: 'product-store',
  },
  'gadolinium-samarium-carbonate': {
    prefix: 'GD',
    kind: 'by-product',
    product: 'gadolinium-samarium-carbonate',
    description: 'gadolinium and samarium carbonate, wet cake',
    place: 'residue-yard',
  },
  'iron-residue': {
    prefix: 'FE',
    kind: 'residue',
    description: 'iron residue of the leach, wet cake',
    place: 'residue-yard',
  },
  'hydroxide-residue': {
    prefix: 'HY',
    kind: 'residue',
    description: 'hydroxides of iron removal, wet cake',
    place: 'residue-yard',
  },
  'metal-hydroxides': {
    prefix: 'MH',
    kind: 'residue',
    description: 'hydroxides of cobalt and nickel, wet cake',
    place: 'residue-yard',
  },
  'waste-oil': {
    prefix: 'OI',
    kind: 'residue',
    description: 'oil and water of the swarf',
    place: 'residue-yard',
  },
  effluent: {
    prefix: 'EF',
    kind: 'effluent',
    description: 'treated effluent',
    place: 'effluent-tank',
  },
  'hold-up': {
    prefix: 'HU',
    kind: 'hold-up',
    description: 'liquor and solvent in the circuits',
    place: 'plant',
  },
}
