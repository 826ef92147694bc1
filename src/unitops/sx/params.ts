import type { Fields, Params } from '../../flowsheet/fields.ts'

const measureFields = {
  measure: {
    type: 'choice',
    options: ['purity', 'recovery', 'pH', 'concentration'],
    default: 'purity',
    about:
      'purity: oxides of `elements` over all rare earth oxides in `outlet`; recovery: share of ' +
      'their feed that leaves there; concentration: mol/L of them in the outlet (or stage); pH: ' +
      'of a stage',
  },
  elements: {
    type: 'list',
    of: { type: 'text', about: 'Element' },
    optional: true,
    about: 'Elements meant',
  },
  outlet: {
    type: 'text',
    optional: true,
    about: 'Outlet port meant: raffinate, strip-liquor, a draw',
  },
  section: { type: 'text', optional: true, about: 'Section of the stage meant' },
  stage: {
    type: 'integer',
    optional: true,
    min: 1,
    about: 'Stage of that section, 1 = organic inlet',
  },
} as const

/** What a person writes about a circuit. */
export const circuitFields = {
  extractant: { type: 'text', about: 'Id of the extractant set: PC88A-T21-NdPr' },
  concentration: {
    type: 'quantity',
    dimension: 'concentration',
    unit: 'mol/L',
    min: 1,
    max: 4000,
    about: 'Extractant in the organic, as monomer',
  },
  organicFlow: {
    type: 'quantity',
    dimension: 'volume-flow',
    unit: 'L/h',
    min: 1e-12,
    about: 'Organic entering the first stage',
  },
  saponification: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.95,
    about: 'Sodium or ammonium form over total extractant, set before the first stage',
  },
  base: {
    type: 'choice',
    options: ['Na', 'NH4'],
    default: 'Na',
    about: 'Cation of the base drawn',
  },
  exchangeConstant: {
    type: 'number',
    default: 1e-6,
    min: 1e-12,
    max: 1,
    about:
      'K of HA + Na+ = NaA + H+ (monomer). The default is an assumption: so small that exchange is ' +
      'complete while rare earth or acid is there to exchange',
  },
  sections: {
    type: 'list',
    about: 'Sections in the order in which the organic passes them',
    of: {
      type: 'group',
      about: 'A battery of mixer-settlers, aqueous counter-current',
      fields: {
        name: { type: 'text', about: 'Name of the section' },
        type: {
          type: 'choice',
          options: ['extraction', 'scrub', 'strip', 'wash', 'saponification'],
          about: 'Its purpose; saponification is stoichiometric and has no equilibrium stages',
        },
        stages: { type: 'integer', default: 1, min: 1, max: 1000, about: 'Stages' },
        flow: {
          type: 'quantity',
          dimension: 'volume-flow',
          unit: 'L/h',
          min: 0,
          optional: true,
          about: 'Aqueous drawn into the last stage (scrub acid, strip acid, wash water)',
        },
        reagent: {
          type: 'choice',
          options: ['scrub', 'strip', 'wash'],
          optional: true,
          about: 'Inlet that the flow is drawn from; by default the one of the type',
        },
        aqueousTo: {
          type: 'choice',
          options: ['previous', 'out'],
          optional: true,
          about:
            'Where its aqueous goes: into the section before or out of the circuit. Default: ' +
            'previous for scrub and extraction after extraction or scrub, else out',
        },
        efficiency: {
          type: 'number',
          default: 1,
          min: 0.05,
          max: 1,
          about: 'Murphree efficiency of the organic (1 = equilibrium stages)',
        },
        aqueousInOrganic: {
          type: 'number',
          default: 0,
          min: 0,
          max: 0.1,
          about: 'Entrained aqueous per volume of organic leaving a stage',
        },
        organicInAqueous: {
          type: 'number',
          default: 0,
          min: 0,
          max: 0.1,
          about: 'Entrained organic per volume of aqueous leaving a stage',
        },
        mixerPhaseRatio: {
          type: 'number',
          optional: true,
          min: 0.05,
          max: 50,
          about: 'Organic over aqueous in the mixer, held by internal recycle; default: net O:A',
        },
        mixerVolume: {
          type: 'quantity',
          dimension: 'volume',
          unit: 'L',
          optional: true,
          min: 1e-9,
          about: 'Both phases in a mixer, for transients; default by mixerResidence',
        },
        settlerVolume: {
          type: 'quantity',
          dimension: 'volume',
          unit: 'L',
          optional: true,
          min: 0,
          about: 'Each phase in a settler, for transients; default by settlerFlux and settlerDepth',
        },
      },
    },
  },
  feeds: {
    type: 'map',
    optional: true,
    about: 'Inlet ports and where they enter; without it `feed` enters the last extraction stage',
    of: {
      type: 'group',
      about: 'Where a feed enters',
      fields: {
        section: { type: 'text', about: 'Section' },
        stage: {
          type: 'integer',
          optional: true,
          min: 1,
          about: 'Stage of that section, 1 = organic inlet; default the last',
        },
      },
    },
  },
  draws: {
    type: 'list',
    optional: true,
    about: 'Side draws: each is an outlet port',
    of: {
      type: 'group',
      about: 'A side draw',
      fields: {
        name: { type: 'text', about: 'Outlet port' },
        phase: {
          type: 'choice',
          options: ['aqueous', 'organic'],
          default: 'aqueous',
          about: 'Phase',
        },
        section: { type: 'text', about: 'Section' },
        stage: { type: 'integer', min: 1, about: 'Stage of that section, 1 = organic inlet' },
        fraction: {
          type: 'number',
          min: 0,
          max: 0.99,
          about: 'Share of the phase leaving the stage',
        },
      },
    },
  },
  reflux: {
    type: 'group',
    optional: true,
    about: 'Part of a strip liquor returned as scrub',
    fields: {
      fraction: { type: 'number', min: 0, max: 0.98, about: 'Share of the strip liquor returned' },
      from: { type: 'text', optional: true, about: 'Strip section; default the first' },
      to: {
        type: 'text',
        optional: true,
        about: 'Section whose last stage it enters; default the last scrub',
      },
      neutralised: {
        type: 'number',
        default: 0,
        min: 0,
        max: 1,
        about: 'Share of its free acid that base neutralises first',
      },
    },
  },
  bleed: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.5,
    about: 'Share of the stripped organic bled and replaced by fresh',
  },
  solubility: {
    type: 'quantity',
    dimension: 'concentration',
    unit: 'mol/L',
    default: 0,
    min: 0,
    max: 100,
    about: 'Extractant dissolved in the aqueous outlets',
  },
  assumedD: {
    type: 'map',
    optional: true,
    of: { type: 'number', min: 0, about: 'D' },
    about:
      'Assumption: distribution ratio of elements that the set does not know; 0 = not extracted',
  },
  loadingCap: {
    type: 'number',
    default: 0.75,
    min: 0.05,
    max: 1,
    about: 'Largest loading over the stoichiometric limit (beyond it gel or a third phase)',
  },
  strippedLimit: {
    type: 'number',
    default: 0.01,
    min: 0,
    max: 1,
    about: 'Largest loading of the stripped organic over the stoichiometric limit (assumption)',
  },
  mixerResidence: {
    type: 'quantity',
    dimension: 'time',
    unit: 'min',
    default: 300,
    min: 1,
    about: 'Residence time in a mixer, for sizing (assumption by default)',
  },
  settlerFlux: {
    type: 'quantity',
    dimension: 'flux',
    unit: 'm3/m2/h',
    default: 2 / 3600,
    min: 1e-6,
    about: 'Both phases over settler area, for sizing (assumption by default)',
  },
  settlerDepth: {
    type: 'quantity',
    dimension: 'length',
    unit: 'm',
    default: 0.3,
    min: 0,
    max: 5,
    about: 'Depth of each phase in a settler, for transients (assumption by default)',
  },
  settlerTanks: {
    type: 'integer',
    default: 3,
    min: 1,
    max: 30,
    about:
      'Stirred tanks in series that each phase of a settler passes like, for transients: 1 = fully ' +
      'mixed, many = plug flow (assumption by default)',
  },
  hold: {
    type: 'group',
    optional: true,
    about: 'Vary one thing until a cut is met',
    fields: {
      vary: {
        type: 'choice',
        options: ['organicFlow', 'scrubFlow', 'stripFlow', 'saponification'],
        default: 'organicFlow',
        about: 'What is varied',
      },
      ...measureFields,
      target: { type: 'number', about: 'Value to be met (fractions for purity and recovery)' },
      min: {
        type: 'number',
        default: 0.5,
        min: 0.01,
        about: 'Smallest factor on the stated value',
      },
      max: { type: 'number', default: 2, max: 100, about: 'Largest factor on the stated value' },
    },
  },
  limits: {
    type: 'list',
    optional: true,
    about: 'What must stay true: the operating window is printed for these',
    of: {
      type: 'group',
      about: 'A limit',
      fields: {
        ...measureFields,
        atLeast: { type: 'number', optional: true, about: 'Lower limit' },
        atMost: { type: 'number', optional: true, about: 'Upper limit' },
      },
    },
  },
} as const satisfies Fields

export type CircuitParams = Params<typeof circuitFields>
export type MeasureParams = Pick<
  NonNullable<CircuitParams['hold']>,
  'measure' | 'elements' | 'outlet' | 'section' | 'stage'
>
