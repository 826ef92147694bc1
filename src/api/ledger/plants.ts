import { type PlantDocument, readPlant } from '../../scenario/index.ts'
import { refused } from '../errors.ts'
import type { PlantFolder } from '../folder.ts'

/** Plants that are kept as they were read, so that they are solved once for many campaigns. */
const mostKept = 5

export interface KnownPlants {
  /** A plant of the folder by its name, with or without its ending; or why there is none. */
  readonly named: (name: string) => PlantDocument | ReturnType<typeof noPlant>
}

const noPlant = (name: string, why: string) =>
  refused('not-found', `no plant ${name} to compare with: ${why}`, 'a name of /api/plants')

export function openPlants(folder: PlantFolder): KnownPlants {
  const kept = new Map<string, PlantDocument>()
  return {
    named: (name) => {
      const names = /\.ya?ml$/.test(name) ? [name] : [`${name}.yaml`, `${name}.yml`]
      const found = names.map((one) => folder.read(one)).find(({ ok }) => ok)
      if (found?.ok !== true) return noPlant(name, 'there is no such file in the folder')
      const { text, sets, hash } = found.of
      const known = kept.get(hash)
      if (known !== undefined) return known
      // A path may be the name of something that every record answers to.
      const readSet = (path: string) => (Object.hasOwn(sets, path) ? sets[path] : undefined)
      const reading = readPlant(text, { file: found.of.name, readSet })
      if (!reading.ok) return noPlant(name, reading.findings[0]?.message ?? 'it is refused')
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      kept.set(hash, reading.plant)
      return reading.plant
    },
  }
}
