/** Events of EPCIS in a line each, for people. */
import { fractionText, massText, shortUri } from '../parts/figures.ts'

interface Line {
  /** What happened: `receiving`, `transformation into`. */
  readonly what: string
  /** With what: lots and how much of each. */
  readonly things: readonly string[]
  readonly place: string
  readonly time: string
}

type Loose = { readonly [key: string]: unknown }

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const units: Readonly<Record<string, number>> = { KGM: 1e6, GRM: 1e3, MGM: 1, TNE: 1e9 }

function quantities(value: unknown, sign: string): readonly string[] {
  return listOf(value).flatMap((one) => {
    if (!isLoose(one)) return []
    const mg = typeof one['quantity'] === 'number' ? one['quantity'] : undefined
    const per = units[textOf(one['uom'])]
    const much = mg === undefined || per === undefined ? '' : ` ${massText(mg * per, 9)}`
    return [`${sign}${shortUri(textOf(one['epcClass']))}${much}`]
  })
}

const names = (value: unknown, sign: string) =>
  listOf(value).map((one) => `${sign}${shortUri(textOf(one))}`)

/** Steps of the CBV that people here call otherwise. */
const words: Readonly<Record<string, string>> = {
  commissioning: 'campaign starts',
  decommissioning: 'campaign ends',
  creating_class_instance: 'draw',
  storing: 'move',
  encoding: 'label',
  destroying: 'scrap',
}

/** What people call that which an event tells of. */
function whatOf(of: Loose): string {
  const step = shortUri(textOf(of['bizStep']))
  const types = reports(of).map((one) => shortUri(textOf(one['type'])))
  if (step === 'inspecting') {
    if (types.length === 0) return 'quality decides'
    return types.every((type) => type === 'Mass') ? 'weighing' : 'assay'
  }
  const isEpcs = listOf(of['epcList']).length > 0
  if (isEpcs || !step.endsWith('commissioning')) {
    const found = words[step] ?? step.replaceAll('_', ' ')
    if (found !== '') return found
  }
  return textOf(of['transformationID']) === '' ? kindOf(of) : 'charge'
}

const kindOf = (of: Loose) =>
  textOf(of['type'])
    .replace(/Event$/, '')
    .toLowerCase()

/** What an event says, without what only programs need. */
export function lineOf(event: unknown): Line {
  const of = isLoose(event) ? event : {}
  const what = whatOf(of)
  const place = isLoose(of['bizLocation']) ? shortUri(textOf(of['bizLocation']['id'])) : ''
  return {
    what: isLoose(of['errorDeclaration']) ? `declared wrong: ${what}` : what,
    things: [
      ...quantities(of['quantityList'], ''),
      ...names(of['epcList'], ''),
      ...quantities(of['inputQuantityList'], 'from '),
      ...quantities(of['outputQuantityList'], 'to '),
      ...quantities(of['childQuantityList'], ''),
      ...names(of['childEPCs'], ''),
      ...reports(of).flatMap(readingOf),
    ],
    place,
    time: textOf(of['eventTime']).slice(0, 16).replace('T', ' '),
  }
}

const reports = (of: Loose): readonly Loose[] =>
  listOf(of['sensorElementList'])
    .flatMap((one) => (isLoose(one) ? listOf(one['sensorReport']) : []))
    .filter(isLoose)

/** `Nd 22.4 %`; of a mass nothing, as the quantity beside says it. */
function readingOf(one: Loose): readonly string[] {
  if (shortUri(textOf(one['type'])) === 'Mass') return []
  const of = textOf(one['chemicalSubstance']) || textOf(one['component']) || textOf(one['type'])
  const { value } = one
  if (typeof value !== 'number') return [`${shortUri(of)} below the limit`]
  const unit = shortUri(textOf(one['uom']))
  return [`${shortUri(of)} ${unit === '3H' ? fractionText(value) : `${value} ${unit}`.trim()}`]
}
