/** The parameters of EPCIS 2.0 queries, one entry each. */
import type { StoredEvent, WantedUri } from '../../store.ts'
import { canonicalUri } from '../digital-link.ts'
import { timeOf } from '../time.ts'
import {
  bizSteps,
  bizTransactionTypes,
  dispositions,
  errorReasons,
  fullWord,
  partyTypes,
  type Vocabulary,
} from '../vocabulary.ts'
import { ownFieldPart } from './fields.ts'
import {
  type Asked,
  compares,
  fieldsOf,
  given,
  isPlain,
  isRecord,
  isWrong,
  listIn,
  type Made,
  type Maker,
  moment,
  namesOf,
  type Narrowed,
  recordsIn,
  spellings,
  textIn,
  texts,
  wordsIn,
} from './part.ts'
import { readingPart, sensorMakers } from './sensors.ts'

const oneOf =
  (words: readonly string[], field: string, column: 'types' | 'actions'): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const bad = wanted.find((word) => !words.includes(word))
      if (bad !== undefined) {
        return { wrong: `${asked.parameter}: ${bad} is none of ${words.join(', ')}` }
      }
      return {
        holds: (stored) => wanted.includes(textIn(fieldsOf(stored), field) ?? ''),
        select: { [column]: wanted },
      }
    })

const times =
  (
    comparison: 'GE' | 'LT',
    read: (stored: StoredEvent) => number | undefined,
    column?: 'eventTime' | 'recordTime',
  ): Maker =>
  (asked) =>
    given(moment(asked), (ms) => {
      const holds = (stored: StoredEvent) => compares(comparison, read(stored) ?? Number.NaN, ms)
      const range = comparison === 'GE' ? { from: ms } : { to: ms }
      return column === undefined ? { holds } : { holds, select: { [column]: range } }
    })

const eventTime = (stored: StoredEvent) => timeOf(stored.event.eventTime)
const recordTime = (stored: StoredEvent) => stored.recordTime
const declarationTime = (stored: StoredEvent) =>
  timeOf(stored.event.errorDeclaration?.declarationTime ?? '')

const words =
  (
    vocabulary: Vocabulary,
    read: (stored: StoredEvent) => readonly string[],
    column?: 'bizSteps' | 'dispositions',
  ): Maker =>
  (asked) =>
    given(wordsIn(asked, vocabulary), (wanted) => {
      const holds = (stored: StoredEvent) =>
        read(stored).some((word) => wanted.has(fullWord(word, vocabulary, namesOf(stored))))
      const known = column === undefined ? undefined : spellings(wanted, vocabulary)
      return column === undefined || known === undefined
        ? { holds }
        : { holds, select: { [column]: known } }
    })

const present = <Value>(value: Value | undefined) => (value === undefined ? [] : [value])

const uris =
  (
    read: (stored: StoredEvent) => readonly string[],
    select: (wanted: readonly string[]) => Narrowed,
  ): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const all = new Set(wanted.map(canonicalUri))
      const holds = (stored: StoredEvent) => read(stored).some((one) => all.has(canonicalUri(one)))
      return { holds, select: select(wanted) }
    })

/** What only an event has that was declared wrong. */
const ofDeclarations =
  (make: Maker): Maker =>
  (asked) => {
    const made = make(asked)
    return isWrong(made) ? made : { ...made, select: { isDeclaration: true } }
  }

const placeOf = (field: 'readPoint' | 'bizLocation') => (stored: StoredEvent) =>
  present(stored.event[field]?.id)

/** A place and what is in it: places whose URI goes on from it. */
const within =
  (field: 'readPoint' | 'bizLocation', column: 'readPoints' | 'bizLocations'): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const all = wanted.map((one) => canonicalUri(one).replace(/\/$/, ''))
      const holds = (stored: StoredEvent) =>
        placeOf(field)(stored)
          .map(canonicalUri)
          .some((id) => all.some((one) => id === one || id.startsWith(`${one}/`)))
      const inside = all.map((one) => ({ beginning: `${one}/` }))
      return { holds, select: { [column]: [...all, ...inside] } }
    })

/** How things begin that a pattern with `*` at its end lets in, and the GS1 key that it names. */
function patternParts(pattern: string) {
  const start = pattern.replace(/(?:\.\*)*\*?$/, (end) => (end.startsWith('.') ? '.' : ''))
  const idStart = start.replace(/^urn:epc:idpat:/, 'urn:epc:id:')
  const one = canonicalUri(pattern)
  return { start, idStart, key: one === pattern ? undefined : one }
}

/** What a pattern of MATCH_ lets in: the thing itself, or all that begin as it does before `*`. */
function matcher(pattern: string): (uri: string) => boolean {
  if (!pattern.endsWith('*')) {
    const one = canonicalUri(pattern)
    return (uri) => uri === pattern || canonicalUri(uri) === one
  }
  const { start, idStart, key } = patternParts(pattern)
  return (uri) => {
    if (uri.startsWith(idStart) || uri.startsWith(start)) return true
    const whole = canonicalUri(uri)
    if (key === undefined) return whole.startsWith(start)
    return whole === key || whole.startsWith(`${key}/`)
  }
}

/** What the canonical form of a thing is, or begins with, that a pattern of MATCH_ lets in. */
function narrowing(pattern: string): readonly WantedUri[] {
  if (!pattern.endsWith('*')) return [pattern]
  const { start, idStart, key } = patternParts(pattern)
  // Of a key with an open end; a company or part of a serial number does not say how it goes on.
  const isKey = key !== undefined && pattern.endsWith('.*')
  const isOwn = !/^(?:urn:epc:|http)/.test(start) && start !== ''
  const ofGs1 = isKey ? key : 'https://id.gs1.org/'
  const all = isOwn ? [start] : [start, idStart, ofGs1]
  return [...new Set(all)].map((beginning) => ({ beginning }))
}

/** Things named in lists of EPCs, in lists of quantities, or as the parent. */
const match =
  (...fields: readonly string[]): Maker =>
  (asked) =>
    given(texts(asked), (wanted) => {
      const matchers = wanted.map(matcher)
      const isIt = (uri: string) => matchers.some((one) => one(uri))
      const holds = (stored: StoredEvent) => {
        const event = fieldsOf(stored)
        return fields.some((field) =>
          listIn(event, field).some((one) => {
            const uri = isRecord(one) ? one['epcClass'] : one
            return typeof uri === 'string' && isIt(uri)
          }),
        )
      }
      return { holds, select: { things: wanted.flatMap(narrowing) } }
    })

const eventTypes = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
]
const persistent = (field: 'set' | 'unset') => (stored: StoredEvent) =>
  stored.event.persistentDisposition?.[field] ?? []

const makers: Readonly<Record<string, Maker>> = {
  eventType: oneOf(eventTypes, 'type', 'types'),
  GE_eventTime: times('GE', eventTime, 'eventTime'),
  LT_eventTime: times('LT', eventTime, 'eventTime'),
  GE_recordTime: times('GE', recordTime, 'recordTime'),
  LT_recordTime: times('LT', recordTime, 'recordTime'),
  EQ_action: oneOf(['ADD', 'OBSERVE', 'DELETE'], 'action', 'actions'),
  EQ_bizStep: words(bizSteps, ({ event }) => present(event.bizStep), 'bizSteps'),
  EQ_disposition: words(dispositions, ({ event }) => present(event.disposition), 'dispositions'),
  EQ_persistentDisposition_set: words(dispositions, persistent('set')),
  EQ_persistentDisposition_unset: words(dispositions, persistent('unset')),
  EQ_readPoint: uris(placeOf('readPoint'), (readPoints) => ({ readPoints })),
  EQ_bizLocation: uris(placeOf('bizLocation'), (bizLocations) => ({ bizLocations })),
  WD_readPoint: within('readPoint', 'readPoints'),
  WD_bizLocation: within('bizLocation', 'bizLocations'),
  EQ_transformationID: uris(
    (stored) => present(textIn(fieldsOf(stored), 'transformationID')),
    (transformationIDs) => ({ transformationIDs }),
  ),
  EQ_eventID: uris(
    ({ event }) => present(event.eventID),
    (eventIDs) => (isPlain(eventIDs) ? { eventIDs } : {}),
  ),
  MATCH_epc: match('epcList', 'childEPCs'),
  MATCH_parentID: match('parentID'),
  MATCH_inputEPC: match('inputEPCList'),
  MATCH_outputEPC: match('outputEPCList'),
  MATCH_anyEPC: match('epcList', 'childEPCs', 'inputEPCList', 'outputEPCList', 'parentID'),
  MATCH_epcClass: match('quantityList', 'childQuantityList'),
  MATCH_inputEPCClass: match('inputQuantityList'),
  MATCH_outputEPCClass: match('outputQuantityList'),
  MATCH_anyEPCClass: match(
    'quantityList',
    'childQuantityList',
    'inputQuantityList',
    'outputQuantityList',
  ),
  EXISTS_errorDeclaration: () => ({
    holds: ({ event }) => event.errorDeclaration !== undefined,
    select: { isDeclaration: true },
  }),
  GE_errorDeclarationTime: ofDeclarations(times('GE', declarationTime)),
  LT_errorDeclarationTime: ofDeclarations(times('LT', declarationTime)),
  GE_errorDeclaration_Time: ofDeclarations(times('GE', declarationTime)),
  LT_errorDeclaration_Time: ofDeclarations(times('LT', declarationTime)),
  EQ_errorReason: ofDeclarations(
    words(errorReasons, ({ event }) => present(event.errorDeclaration?.reason)),
  ),
  EQ_correctiveEventID: uris(
    ({ event }) => event.errorDeclaration?.correctiveEventIDs ?? [],
    () => ({ isDeclaration: true }),
  ),
  ...sensorMakers,
}

/** Lists of pairs of a type and a thing: where they stand, what the thing is called, the types. */
const typed: Readonly<Record<string, readonly [string, Vocabulary]>> = {
  bizTransaction: ['bizTransactionList', bizTransactionTypes],
  source: ['sourceList', partyTypes],
  destination: ['destinationList', partyTypes],
}
const typedForm = /^EQ_(bizTransaction|source|destination)_(.+)$/

function typedPart(asked: Asked): Made | undefined {
  const [, field = '', type = ''] = typedForm.exec(asked.parameter) ?? []
  const [list, vocabulary] = typed[field] ?? []
  if (list === undefined || vocabulary === undefined) return undefined
  if (!type.includes(':') && !vocabulary.words.has(type)) {
    return { wrong: `${asked.parameter}: ${type} is no ${vocabulary.name} of CBV 2.0` }
  }
  const wantedType = fullWord(type, vocabulary, asked.names)
  return given(texts(asked), (wanted) => {
    const all = new Set(wanted.map(canonicalUri))
    const holds = (stored: StoredEvent) =>
      recordsIn(fieldsOf(stored), list).some((one) => {
        const [word, thing] = [textIn(one, 'type'), textIn(one, field)]
        if (word === undefined || thing === undefined) return false
        const isType = fullWord(word, vocabulary, namesOf(stored)) === wantedType
        return isType && all.has(canonicalUri(thing))
      })
    return field === 'bizTransaction' ? { holds, select: { things: wanted } } : { holds }
  })
}

/** The part of a query that one parameter makes, or what is wrong with it. */
export function partOf(asked: Asked): Made {
  const { parameter } = asked
  if (Object.hasOwn(makers, parameter)) {
    const make = makers[parameter]
    if (make !== undefined) return make(asked)
  }
  if (/^(?:HASATTR|EQ_?ATTR)_/.test(parameter)) {
    const wrong = `${parameter}: master data of places and parties are not kept here`
    return { wrong, name: 'QueryTooComplexException' }
  }
  const made = typedPart(asked) ?? readingPart(asked) ?? ownFieldPart(asked)
  return made ?? { wrong: `${parameter} is no parameter of an EPCIS query` }
}
