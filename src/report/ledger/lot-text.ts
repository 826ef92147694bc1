import type {
  Composition,
  LotMaster,
  LotView,
  OriginReport,
  RecycledShare,
  Relative,
} from '../../ledger/index.ts'
import { figure, percent } from '../numbers.ts'
import { textTable, wrapped } from '../text-table.ts'
import { kilograms, momentText, nameOf, sections, syntheticText } from './words.ts'

const right = 'right' as const

function compositionText({ contents, moisture, gaps }: Composition): string {
  const table = textTable(contents, [
    { head: 'element', cell: ({ element }) => element },
    {
      head: 'of the wet mass',
      cell: ({ fraction, isBelow }) =>
        `${isBelow ? '< ' : ''}${fraction < 1e-3 ? `${figure(1e6 * fraction)} ppm` : percent(fraction)}`,
      align: right,
    },
    {
      head: '± (k=2)',
      cell: ({ u }) => (u === undefined ? 'not stated' : `${figure(200 * u, 2)} %`),
      align: right,
    },
    { head: 'from', cell: ({ from }) => nameOf(from) },
    { head: 'status', cell: ({ status }) => status },
  ])
  const water =
    moisture === undefined
      ? 'moisture: unknown'
      : `moisture: ${moisture.isBelow ? '< ' : ''}${percent(moisture.fraction)}`
  const lacking = gaps.map(({ analyte, why }) => `${analyte}: ${why}`)
  return [table || 'composition: unknown', water, ...lacking].join('\n')
}

function recycledText({ elements }: RecycledShare): string {
  const table = textTable(elements, [
    { head: 'recycled', cell: ({ element }) => element },
    { head: 'post-consumer', cell: ({ postConsumer }) => percent(postConsumer), align: right },
    { head: 'pre-consumer', cell: ({ preConsumer }) => percent(preConsumer), align: right },
    { head: 'primary', cell: ({ primary }) => percent(primary), align: right },
    { head: 'unknown', cell: ({ unknown }) => percent(unknown), align: right },
  ])
  return table
}

function originText({ steps }: OriginReport): string {
  const words = steps.map(({ step, element, shares }) => {
    const places = shares.map(({ country, share }) => `${country} ${percent(share)}`)
    return wrapped(`  ${element} ${step}: ${places.join(', ')}`, 100, '      ')
  })
  return words.length === 0 ? '' : ['origin', ...words].join('\n')
}

const relativesText = (head: string, relatives: readonly Relative[]) =>
  textTable(relatives, [
    { head, cell: ({ code }) => code },
    { head: 'kg', cell: ({ mg }) => kilograms(mg), align: right },
    { head: 'on', cell: ({ time }) => momentText(time) },
    {
      head: 'through',
      cell: ({ through }) => (through.startsWith('ni:') ? 'one event' : nameOf(through)),
    },
  ])

const wordsOf = ({ kind, product, grade, description }: LotMaster) =>
  [kind, product, grade, description].filter((word) => word !== undefined).join(', ')

/** Everything about a lot, for the terminal. */
export function lotText(view: LotView, options: { readonly isSynthetic?: boolean } = {}): string {
  const { lot, composition, recycled, origin, custody, parents, children, movements, flags } = view
  const { master } = lot
  const places = Object.entries(lot.places).map(
    ([place, mg]) => `${kilograms(mg)} kg at ${nameOf(place)}`,
  )
  const head = [
    master === undefined ? lot.uri : `${master.code}: ${wordsOf(master)}`,
    lot.uri,
    places.length === 0 ? 'nothing of it is there' : places.join(', '),
    `came ${kilograms(lot.came)} kg, went ${kilograms(lot.went)} kg, adjusted by counts and weighings ${kilograms(lot.adjusted)} kg`,
    ...(master?.supplier === undefined ? [] : [`delivered by ${nameOf(master.supplier)}`]),
    `chain of custody: ${custody.model}`,
  ]
  const warnings = [
    ...lot.findings.map(({ severity, message }) => `${severity}: ${message}`),
    ...flags.map(({ shipment, changes }) => {
      const what = changes.map(({ kind, of }) => `${kind} (${nameOf(of)})`).join(', ')
      return `warning: changed after it was shipped on ${momentText(shipment.time)}: ${what}`
    }),
  ]
  return sections(
    options.isSynthetic === true ? syntheticText : '',
    head.join('\n'),
    warnings.map((text) => wrapped(text, 100, '  ')).join('\n'),
    compositionText(composition),
    recycledText(recycled),
    originText(origin),
    relativesText('made of', parents),
    relativesText('became', children),
    textTable(movements.slice(-30), [
      { head: 'when', cell: ({ time }) => momentText(time) },
      { head: 'what', cell: ({ why }) => why },
      { head: 'place', cell: ({ place }) => nameOf(place) },
      {
        head: 'kg',
        cell: ({ change }) => `${change < 0 ? '−' : '+'}${kilograms(Math.abs(change))}`,
        align: right,
      },
      { head: 'kg after', cell: ({ after }) => kilograms(after), align: right },
    ]),
  )
}
