/** Events of EPCIS in a line each, for people. */
import { massText, shortUri } from '../parts/figures.ts'

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

/** What an event says, without what only programs need. */
export function lineOf(event: unknown): Line {
  const of = isLoose(event) ? event : {}
  const step = shortUri(textOf(of['bizStep'])).replaceAll('_', ' ')
  const isWrong = isLoose(of['errorDeclaration'])
  const kind = textOf(of['type'])
    .replace(/Event$/, '')
    .toLowerCase()
  const what = step === '' ? kind : step
  const place = isLoose(of['bizLocation']) ? shortUri(textOf(of['bizLocation']['id'])) : ''
  return {
    what: isWrong ? `declared wrong: ${what}` : what,
    things: [
      ...quantities(of['quantityList'], ''),
      ...names(of['epcList'], ''),
      ...quantities(of['inputQuantityList'], 'from '),
      ...quantities(of['outputQuantityList'], 'to '),
      ...quantities(of['childQuantityList'], ''),
      ...names(of['childEPCs'], ''),
      ...readings(of['sensorElementList']),
    ],
    place,
    time: textOf(of['eventTime']).slice(0, 16).replace('T', ' '),
  }
}

function readings(value: unknown): readonly string[] {
  return listOf(value)
    .flatMap((one) => (isLoose(one) ? listOf(one['sensorReport']) : []))
    .flatMap((one) => {
      if (!isLoose(one)) return []
      const of = textOf(one['chemicalSubstance']) || textOf(one['component']) || textOf(one['type'])
      const said = typeof one['value'] === 'number' ? one['value'] : textOf(one['stringValue'])
      return [`${shortUri(of)} ${said} ${shortUri(textOf(one['uom']))}`.trim()]
    })
}
