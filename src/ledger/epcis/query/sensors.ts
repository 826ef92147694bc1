/** Readings of sensors and quantities in queries. */
import type { StoredEvent } from '../../store.ts'
import { canonicalUri } from '../digital-link.ts'
import { timeOf } from '../time.ts'
import { fullWord, measurementTypes } from '../vocabulary.ts'
import {
  type Asked,
  type Comparison,
  compares,
  fieldsOf,
  type Fields,
  figures,
  given,
  type Made,
  type Maker,
  moment,
  namesOf,
  numberIn,
  recordsIn,
  textIn,
  texts,
  wordsIn,
} from './part.ts'
import { converted } from './units.ts'

const elements = (stored: StoredEvent) => recordsIn(fieldsOf(stored), 'sensorElementList')
const reports = (stored: StoredEvent) =>
  elements(stored).flatMap((one) => recordsIn(one, 'sensorReport'))
const metadata = (stored: StoredEvent) =>
  elements(stored).flatMap((one) => recordsIn(one, 'sensorMetadata'))
const both = (stored: StoredEvent) => [...metadata(stored), ...reports(stored)]

type Where = (stored: StoredEvent) => readonly Fields[]

const times =
  (where: Where, field: string, comparison: 'GE' | 'LT'): Maker =>
  (asked) =>
    given(moment(asked), (ms) => ({
      holds: (stored) =>
        where(stored).some((one) =>
          compares(comparison, timeOf(textIn(one, field) ?? '') ?? Number.NaN, ms),
        ),
    }))

const uris =
  (where: Where, field: string): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const all = new Set(wanted.map(canonicalUri))
      return {
        holds: (stored) =>
          where(stored).some((one) => all.has(canonicalUri(textIn(one, field) ?? ''))),
      }
    })

const plainTexts =
  (field: string, write: (text: string) => string = (text) => text): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const all = new Set(wanted.map(write))
      return {
        holds: (stored) => reports(stored).some((one) => all.has(write(textIn(one, field) ?? ''))),
      }
    })

const booleans: Maker = ({ value, parameter }) => {
  const one = Array.isArray(value) ? value[0] : value
  const wanted = typeof one === 'string' ? one : JSON.stringify(one)
  if (wanted !== 'true' && wanted !== 'false') return { wrong: `${parameter} takes true or false` }
  return {
    holds: (stored) =>
      reports(stored).some(({ booleanValue }) => booleanValue === (wanted === 'true')),
  }
}

const types: Maker = (asked) =>
  given(wordsIn(asked, measurementTypes), (wanted) => ({
    holds: (stored) => {
      const names = namesOf(stored)
      return reports(stored).some((one) => {
        const type = textIn(one, 'type')
        return type !== undefined && wanted.has(fullWord(type, measurementTypes, names))
      })
    },
  }))

export const sensorMakers: Readonly<Record<string, Maker>> = {
  EXISTS_sensorElementList: () => ({ holds: (stored) => elements(stored).length > 0 }),
  GE_time: times(both, 'time', 'GE'),
  LT_time: times(both, 'time', 'LT'),
  GE_startTime: times(metadata, 'startTime', 'GE'),
  LT_startTime: times(metadata, 'startTime', 'LT'),
  GE_endTime: times(metadata, 'endTime', 'GE'),
  LT_endTime: times(metadata, 'endTime', 'LT'),
  EQ_type: types,
  EQ_deviceID: uris(both, 'deviceID'),
  EQ_dataProcessingMethod: uris(both, 'dataProcessingMethod'),
  EQ_bizRules: uris(metadata, 'bizRules'),
  EQ_microorganism: uris(reports, 'microorganism'),
  EQ_chemicalSubstance: uris(reports, 'chemicalSubstance'),
  EQ_stringValue: plainTexts('stringValue'),
  EQ_hexBinaryValue: plainTexts('hexBinaryValue', (text) => text.toLowerCase()),
  EQ_uriValue: uris(reports, 'uriValue'),
  EQ_booleanValue: booleans,
}

const readingForm =
  /^(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue|percRank)(?:_([A-Z0-9]{2,4}))?$/

const quantityLists = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
]
const quantityElements: Where = (stored) =>
  quantityLists.flatMap((list) => recordsIn(fieldsOf(stored), list))

/**
 * The part that compares a quantity or a reading; undefined for other parameters. With a unit,
 * values of other units of the same kind are converted.
 */
export function readingPart(asked: Asked): Made | undefined {
  const found = readingForm.exec(asked.parameter)
  if (found === null) return undefined
  const [, comparison, field = '', unit] = found
  const where = field === 'quantity' ? quantityElements : reports
  return given(figures(asked), (wanted) => {
    const holds = (stored: StoredEvent) =>
      where(stored).some((one) => {
        const value = numberIn(one[field])
        const uom = textIn(one, 'uom') ?? ''
        const inUnit = unit === undefined ? value : converted(value, uom, unit)
        return (
          inUnit !== undefined &&
          wanted.some((figure) => compares(comparison as Comparison, inUnit, figure))
        )
      })
    return { holds }
  })
}
