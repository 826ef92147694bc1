import type { PlantDocument, Solution } from '../../scenario/index.ts'
import type { Block, Section } from './blocks.ts'
import { words } from './process-sections.ts'

/** A source of the data, in words, by its key. */
export type Citation = (key: string) => string | undefined

/** Statements of the money side that belong with those of the plant. */
export interface Said {
  readonly assumptions: readonly { readonly at: string; readonly text: string }[]
  readonly sources: readonly string[]
  readonly warnings: readonly {
    readonly rank: number
    readonly at: string
    readonly text: string
  }[]
}

/** What was taken without a source, and what the sources are. */
export function evidence(
  solution: Solution,
  plant: PlantDocument,
  said: Said,
  citation: Citation,
): Section {
  const own = plant.annotations.filter(({ key }) => key === 'source')
  const keys = [
    ...new Set([...solution.dataSets.flatMap(({ sources }) => sources), ...said.sources]),
  ].sort()
  const assumptions = [...solution.assumptions, ...said.assumptions]
  return {
    title: 'Assumptions and sources',
    blocks: [
      {
        kind: 'table',
        title: 'Assumptions: what nobody published, with the reason',
        columns: [words('at'), words('assumption')],
        rows: assumptions.map(({ at, text }) => [at, text]),
      },
      ...(own.length === 0
        ? []
        : [
            {
              kind: 'table',
              title: 'Sources that the plant file states',
              columns: [words('at'), words('source')],
              rows: own.map(({ at, text }) => [at, text]),
            } as const,
          ]),
      {
        kind: 'table',
        title: 'Sources of the data',
        columns: [words('key'), words('source')],
        rows: keys.map((key) => [key, citation(key) ?? 'a source of the plant file']),
      },
    ],
  }
}

interface Doubt {
  readonly rank: number
  readonly at: string
  readonly text: string
}

const mostPlaces = 8

const placesText = (places: readonly string[]) =>
  places.length <= mostPlaces + 1
    ? places.join(', ')
    : `${places.slice(0, mostPlaces).join(', ')} and ${places.length - mostPlaces} more`

/** Doubts that differ in their figures alone are one, with every place where they arise. */
function gathered(doubts: readonly Doubt[]): readonly Doubt[] {
  const found = new Map<string, Doubt & { readonly places: readonly string[] }>()
  for (const doubt of doubts) {
    const key = `${doubt.rank} ${doubt.text.replaceAll(/[\d.]+(e[+-]?\d+)?/g, '#').replaceAll(/\([^)]*\)/g, '')}`
    const before = found.get(key)
    found.set(key, { ...(before ?? doubt), places: [...(before?.places ?? []), doubt.at] })
  }
  return [...found.values()].map(({ rank, text, places }) => ({
    rank,
    at: placesText([...new Set(places)]),
    text: places.length === 1 ? text : `${text} (the first of ${places.length})`,
  }))
}

/** Everything that was found doubtful, worst first. */
export function warningSection(solution: Solution, said: Said): Section {
  const all = gathered([
    ...solution.warnings.map(({ rank, unit, text }) => ({ rank, at: unit, text })),
    ...said.warnings,
  ]).toSorted((a, b) => a.rank - b.rank)
  const blocks: Block[] =
    all.length === 0
      ? [{ kind: 'text', text: 'None.' }]
      : [
          {
            kind: 'table',
            title: 'Warnings, worst first',
            columns: [words('rank'), words('at'), words('warning')],
            rows: all.map(({ rank, at, text }) => [`${rank}`, at, text]),
            notes: ['Rank 1 decides a product or a figure, 2 may matter, 3 is for information.'],
          },
        ]
  return { title: 'Warnings', blocks }
}
