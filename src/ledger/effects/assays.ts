/** Results of laboratories in sensor reports. */
import { atomicNumber } from '../../chemistry/index.ts'
import { otherAnalytes } from '../analyte.ts'
import type { ObjectEvent, SensorReport } from '../epcis/event.ts'
import type { Assay } from '../lot.ts'
import { codeOf } from '../uris.ts'
import { type Draft, word } from './draft.ts'
import { type AssaySaid, analysisOf, assayOf } from './said.ts'

const others: ReadonlySet<string> = new Set(otherAnalytes)

/** Mass fractions in units of UN/ECE Recommendation 20: kg/kg, %, per mille, ppm, one. */
const fractions: ReadonlyMap<string, number> = new Map([
  ['3H', 1],
  ['C62', 1],
  ['P1', 1e-2],
  ['NX', 1e-3],
  ['59', 1e-6],
])

/** What another's report is of, when that is an element or one of the other analytes. */
function foreignAnalyte(report: SensorReport): string | undefined {
  for (const field of [report.chemicalSubstance, report.component]) {
    const name = field === undefined ? undefined : codeOf(field)
    if (name === undefined) continue
    if (others.has(name) || atomicNumber(name) !== undefined) return name
  }
  return undefined
}

/** Another's result: of the material as it is, as element, final, for want of anything else. */
function foreignSaid(report: SensorReport): AssaySaid | undefined {
  const analyte = foreignAnalyte(report)
  if (analyte === undefined) return undefined
  const size = fractions.get(report.uom ?? '') ?? Number.NaN
  const { sDev } = report
  const isStated = sDev !== undefined && sDev * size <= 1
  return {
    analyte,
    basis: 'element',
    condition: 'wet',
    status: 'final',
    ...(isStated ? { u: sDev * size, k: 1 } : {}),
  }
}

function readingOf(report: SensorReport): number | undefined {
  const value = report.value ?? report.meanValue
  const size = fractions.get(report.uom ?? '')
  return value === undefined || size === undefined ? undefined : size === 1 ? value : value * size
}

function readReport(draft: Draft, report: SensorReport): Omit<Assay, 'lot'> | undefined {
  const said = assayOf(draft, report) ?? foreignSaid(report)
  if (said === undefined) return undefined
  const value = readingOf(report)
  const isFraction = value !== undefined && value >= 0 && value <= 1
  if (!isFraction && said.loq === undefined) {
    const message = `the report of ${said.analyte} has no mass fraction (uom ${report.uom ?? 'none'})`
    draft.troubles.push({ message })
    return undefined
  }
  return { ...said, ...(isFraction ? { value } : {}), time: draft.time, event: draft.id }
}

/** Assays of every report that is one, of the lot that the event says or of its only lot. */
export function readAssays(draft: Draft, event: ObjectEvent): void {
  const reports = (event.sensorElementList ?? []).flatMap(({ sensorReport }) => sensorReport)
  const found = reports
    .filter((report) => word(report.type) !== 'Mass')
    .flatMap((report) => readReport(draft, report) ?? [])
  if (found.length === 0) return
  const said = analysisOf(draft, event)
  const named = (event.quantityList ?? []).map((one) => one.epcClass)
  // A lot is found again by the events that name it: of another one nothing can be said here.
  if (said !== undefined && !named.includes(said.lot)) {
    draft.troubles.push({
      lot: said.lot,
      message: 'an assay of a lot that its event does not name',
    })
    return
  }
  const lots = said === undefined ? named : [said.lot]
  const sample = said?.sample === undefined ? {} : { sample: said.sample }
  for (const lot of lots) {
    for (const one of found) draft.assays.push({ lot, ...sample, ...one })
  }
}
