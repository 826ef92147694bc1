import type { Assay } from '../../ledger/index.ts'
import type { Estimate } from '../reconcile/types.ts'
import { codeOf, type Draft } from './draft.ts'
import type { Joint } from './joint.ts'
import type { Measurement, Measurements } from './measurements.ts'
import type { SuspectMeasurement } from './types.ts'

/** The analysis that a fraction comes from: the newest final one, else the newest there is. */
function analysisOf(assays: readonly Assay[], { element, from }: Measurement): Assay | undefined {
  const own = assays.filter(
    (assay) => assay.analyte === element && (assay.sample === from || assay.lot === from),
  )
  const newest = (all: readonly Assay[]) =>
    all.reduce<Assay | undefined>(
      (best, a) => (best === undefined || a.time >= best.time ? a : best),
      undefined,
    )
  return newest(own.filter(({ status }) => status === 'final')) ?? newest(own)
}

function suspectOf(
  draft: Draft,
  measurement: Measurement,
  estimate: Estimate,
  found: { flag: 'suspect' | 'gross'; z: number; alike: number },
): SuspectMeasurement | undefined {
  const { what, item, element, unlike, value } = measurement
  if (what === 'model' || item === undefined) return undefined
  const analysis = what === 'assay' ? analysisOf(draft.assays, measurement) : undefined
  return {
    what,
    lot: item.lot,
    code: codeOf(item.master, item.lot),
    ...(what === 'assay' && element !== undefined ? { element } : {}),
    ...(analysis?.sample === undefined ? {} : { sample: analysis.sample }),
    ...(analysis?.laboratory === undefined ? {} : { laboratory: analysis.laboratory }),
    ...(analysis === undefined ? {} : { event: analysis.event }),
    ...found,
    measured: value,
    wouldBe: estimate.wouldBe ?? value,
    ...(unlike === undefined ? {} : { unlike }),
  }
}

/**
 * Measurements that may be wrong: those set aside, those that explain the gap about as well, and
 * those that still fail their test. The likeliest first.
 */
export function suspectsOf(
  draft: Draft,
  { byName }: Measurements,
  joint: Joint | undefined,
): readonly SuspectMeasurement[] {
  const { result } = joint ?? {}
  if (joint === undefined || result === undefined || !('removed' in result)) return []
  const found = new Map<string, { flag: 'suspect' | 'gross'; z: number; alike: number }>()
  for (const { name, z, alike } of result.removed ?? []) {
    found.set(name, { flag: 'gross', z, alike: alike.length })
    for (const other of alike) {
      if (!found.has(other)) found.set(other, { flag: 'suspect', z, alike: alike.length })
    }
  }
  for (const { name, flag, z = 0 } of joint.estimates.values()) {
    if (flag === 'suspect' && !found.has(name)) found.set(name, { flag, z, alike: 0 })
  }
  const doubt = (name: string) => byName.get(name)?.doubt ?? 0
  const rank = (name: string) => (found.get(name)?.flag === 'gross' ? 0 : 1)
  return [...found]
    .sort(([a, one], [b, other]) => rank(a) - rank(b) || doubt(b) - doubt(a) || other.z - one.z)
    .flatMap(([name, how]) => {
      const [measurement, estimate] = [byName.get(name), joint.estimates.get(name)]
      if (measurement === undefined || estimate === undefined) return []
      return suspectOf(draft, measurement, estimate, how) ?? []
    })
}
