/** Transformations in one event: lots go in, new lots come out, and no milligram is lost. */
import type { EpcisEvent } from '../../epcis/event.ts'
import type { LotMaster } from '../../lot.ts'
import { massText } from '../../mass.ts'
import { type Case, refuse } from './case.ts'
import { eventBase, fromPlace, fromPlaces, ilmdOfAll, quantity, weighings } from './events.ts'
import { sumOf, type Taken, type Weighed } from './take.ts'

export interface Made {
  readonly master: LotMaster
  readonly weighed: Weighed
}

/** Refuses what comes out when it is not what goes in, to the milligram. */
export function conserve(c: Case, mgIn: number, mgOut: number, expected: string): void {
  if (mgIn === mgOut) return
  const gap = mgIn - mgOut
  const what = `${massText(Math.abs(gap))} ${gap > 0 ? 'is missing' : 'is too much'}`
  const detail = `${massText(mgIn)} goes in and ${massText(mgOut)} comes out: ${what}.`
  refuse(c, 'mass-not-conserved', detail, expected)
}

const withMass = (made: readonly Made[]) => made.map(({ weighed }) => weighed)
/** The sum of what comes out, mg. */
export const madeMass = (made: readonly Made[]): number => sumOf(withMass(made))

/** The event of a transformation that begins and ends at once. */
export function transformation(
  c: Case,
  inputs: readonly Taken[],
  made: readonly Made[],
  facts: { readonly place: string | undefined; readonly bizStep: string },
): EpcisEvent {
  const { place, bizStep } = facts
  const places = [...new Set(inputs.flatMap((one) => one.place ?? []))]
  const [from] = places
  return {
    ...eventBase(c),
    type: 'TransformationEvent',
    bizStep,
    inputQuantityList: inputs.map(({ uri, mg }) => quantity(uri, mg)),
    outputQuantityList: made.map(({ master, weighed }) => quantity(master.uri, weighed.mg)),
    ...(place === undefined ? {} : { readPoint: { id: place }, bizLocation: { id: place } }),
    ilmd: ilmdOfAll(made.map(({ master }) => master)),
    ...(places.length === 1 && from !== undefined ? { sourceList: fromPlace(from) } : {}),
    ...fromPlaces(inputs),
    ...weighings([...inputs, ...made.map(({ master, weighed }) => ({ uri: master.uri, weighed }))]),
  }
}
