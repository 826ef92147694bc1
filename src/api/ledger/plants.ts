import { createHash } from 'node:crypto'
import type { PlantTexts, Workers } from '../../jobs/index.ts'
import type { Solution } from '../../scenario/index.ts'
import type { AsCharged, ChargedPlant } from '../../twin/index.ts'
import { refused } from '../errors.ts'
import type { PlantFolder } from '../folder.ts'

/** Plants that are kept as they were solved, so that the next who asks need not wait. */
const mostKept = 5

/** A plant that campaigns are held against; it is solved on a worker thread. */
export interface KnownPlant extends ChargedPlant {
  /** SHA-256 of all its texts: another one is another plant. */
  readonly key: string
  /** As its file has it, whether it converged or not. */
  readonly solution: Solution
}

export interface KnownPlants {
  /** A plant of the folder by its name, with or without its ending; or why there is none. */
  readonly named: (name: string) => Promise<KnownPlant | ReturnType<typeof noPlant>>
}

const noPlant = (name: string, why: string) =>
  refused('not-found', `no plant ${name} to compare with: ${why}`, 'a name of /api/plants')

/** How long a solution may take, and what ends them all. */
interface Solving {
  readonly time: number
  readonly closing: AbortSignal
}

export function openPlants(
  folder: PlantFolder,
  workers: Workers,
  { time, closing }: Solving,
): KnownPlants {
  const kept = new Map<string, ReturnType<KnownPlants['named']>>()
  const following = () => ({ signal: AbortSignal.any([closing, AbortSignal.timeout(time)]) })
  const late = `not solved after ${time / 1000} s`
  const open = async (name: string, texts: PlantTexts, hash: string, key: string) => {
    const filed = await workers.charged(texts, undefined, following())
    if (!filed.ok) {
      const why = filed.why === 'plant' ? filed.findings[0]?.message : late
      return noPlant(name, why ?? 'it is refused')
    }
    const { solution } = filed.answer
    if (solution === undefined) throw new Error('a plant was solved and has no solution')
    const solve: ChargedPlant['solve'] = async (feed, calendar) => {
      const found = await workers.charged(texts, { feed, calendar }, following())
      if (found.ok) return found.answer
      return { without: late, kept: [], notes: [] } satisfies AsCharged
    }
    return { hash, key, solution, solve }
  }
  return {
    named: async (name) => {
      const names = /\.ya?ml$/.test(name) ? [name] : [`${name}.yaml`, `${name}.yml`]
      const found = names.map((one) => folder.read(one)).find(({ ok }) => ok)
      if (found?.ok !== true) return noPlant(name, 'there is no such file in the folder')
      const { text, sets, hash } = found.of
      const texts = { plant: text, file: found.of.name, sets }
      const key = createHash('sha256').update(JSON.stringify(texts)).digest('hex')
      const known = kept.get(key)
      if (known !== undefined) return known
      const [oldest] = kept.keys()
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
      const opening = open(name, texts, hash, key)
      kept.set(key, opening)
      // Who asks next after a refusal or a fault may be luckier.
      void opening.then(
        (plant) => 'code' in plant && kept.delete(key),
        () => kept.delete(key),
      )
      return opening
    },
  }
}
