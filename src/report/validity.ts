import type { Databank } from '../scenario/index.ts'
import { formatNumber } from '../quantities/index.ts'

type Validity =
  Databank['extractants'] extends ReadonlyMap<string, infer Set>
    ? Set extends { readonly validity: infer V }
      ? V
      : never
    : never

const words: Readonly<Record<string, readonly [name: string, unit: string]>> = {
  pH: ['pH', ''],
  free: ['free extractant', 'mol/L'],
  loading: ['loading', 'of the stoichiometric limit'],
  aqueous: ['rare earth in the aqueous', 'mol/L'],
  temperature: ['temperature', 'K'],
}

const exact = (value: number) => formatNumber(value, 6)

/** The range in which a data set was measured, in words with units. */
export function validityText(validity: Validity): string {
  const parts = Object.entries(validity).map(([key, value]) => {
    const [name, unit] = words[key] ?? [key, '']
    if (!Array.isArray(value)) return String(value)
    const [low, high] = value as [number, number]
    const range = low === high ? exact(low) : `${exact(low)} to ${exact(high)}`
    return `${name} ${range} ${unit}`.trimEnd()
  })
  return parts.length === 0 ? 'the source does not say' : parts.join('; ')
}
