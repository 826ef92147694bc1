/**
 * The event hash of CBV 2.0: the same facts have the same ID, however they are written. An event
 * becomes one text, its fields in a fixed order, lists sorted, every value in its one spelling;
 * the ID is the SHA-256 of that text (RFC 6920).
 */
import { namespacesOf, type Namespaces } from './context.ts'
import { canonicalUri } from './digital-link.ts'
import type { EpcisEvent, Json } from './event.ts'
import { nearestTimeOf } from './time.ts'
import {
  alertTypes,
  bizSteps,
  bizTransactionTypes,
  components,
  dispositions,
  fullWord,
  measurementTypes,
  partyTypes,
  type Vocabulary,
} from './vocabulary.ts'

type Fields = { readonly [field: string]: Json }
type Write = (value: Json, names: Namespaces) => string
/** Fields of a record in their order, and how each is written with its key. */
type Order = readonly (readonly [field: string, write: Write])[]

const isRecord = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const asList = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value])

/** Without exponent, and without zeros that say nothing. */
function numberText(value: number): string {
  const text = String(value)
  const [mantissa = '', exponent] = text.split('e')
  if (exponent === undefined) return text
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  const sign = value < 0 ? '-' : ''
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return sign + digits.padEnd(point, '0')
}

/** A decimal number without zeros at its end; not by a pattern, which is slow for very many. */
function withoutZeros(text: string): string {
  let end = text.length
  while (text[end - 1] === '0') end--
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end)
}

/** Texts that are numbers or times are written as such: XML knows no difference. */
function plain(value: Json): string {
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  const text = value.trim()
  if (/^-?\d+\.\d+$/.test(text)) return withoutZeros(text)
  return text[10] === 'T' ? timeValue(text) : text
}

function timeValue(value: Json): string {
  const ms = typeof value === 'string' ? nearestTimeOf(value) : undefined
  // As the ledger itself writes times; the same as below, sooner.
  if (ms !== undefined && typeof value === 'string' && /\.\d{3}\+00:00$/.test(value)) {
    return `${value.slice(0, 23)}Z`
  }
  if (ms !== undefined) return new Date(ms).toISOString()
  return typeof value === 'string' ? value.trim() : JSON.stringify(value)
}

const uriValue = (value: Json) => canonicalUri(plain(value))

const key =
  (name: string, write: (value: Json) => string): Write =>
  (value) =>
    `${name}=${write(value)}`
const text = (name: string) => key(name, plain)
const time = (name: string) => key(name, timeValue)
const uri = (name: string) => key(name, uriValue)
const word =
  (name: string, vocabulary: Vocabulary): Write =>
  (value, names) =>
    `${name}=${fullWord(plain(value), vocabulary, names)}`

/** A list under its name, its items written alike and sorted. */
const list =
  (name: string, item: Write): Write =>
  (value, names) =>
    name + joined(asList(value).map((one) => item(one, names)))

/** A record under its name: the fields that are there, in order, then the user's own. */
const record =
  (name: string, order: Order): Write =>
  (value, names) =>
    isRecord(value) ? name + fieldsText(value, order, names) + extensionsText(value, names) : name

function fieldsText(value: Fields, order: Order, names: Namespaces): string {
  let out = ''
  for (const [field, write] of order) {
    const one = value[field]
    if (one !== undefined && one !== null) out += write(one, names)
  }
  return out
}

/** `{namespace}name` of a field with a prefix. */
function keyText(name: string, names: Namespaces): string {
  const colon = name.indexOf(':')
  const namespace = colon === -1 ? undefined : names.get(name.slice(0, colon))
  return namespace === undefined ? name : `{${namespace}}${name.slice(colon + 1)}`
}

/** Adds a user's field with all that is in it: one text, or several of a list, for sorting. */
function addOwn(name: string, value: Json, names: Namespaces, to: string[]): void {
  if (value === null) return
  if (Array.isArray(value)) {
    for (const one of value) addOwn(name, one, names, to)
    return
  }
  const written = keyText(name, names)
  to.push(isRecord(value) ? written + allText(value, names) : `${written}=${plain(value)}`)
}

const joined = (texts: string[]) => (texts.length < 2 ? (texts[0] ?? '') : texts.sort().join(''))

function allText(value: Fields, names: Namespaces): string {
  const texts: string[] = []
  for (const name in value) addOwn(name, value[name] ?? null, names, texts)
  return joined(texts)
}

/** The user's own fields of a record that has others too: those with a prefix. */
function extensionsText(value: Fields, names: Namespaces, ignored?: readonly string[]): string {
  let texts: string[] | undefined
  for (const name in value) {
    if (!name.includes(':') || name === 'rdfs:comment' || ignored?.includes(name) === true) continue
    texts ??= []
    addOwn(name, value[name] ?? null, names, texts)
  }
  return texts === undefined ? '' : joined(texts)
}

const epcs = (name: string) => list(name, uri('epc'))
const quantities = (name: string) =>
  list(
    name,
    record('quantityElement', [
      ['epcClass', uri('epcClass')],
      ['quantity', text('quantity')],
      ['uom', text('uom')],
    ]),
  )
const place = (name: string) => record(name, [['id', uri('id')]])
const typed = (name: string, vocabulary: Vocabulary) =>
  record('', [
    ['type', word('type', vocabulary)],
    [name, uri(name)],
  ])

const metadata: Order = [
  ['time', time('time')],
  ['startTime', time('startTime')],
  ['endTime', time('endTime')],
  ['deviceID', uri('deviceID')],
  ['deviceMetadata', uri('deviceMetadata')],
  ['rawData', uri('rawData')],
  ['dataProcessingMethod', uri('dataProcessingMethod')],
  ['bizRules', uri('bizRules')],
]
const report: Order = [
  ['type', word('type', measurementTypes)],
  ['exception', word('exception', alertTypes)],
  ['deviceID', uri('deviceID')],
  ['deviceMetadata', uri('deviceMetadata')],
  ['rawData', uri('rawData')],
  ['dataProcessingMethod', uri('dataProcessingMethod')],
  ['time', time('time')],
  ['microorganism', uri('microorganism')],
  ['chemicalSubstance', uri('chemicalSubstance')],
  ['value', text('value')],
  ['component', word('component', components)],
  ['stringValue', text('stringValue')],
  ['booleanValue', text('booleanValue')],
  ['hexBinaryValue', text('hexBinaryValue')],
  ['uriValue', uri('uriValue')],
  ['minValue', text('minValue')],
  ['maxValue', text('maxValue')],
  ['meanValue', text('meanValue')],
  ['sDev', text('sDev')],
  ['percRank', text('percRank')],
  ['percValue', text('percValue')],
  ['uom', text('uom')],
  ['coordinateReferenceSystem', uri('coordinateReferenceSystem')],
]

const events: Order = [
  ['type', text('eventType')],
  ['eventTime', time('eventTime')],
  ['eventTimeZoneOffset', text('eventTimeZoneOffset')],
  ['certificationInfo', list('', uri('certificationInfo'))],
  ['epcList', epcs('epcList')],
  ['parentID', uri('parentID')],
  ['inputEPCList', epcs('inputEPCList')],
  ['childEPCs', epcs('childEPCs')],
  ['quantityList', quantities('quantityList')],
  ['childQuantityList', quantities('childQuantityList')],
  ['inputQuantityList', quantities('inputQuantityList')],
  ['outputEPCList', epcs('outputEPCList')],
  ['outputQuantityList', quantities('outputQuantityList')],
  ['action', text('action')],
  ['transformationID', uri('transformationID')],
  ['bizStep', word('bizStep', bizSteps)],
  ['disposition', word('disposition', dispositions)],
  [
    'persistentDisposition',
    record('persistentDisposition', [
      ['set', list('', word('set', dispositions))],
      ['unset', list('', word('unset', dispositions))],
    ]),
  ],
  ['readPoint', place('readPoint')],
  ['bizLocation', place('bizLocation')],
  ['bizTransactionList', list('bizTransactionList', typed('bizTransaction', bizTransactionTypes))],
  ['destinationList', list('destinationList', typed('destination', partyTypes))],
  ['sourceList', list('sourceList', typed('source', partyTypes))],
  [
    'sensorElementList',
    list(
      'sensorElementList',
      record('sensorElement', [
        ['sensorMetadata', record('sensorMetadata', metadata)],
        ['sensorReport', list('', record('sensorReport', report))],
      ]),
    ),
  ],
  ['ilmd', (value, names) => (isRecord(value) ? `ilmd${allText(value, names)}` : '')],
]

/**
 * The text that is hashed. `ignored` names fields of the user's that are no facts of the event, as
 * a document's `ignoreFields` lists them.
 */
export function prehash(event: EpcisEvent, context: Json, ignored?: readonly string[]): string {
  const fields = event as unknown as Fields
  const own = fields['@context']
  const names = namespacesOf(own === undefined ? context : [context, own])
  return fieldsText(fields, events, names) + extensionsText(fields, names, ignored)
}

/**
 * The ID that an event has by its facts: `ni:///sha-256;<hex>?ver=CBV2.0`. An error declaration,
 * recordTime and eventID are no part of them.
 */
export function eventHash(
  event: EpcisEvent,
  context: Json,
  sha256: (text: string) => string,
  ignored?: readonly string[],
): string {
  return `ni:///sha-256;${sha256(prehash(event, context, ignored))}?ver=CBV2.0`
}
