import type { PlantDocument } from '../../../src/scenario/plant.ts'
import type { Parameter } from '../../../src/scenario/study/parameters.ts'
import { valueAt } from '../../../src/scenario/vary.ts'

/** What a parameter is called inside its unit: `extraction: stages`, `blend 2: Nd`. */
export function labelOf({ place }: Parameter, plant: PlantDocument): string {
  if (place.of === 'set') return place.name
  const last = place.of === 'unit' ? 'value' : 'amount'
  const path = place.path.at(-1) === last ? place.path.slice(0, -1) : place.path
  const params =
    place.of === 'unit'
      ? plant.units.find(({ name }) => name === place.unit)?.params
      : plant.economics
  const parts: string[] = []
  for (const [index, part] of path.entries()) {
    if (typeof part === 'number') {
      const item = valueAt(params, path.slice(0, index + 1))
      const list = parts.pop() ?? ''
      parts.push(nameOf(item) ?? `${list} ${part + 1}`)
    } else parts.push(isName(path, index) ? part : inWords(part))
  }
  return parts.join(': ')
}

/** Free keys (elements, species, ports) stand as they are; declared ones become words. */
const isName = (path: readonly (string | number)[], index: number) =>
  index > 0 &&
  typeof path[index - 1] === 'string' &&
  /^(?:[A-Z]|.*[()\d·])/.test(String(path[index]))

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('name' in item)) return undefined
  return typeof item.name === 'string' ? item.name : undefined
}

/** `organicInAqueous` as `organic in aqueous`; `pH` stays. */
function inWords(key: string): string {
  if (key.startsWith('pH'))
    return key.replace(/(?<=pH)(?=[A-Z])/, ' ').replace(/(?<=pH .*)[A-Z]/g, lower)
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

const lower = (letter: string) => letter.toLowerCase()
