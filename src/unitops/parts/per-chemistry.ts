import type { Properties } from '../../flowsheet/unit-op.ts'

/**
 * What is made of a plant's species, equilibria and rare earths alone, made once for the same ones:
 * of a plant whose other properties are drawn a thousand times, too.
 */
export function perChemistry<T>(
  make: (properties: Properties) => T,
): (properties: Properties) => T {
  const known = new WeakMap<
    Properties['equilibria'],
    { readonly of: Chemistry; readonly made: T }
  >()
  return (properties) => {
    const { species, rareEarths, equilibria } = properties
    const ready = known.get(equilibria)
    if (ready?.of.species === species && sameList(ready.of.rareEarths, rareEarths)) {
      return ready.made
    }
    const made = make(properties)
    known.set(equilibria, { of: { species, rareEarths }, made })
    return made
  }
}

type Chemistry = Pick<Properties, 'species' | 'rareEarths'>

function sameList(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
