/** What may be captured: EPCIS 2.0 documents and events in JSON, checked field by field. */
import {
  amount,
  boolean,
  type Check,
  type Checking,
  type Fields,
  form,
  isRecord,
  listOf,
  number,
  oneOf,
  ownField,
  ownFields,
  record,
  shown,
  text,
  time,
  under,
  uri,
  wordOf,
  wrong,
} from './checks.ts'
import { namespacesOf } from './context.ts'
import type { Json } from './event.ts'
import type { Problem } from './problem.ts'
import { offsetOf } from './time.ts'
import {
  alertTypes,
  bizSteps,
  bizTransactionTypes,
  components,
  dispositions,
  errorReasons,
  measurementTypes,
  partyTypes,
} from './vocabulary.ts'

const uom = form(
  /^[A-Z0-9]{2,3}$/,
  'unit of measure',
  'a code of UN/ECE Recommendation 20: KGM, GRM, TNE',
)

const epcs = listOf(uri, { unique: true })
const quantityFields = record({ epcClass: uri, quantity: amount, uom }, { required: ['epcClass'] })
const quantities = listOf((value, path, to) => {
  quantityFields(value, path, to)
  if (isRecord(value) && value['uom'] !== undefined && value['quantity'] === undefined) {
    wrong(to, under(path, 'uom'), 'a unit without a quantity says nothing', 'a quantity beside it')
  }
})

const place = record({ id: uri }, { required: ['id'], extensible: true })

const persistent: Check = record({
  set: listOf(wordOf(dispositions)),
  unset: listOf(wordOf(dispositions)),
})

const metadata = record(
  {
    time,
    startTime: time,
    endTime: time,
    deviceID: uri,
    deviceMetadata: uri,
    rawData: uri,
    dataProcessingMethod: uri,
    bizRules: uri,
  },
  { extensible: true },
)

const reportFields = record(
  {
    type: wordOf(measurementTypes),
    exception: wordOf(alertTypes),
    deviceID: uri,
    deviceMetadata: uri,
    rawData: uri,
    dataProcessingMethod: uri,
    time,
    microorganism: uri,
    chemicalSubstance: uri,
    value: number,
    component: wordOf(components),
    stringValue: text,
    booleanValue: boolean,
    hexBinaryValue: form(/^[0-9A-Fa-f]+$/, 'text in hexadecimal digits', 'digits 0 to 9, A to F'),
    uriValue: uri,
    minValue: number,
    maxValue: number,
    meanValue: number,
    sDev: number,
    percRank: number,
    percValue: number,
    uom,
    coordinateReferenceSystem: uri,
  },
  { extensible: true },
)
const report: Check = (value, path, to) => {
  reportFields(value, path, to)
  if (!isRecord(value) || value['type'] !== undefined || value['exception'] !== undefined) return
  wrong(to, under(path, 'type'), 'the report does not say what was measured', 'type or exception')
}

const sensorElements = listOf(
  record(
    { sensorMetadata: metadata, sensorReport: listOf(report, { some: true }) },
    { required: ['sensorReport'], extensible: true },
  ),
)

/** Addresses of contexts are kept with every event: so many, so long, and no more. */
const mostAddresses = 16
const longestAddress = 300

const context: Check = (value, path, to) => {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value]
  const addresses = parts.filter((part) => typeof part === 'string')
  for (const part of parts) {
    if (isRecord(part)) {
      ownField(part, path, to)
      continue
    }
    if (typeof part === 'string' && part.length <= longestAddress) continue
    wrong(to, path, `${shown(part)} is no context`, 'an address, or prefixes with their namespaces')
  }
  if (addresses.length > mostAddresses) {
    wrong(to, path, `${addresses.length} addresses are too many`, `at most ${mostAddresses}`)
  }
}

const offset: Check = (value, path, to) => {
  if (typeof value === 'string' && offsetOf(value) !== undefined) return
  const expected = 'hours and minutes with their sign: +01:00, at most 14:00'
  wrong(to, path, `${shown(value)} is no offset of a time zone`, expected)
}

const certification: Check = (value, path, to) =>
  Array.isArray(value) ? listOf(uri)(value, path, to) : uri(value, path, to)

const transactions = listOf(
  record(
    { type: wordOf(bizTransactionTypes), bizTransaction: uri },
    { required: ['bizTransaction'] },
  ),
)
const sources = listOf(
  record({ type: wordOf(partyTypes), source: uri }, { required: ['type', 'source'] }),
)
const destinations = listOf(
  record({ type: wordOf(partyTypes), destination: uri }, { required: ['type', 'destination'] }),
)

const declaration = record(
  {
    declarationTime: time,
    reason: wordOf(errorReasons),
    correctiveEventIDs: listOf(uri),
  },
  { required: ['declarationTime'], extensible: true },
)

const common: Readonly<Record<string, Check>> = {
  '@context': context,
  type: () => {},
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: offset,
  eventID: uri,
  errorDeclaration: declaration,
  certificationInfo: certification,
  bizStep: wordOf(bizSteps),
  disposition: wordOf(dispositions),
  persistentDisposition: persistent,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: transactions,
  sourceList: sources,
  destinationList: destinations,
  sensorElementList: sensorElements,
}
const always = ['eventTime', 'eventTimeZoneOffset']
const action = oneOf(['ADD', 'OBSERVE', 'DELETE'], 'action')

/** True for a field that is there and, if it is a list, says something. */
const says = (event: Fields, field: string) => {
  const value = event[field]
  return value !== undefined && !(Array.isArray(value) && value.length === 0)
}

function needsOne(event: Fields, fields: readonly string[], path: string, to: Checking): void {
  if (fields.some((field) => says(event, field))) return
  const expected = fields.join(' or ')
  wrong(to, path, `the event does not say what it is about: no ${expected}`, expected)
}

/** Things in a parent; taking out without saying what takes out all. */
function children(event: Fields, path: string, to: Checking): void {
  if (event['action'] !== 'DELETE') needsOne(event, ['childEPCs', 'childQuantityList'], path, to)
}

type Rule = (event: Fields, path: string, to: Checking) => void

/** By type of event: its own fields, those it needs, and what holds between them. */
const types: Readonly<Record<string, readonly [Check, Rule]>> = {
  ObjectEvent: [
    record(
      { ...common, action, epcList: epcs, quantityList: quantities, ilmd: ownFields },
      { required: [...always, 'action'], extensible: true },
    ),
    (event, path, to) => {
      if (says(event, 'sensorElementList') && says(event, 'readPoint')) return
      needsOne(event, ['epcList', 'quantityList'], path, to)
    },
  ],
  AggregationEvent: [
    record(
      { ...common, action, parentID: uri, childEPCs: epcs, childQuantityList: quantities },
      { required: [...always, 'action'], extensible: true },
    ),
    (event, path, to) => {
      children(event, path, to)
      if (event['action'] !== 'OBSERVE') needsOne(event, ['parentID'], path, to)
    },
  ],
  TransactionEvent: [
    record(
      { ...common, action, parentID: uri, epcList: epcs, quantityList: quantities },
      { required: [...always, 'action', 'bizTransactionList'], extensible: true },
    ),
    (event, path, to) => {
      if (event['action'] === 'DELETE') return
      needsOne(event, ['epcList', 'quantityList', 'parentID'], path, to)
    },
  ],
  TransformationEvent: [
    record(
      {
        ...common,
        inputEPCList: epcs,
        inputQuantityList: quantities,
        outputEPCList: epcs,
        outputQuantityList: quantities,
        transformationID: uri,
        ilmd: ownFields,
      },
      { required: always, extensible: true },
    ),
    (event, path, to) => {
      const inputs = ['inputEPCList', 'inputQuantityList']
      const outputs = ['outputEPCList', 'outputQuantityList']
      if (says(event, 'transformationID')) needsOne(event, [...inputs, ...outputs], path, to)
      else for (const fields of [inputs, outputs]) needsOne(event, fields, path, to)
    },
  ],
  AssociationEvent: [
    record(
      { ...common, action, parentID: uri, childEPCs: epcs, childQuantityList: quantities },
      { required: [...always, 'action', 'parentID'], extensible: true },
    ),
    children,
  ],
}
const typeOf = oneOf(Object.keys(types), 'type of event')

/** Everything that is wrong with an event; nothing for one that may be captured. Never throws. */
export function checkEvent(event: unknown, context: Json): readonly Problem[] {
  const to: Checking = { problems: [], names: namespacesOf(context) }
  if (!isRecord(event)) {
    wrong(to, '', `${shown(event)} is no event`, 'a record with a type, eventTime ...')
    return to.problems
  }
  const type = event['type']
  const found = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined
  if (found === undefined) typeOf(type, 'type', to)
  else {
    const [fields, rule] = found
    fields(event, '', to)
    rule(event, '', to)
  }
  return to.problems
}

/** True for the name of an event type of EPCIS 2.0. */
export const isEventType = (type: unknown) => typeof type === 'string' && Object.hasOwn(types, type)

/** Checks the `@context` of a document. */
export const checkContext = context
