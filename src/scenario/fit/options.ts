import { parseQuantity } from '../../quantities/index.ts'
import type { FitRequest, Separation } from './request.ts'

/** The options of `didymium fit` as the parser hands them over. */
export interface FitOptions {
  readonly model: string
  readonly extractant: string
  readonly elements?: string
  readonly base?: string
  readonly free?: string
  readonly fix?: string
  readonly bounds?: string
  readonly separation?: string
  readonly protons?: string
  readonly error?: string
  readonly leastD?: string
  readonly leaveOut?: string
  readonly scatter: string
  readonly temperature?: string
  readonly diluent: string
  readonly medium: string
  readonly title?: string
  readonly out?: string
  readonly plot?: string
  readonly csv?: string
  readonly json?: boolean
}

export type ReadRequest =
  | { readonly ok: true; readonly request: Omit<FitRequest, 'base' | 'id' | 'title'> }
  | { readonly ok: false; readonly problems: readonly string[] }

type Refuse = (message: string) => void

const listed = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`

/** `power=3, Nd.a=-2`: pairs of a name and what the pattern reads after the sign. */
function pairs(
  text: string | undefined,
  option: string,
  pattern: string,
  example: string,
  refuse: Refuse,
): readonly (readonly [name: string, values: readonly number[]])[] {
  return listed(text).flatMap((part) => {
    const found = new RegExp(String.raw`^([A-Za-z][\w./]*)\s*=\s*${pattern}$`).exec(part)
    if (found === null) {
      refuse(`--${option} ${part}: write ${example}`)
      return []
    }
    return [[found[1] ?? '', found.slice(2).map(Number)] as const]
  })
}

const range = String.raw`(${number})\.\.(${number})`

function separationsOf(text: string | undefined, refuse: Refuse): readonly Separation[] {
  const read = pairs(text, 'separation', range, 'Nd/Pr=1.3..1.6', refuse)
  return read.flatMap(([name, [low = 0, high = 0]]) => {
    const [over = '', under = '', ...more] = name.split('/')
    if (under === '' || more.length > 0) {
      refuse(`--separation ${name}: two elements with a stroke between, Nd/Pr=1.3..1.6`)
      return []
    }
    return [{ over, under, low, high }]
  })
}

/** `D=10%, pH=0.05`: relative errors with a sign, of pH as a number. */
function errorsOf(text: string | undefined, refuse: Refuse): NonNullable<FitRequest['errors']> {
  const errors: Record<string, number> = {}
  for (const part of listed(text)) {
    const found = new RegExp(`^(D|aqueous|organic|pH)\\s*=\\s*(${number})\\s*(%?)$`).exec(part)
    const [, of = '', value = '', percent = ''] = found ?? []
    if (found === null || !(Number(value) > 0) || (of === 'pH') === (percent === '%')) {
      refuse(`--error ${part}: write D=10%, aqueous=5%, organic=5% or pH=0.05`)
    } else errors[of] = percent === '%' ? Number(value) / 100 : Number(value)
  }
  return errors
}

/** Places of rows, lines without a file being those of the only file. */
function placesOf(text: string | undefined, files: readonly string[], refuse: Refuse) {
  const places = new Set<string>()
  let outliers = false
  for (const part of listed(text)) {
    if (part === 'outliers') outliers = true
    else {
      const found = /^(?:(.+):)?(\d{1,6})(?:-(\d{1,6}))?$/.exec(part)
      const [only = '', ...others] = files
      const [, file = only, from = '', to = from] = found ?? []
      if (found === null || (found[1] === undefined && others.length > 0)) {
        const example = others.length > 0 ? `${only}:7 or ${only}:9-12` : '7 or 9-12'
        refuse(`--leave-out ${part}: write ${example}, or outliers`)
        continue
      }
      for (let line = Number(from); line <= Number(to); line++) places.add(`${file}:${line}`)
    }
  }
  return { places, outliers }
}

function positive(text: string | undefined, option: string, refuse: Refuse): number | undefined {
  if (text === undefined) return undefined
  const value = new RegExp(`^${number}$`).test(text) ? Number(text) : Number.NaN
  if (value >= 0) return value
  refuse(`--${option} ${text}: a number, zero or more`)
  return undefined
}

function temperatureOf(text: string | undefined, refuse: Refuse): number | undefined {
  if (text === undefined) return undefined
  const read = parseQuantity(text, 'temperature')
  if (read.ok) return read.value
  refuse(`--temperature: ${read.message}`)
  return undefined
}

/** The request that the options say, or everything that is wrong with them. */
export function readFitOptions(options: FitOptions, files: readonly string[]): ReadRequest {
  const problems: string[] = []
  const refuse: Refuse = (message) => void problems.push(message)
  const scatters = ['common', 'source', 'element'] as const
  const scatter = scatters.find((name) => name === options.scatter)
  if (scatter === undefined) refuse(`--scatter ${options.scatter}: ${scatters.join(', ')}`)
  const { places, outliers } = placesOf(options.leaveOut, files, refuse)
  const one = `(${number})`
  const values = (text: string | undefined, option: string, example: string) =>
    Object.fromEntries(
      pairs(text, option, one, example, refuse).map(([name, [value = 0]]) => [name, value]),
    )
  const temperature = temperatureOf(options.temperature, refuse)
  const leastD = positive(options.leastD, 'least-d', refuse)
  const bounds = pairs(options.bounds, 'bounds', range, 'power=1..5', refuse).map(
    ([name, [low = 0, high = 0]]) => [name, [low, high]] as const,
  )
  const request = {
    model: options.model,
    extractant: options.extractant,
    diluent: options.diluent,
    medium: options.medium,
    ...(temperature === undefined ? {} : { temperature }),
    ...(options.elements === undefined ? {} : { elements: listed(options.elements) }),
    free: listed(options.free),
    fix: values(options.fix, 'fix', 'power=3'),
    bounds: Object.fromEntries(bounds),
    separations: separationsOf(options.separation, refuse),
    protons: values(options.protons, 'protons', 'Zn=2'),
    errors: errorsOf(options.error, refuse),
    ...(leastD === undefined ? {} : { leastD }),
    leaveOut: places,
    leaveOutOutliers: outliers,
    scatter: scatter ?? 'common',
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, request }
}
