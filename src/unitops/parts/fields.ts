import type { Fields } from '../../flowsheet/fields.ts'

/** Parameters that several unit operations ask for in the same words. */
export const commonFields = {
  /** Of what enters the plant in any state. */
  delivered: {
    type: 'quantity',
    dimension: 'temperature',
    unit: 'degC',
    default: 298.15,
    min: 200,
    max: 1500,
    about: 'Temperature as delivered',
  },
  /** Of powder whose grinding is not part of the plant. */
  particleSize: {
    type: 'quantity',
    dimension: 'length',
    unit: 'um',
    optional: true,
    min: 1e-8,
    about: '80 % passing size where the stream does not know it',
  },
} as const satisfies Fields
