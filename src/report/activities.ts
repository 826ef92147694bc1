import type { Solution } from '../scenario/index.ts'
import { figure } from './numbers.ts'
import { type Column, textTable } from './text-table.ts'

const nuclide = /^[A-Z][a-z]?-\d+m?$/

/** Bq/g of every nuclide in what leaves the plant; empty where no feed states an activity. */
export function activitiesTable({ streams, units }: Solution): string {
  const unitOf = (place: string) => place.slice(0, place.lastIndexOf('.'))
  const ends = Object.values(streams).filter(
    ({ to, mass }) => mass > 0 && ['product', 'discharge'].includes(units[unitOf(to)]?.kind ?? ''),
  )
  const names = [...new Set(ends.flatMap(({ tracers }) => Object.keys(tracers ?? {})))]
  const nuclides = names.filter((name) => nuclide.test(name))
  if (nuclides.length === 0) return ''
  const perGram = (amount: number, mass: number) => amount / mass / 1000
  const columns: Column<(typeof ends)[number]>[] = [
    { head: 'leaves by', cell: ({ to }) => unitOf(to) },
    ...nuclides.map(
      (name): Column<(typeof ends)[number]> => ({
        head: name,
        cell: ({ tracers, mass }) => {
          const activity = perGram(tracers?.[name] ?? 0, mass)
          return activity < leastShown ? '-' : figure(activity)
        },
        align: 'right',
      }),
    ),
  ]
  return textTable(ends, columns)
}

/** Bq/g below which an activity is not worth a number. */
const leastShown = 1e-9
