import type { Built, SectionParams } from './model.ts'

/** Liquids held in every stage, L. Settlers are `tanks` equal tanks in series for each phase. */
export interface Vessels {
  readonly mixerAqueous: Float64Array
  readonly mixerOrganic: Float64Array
  readonly settlerAqueous: Float64Array
  readonly settlerOrganic: Float64Array
  readonly tanks: number
}

const at = (a: Float64Array, i: number) => a[i] as number

/**
 * Volumes of a circuit: those that a section states, else a mixer by residence time and a settler
 * by flux and depth. The stages of a section are built alike, for the widest flow of it, as the
 * equipment list has them. A mixer holds the phases in the ratio stated, or in that of the flows.
 */
export function vesselsOf(built: Built): Vessels {
  const { circuit, laid } = built
  const { params, sections, starts } = circuit
  const { network } = laid
  const n = network.stages
  const organic = network.organicForward.map(
    (v, i) => v + at(network.organicBack, i) + at(network.organicExit, i),
  )
  const aqueous = network.aqueousBack.map(
    (v, i) => v + at(network.aqueousExit, i) + at(network.aqueousForward, i),
  )
  for (const r of network.recycles) aqueous[r.from] = at(aqueous, r.from) + r.flow
  const vessels = {
    mixerAqueous: new Float64Array(n),
    mixerOrganic: new Float64Array(n),
    settlerAqueous: new Float64Array(n),
    settlerOrganic: new Float64Array(n),
    tanks: params.settlerTanks,
  }
  sections.forEach((section: SectionParams, index) => {
    const first = starts[index] as number
    let widest = 0
    for (let i = first; i < first + section.stages; i++)
      widest = Math.max(widest, at(organic, i) + at(aqueous, i))
    const mixer = 1000 * (section.mixerVolume ?? (widest / 1000) * params.mixerResidence)
    const area = widest / 1000 / params.settlerFlux
    const settler = 1000 * (section.settlerVolume ?? area * params.settlerDepth)
    for (let i = first; i < first + section.stages; i++) {
      const ratio = section.mixerPhaseRatio ?? at(organic, i) / at(aqueous, i)
      vessels.mixerOrganic[i] = (mixer * ratio) / (1 + ratio)
      vessels.mixerAqueous[i] = mixer / (1 + ratio)
      vessels.settlerAqueous[i] = settler
      vessels.settlerOrganic[i] = settler
    }
  })
  return vessels
}
