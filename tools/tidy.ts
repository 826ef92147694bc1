/**
 * The rules of the house as data, and the functions that find where a file breaks them.
 * `tidy.test.ts` runs them over the whole tree. Sizes of functions, `any` and default exports are
 * the linter's (`.oxlintrc.json`); this file holds what a linter does not know.
 */

/** What one room under `src/` may import. */
export interface Room {
  readonly rooms: readonly string[]
  readonly packages: readonly string[]
  /** No node:, clock, chance, network, console or process: these come in as arguments. */
  readonly pure: boolean
  /** May import its own folder's files but not those of a sibling (share through `parts/`). */
  readonly apart?: boolean
  /** May import only types from these rooms. */
  readonly typesOnly?: readonly string[]
}

const engine = ['quantities', 'numerics', 'chemistry', 'databank', 'flowsheet', 'unitops']

export const rooms: Readonly<Record<string, Room>> = {
  quantities: { rooms: [], packages: [], pure: true },
  numerics: { rooms: [], packages: [], pure: true },
  chemistry: { rooms: ['quantities', 'numerics'], packages: [], pure: true },
  databank: { rooms: ['quantities', 'chemistry'], packages: ['zod'], pure: true },
  flowsheet: { rooms: ['quantities', 'numerics', 'chemistry'], packages: [], pure: true },
  unitops: {
    rooms: ['flowsheet', 'chemistry', 'numerics', 'quantities'],
    packages: [],
    pure: true,
    apart: true,
  },
  economics: {
    rooms: ['flowsheet', 'numerics', 'quantities'],
    packages: [],
    pure: true,
    typesOnly: ['flowsheet'],
  },
  scenario: { rooms: [...engine, 'economics'], packages: ['yaml', 'zod'], pure: true },
  ledger: { rooms: ['quantities', 'numerics', 'chemistry'], packages: ['zod'], pure: true },
  twin: { rooms: ['ledger', 'scenario', 'numerics', 'quantities'], packages: [], pure: true },
  draw: {
    rooms: ['scenario', 'ledger', 'twin', 'quantities'],
    packages: ['elkjs', 'echarts'],
    pure: true,
    typesOnly: ['scenario', 'ledger', 'twin'],
  },
  report: {
    rooms: ['draw', 'scenario', 'ledger', 'twin', 'economics', 'quantities'],
    packages: ['csv-stringify', 'write-excel-file', 'pdfkit', 'svg-to-pdfkit', 'qrcode'],
    pure: false,
    typesOnly: ['scenario', 'ledger', 'twin'],
  },
  store: {
    rooms: ['ledger'],
    packages: ['kysely', '@photostructure/sqlite', 'pg'],
    pure: false,
  },
  jobs: { rooms: ['scenario', 'twin'], packages: ['piscina'], pure: false },
  api: {
    rooms: ['scenario', 'ledger', 'twin', 'store', 'draw', 'report', 'jobs', 'databank'],
    packages: ['hono', '@hono/zod-openapi', '@hono/node-server', 'rate-limiter-flexible', 'zod'],
    pure: false,
  },
  cli: {
    rooms: [
      'quantities',
      'chemistry',
      'databank',
      'flowsheet',
      'scenario',
      'ledger',
      'twin',
      'store',
      'draw',
      'report',
      'jobs',
      'api',
    ],
    packages: ['commander', 'csv-parse', 'fflate', 'read-excel-file'],
    pure: false,
  },
}

export interface Import {
  readonly from: string
  readonly typeOnly: boolean
  /** `import()`: loads on demand, so it may name the one file that it needs. */
  readonly lazy: boolean
  readonly line: number
}

/** Blanks out comments, and text literals too where asked, keeping every line where it was. */
export function strip(source: string, literals: boolean): string {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g
  return source.replaceAll(token, (found) => {
    const comment = found.startsWith('//') || found.startsWith('/*')
    return comment || literals ? found.replaceAll(/[^\n]/g, ' ') : found
  })
}

const statement =
  /(?:^|[;}\n])\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\sfrom\s*|(?=['"]))['"]([^'"\n]+)['"]/g
const dynamic = /\bimport\s*\(\s*(?:['"`]([^'"`\n]+)['"`]\s*[,)])?/g

/** Every module that a file names: static, type-only, re-exported, for effect and dynamic. */
export function importsOf(source: string): Import[] {
  const text = strip(source, false)
  const lineAt = (index: number) => text.slice(0, index).split('\n').length
  const found: Import[] = []
  for (const match of text.matchAll(statement)) {
    const end = match.index + match[0].length
    found.push({
      from: match[2] ?? '',
      typeOnly: match[1] !== undefined,
      lazy: false,
      line: lineAt(end),
    })
  }
  for (const match of text.matchAll(dynamic)) {
    found.push({
      from: match[1] ?? '(computed)',
      typeOnly: false,
      lazy: true,
      line: lineAt(match.index),
    })
  }
  return found
}

const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1]

/** The path that a relative import means, from the root of the repository. */
function resolvePath(file: string, from: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const step of from.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

const packageOf = (from: string) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')
const isTest = (path: string) => path.endsWith('.test.ts')

/** Files that hold what rooms agree on; they may be imported directly, as an index may. */
const contracts = new Set([
  'src/chemistry/species.ts',
  'src/chemistry/sourced.ts',
  'src/chemistry/equilibria.ts',
  'src/chemistry/distribution/model.ts',
  'src/databank/costs.ts',
  'src/databank/levels.ts',
  'src/flowsheet/fields.ts',
  'src/flowsheet/stream.ts',
  'src/flowsheet/unit-op.ts',
  // Without the databases that the store's own door loads.
  'src/store/hash.ts',
  'src/store/place.ts',
])

/** True for a file that another room may import. */
function isDoor(target: string): boolean {
  return target.endsWith('/index.ts') || contracts.has(target)
}

function judgeRelative(file: string, room: string, found: Import): string | undefined {
  const rules = rooms[room]
  const target = resolvePath(file, found.from)
  const other = roomOf(target)
  if (other === undefined) return `imports ${target}, outside src/`
  if (other !== room) {
    if (rules?.rooms.includes(other) !== true) return `${room} may not import ${other}`
    if (rules.typesOnly?.includes(other) === true && !found.typeOnly) {
      return `${room} may import only types from ${other}`
    }
    return isDoor(target) || found.lazy ? undefined : `imports ${target} past its index.ts`
  }
  if (rules?.apart !== true) return undefined
  const [mine, theirs] = [unitOf(file), unitOf(target)]
  if (mine === undefined || theirs === undefined || mine === theirs) return undefined
  return `a unit operation imports another one, ${target}; share through parts/`
}

/** The unit operation a file belongs to; undefined for the registry and the shared parts. */
function unitOf(path: string): string | undefined {
  const name = /^src\/unitops\/([^/]+)/.exec(path)?.[1]?.replace(/\.ts$/, '')
  // The circuit's file stands in the list of unit operations, its many parts in a folder.
  if (name === 'sx-circuit') return 'sx'
  return name === 'index' || name === 'parts' ? undefined : name
}

/** What is wrong with one import of a file under `src/`, or undefined. */
export function judgeImport(file: string, found: Import): string | undefined {
  const room = roomOf(file)
  const rules = room === undefined ? undefined : rooms[room]
  if (room === undefined || rules === undefined) return `${file} is in no known room`
  if (found.from.startsWith('.')) return judgeRelative(file, room, found)
  if (found.from.startsWith('node:')) {
    return rules.pure ? `${room} is pure and may not import ${found.from}` : undefined
  }
  const name = packageOf(found.from)
  return rules.packages.includes(name) ? undefined : `${room} may not import the package ${name}`
}

/** Rooms whose functions the page may call; of the engine it knows types, beside its worker. */
const pageRooms: Readonly<Record<string, 'all' | 'in the worker' | 'contract'>> = {
  quantities: 'all',
  numerics: 'in the worker',
  draw: 'all',
  report: 'all',
  chemistry: 'in the worker',
  databank: 'in the worker',
  flowsheet: 'in the worker',
  economics: 'in the worker',
  scenario: 'in the worker',
  ledger: 'in the worker',
  api: 'contract',
}

/** Work on a text alone, so that the page may have it too: a hash, findings, a number, a price. */
const pageFiles = new Set([
  ...['hash', 'findings', 'edit', 'economics/money-text'].map((name) => `src/scenario/${name}.ts`),
  // Only lists of words: kinds of lots and the like.
  'src/ledger/lot.ts',
  // Cells of a workbook that is opened in the browser.
  'src/ledger/workbook-cells.ts',
])

/** What is wrong with one import of a file under `web/src/`, or undefined. */
export function judgePageImport(file: string, found: Import): string | undefined {
  if (found.from.startsWith('node:')) return `the page may not import ${found.from}`
  const target = resolvePath(file, found.from)
  const room = found.from.startsWith('.') ? roomOf(target) : undefined
  if (room === undefined) return undefined
  const rule = pageRooms[room]
  if (rule === undefined) return `the page may not import ${room}`
  if (rule === 'contract') {
    const isContract = found.typeOnly && target === 'src/api/contract.ts'
    return isContract ? undefined : 'of the api the page may import only types of contract.ts'
  }
  const isFree = rule === 'all' || found.typeOnly || pageFiles.has(target)
  if (isFree || file.startsWith('web/src/engine/')) return undefined
  return `of ${room} the page may import only types; its worker does the work`
}

const impurities: readonly (readonly [RegExp, string])[] = [
  [
    // A time that is given may be read and written: Date.parse(text), new Date(ms).
    /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|[^\s(])|(?<!\bnew\s+)\bDate\s*\(|\bperformance\s*\.\s*now\b|\bTemporal\b/,
    'reads the clock',
  ],
  [/\bMath\s*\.\s*random\b|\bcrypto\s*\./, 'uses chance without a seed'],
  [/\bconsole\s*\./, 'writes to the console'],
  [/\bprocess\s*\.|\bglobalThis\b|\brequire\s*\(/, 'reaches for its surroundings'],
  [/\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\b/, 'uses the network'],
  [/\bset(?:Timeout|Interval|Immediate)\s*\(/, 'waits on a timer'],
  [/\beval\s*\(|\bnew\s+Function\b/, 'runs text as code'],
  [/\btoLocale\w*\s*\(|\bIntl\s*\./, 'depends on the locale'],
]

const chemical =
  /\b(?:acids?|aqueous|organic|solvents?|extractants?|neodymium|dysprosium|molar|moles?|species|reagents?|oxides?|chemi\w*|stoichio\w*|raffinate|mixer|settler)\b/i

/** Line by line, what a file of a pure room must not touch. */
function impure(file: string, source: string): string[] {
  const room = roomOf(file)
  if (room === undefined || rooms[room]?.pure !== true) return []
  const code = strip(source, true).split('\n')
  const wrong = code.flatMap((line, i) =>
    impurities.flatMap(([sign, what]) => (sign.test(line) ? [`${i + 1}: ${what}`] : [])),
  )
  if (room !== 'numerics') return wrong
  const words = source.split('\n').flatMap((line, i) => {
    const word = chemical.exec(line)
    return word === null ? [] : [`${i + 1}: numerics says '${word[0]}', a chemical word`]
  })
  return [...wrong, ...words]
}

// A letter in brackets keeps a search for the word itself from finding this file.
const unfinished = /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/
const escapes =
  /@ts-(?:ignore|nocheck|expect-error)\b|\bas\s+any\b|\boxlint-disable|\beslint-disable/

/** The formatter breaks code at 100, but no text literal; comments are for their writer to break. */
function widest(line: string): number {
  if (/^\s*(?:\*|\/\/|\/\*)/.test(line)) return line.includes('http') ? 200 : 100
  return 140
}

/** Wrong lines of any TypeScript file, as `line: what is wrong`. */
export function judgeSource(file: string, source: string): string[] {
  if (file.endsWith('.generated.ts')) return []
  const lines = source.split('\n')
  const wrong = lines.flatMap((line, i) => {
    const at = `${i + 1}: `
    const findings: string[] = []
    if (line.length > widest(line)) findings.push(`${at}longer than ${widest(line)}`)
    if (unfinished.test(line)) findings.push(`${at}an unfinished note`)
    if (escapes.test(line)) findings.push(`${at}switches a check off`)
    if (isTest(file) && /\b(?:it|test|describe)\.(?:only|skip|todo)\b/.test(line)) {
      findings.push(`${at}a test is switched off`)
    }
    return findings
  })
  if (!isTest(file) && lines.length > 501) wrong.push(`1: ${lines.length - 1} lines, at most 500`)
  if (!file.startsWith('src/')) return wrong
  const code = strip(source, true)
  if (/\bexport\s+default\b/.test(code)) wrong.push('1: a default export')
  if (isTest(file)) return wrong
  const classes = /^\s*(?:export\s+)?(?:abstract\s+)?class\s+(\w+)(?!.*\bextends\s+Error\b)/m.exec(
    code,
  )
  if (classes !== null) wrong.push(`1: class ${classes[1]}; behaviour is functions over records`)
  return [...wrong, ...impure(file, source)]
}

/** Signs of the place where the project was made; a reader elsewhere can make nothing of them. */
export const leaks: readonly RegExp[] = [
  /\/[w]ork\//,
  /\/[t]mp\/[a-z]/,
  /\bC[E]O\b/,
  /\b(?:AI|coding|language) (?:agent|model)s?\b/i,
  // As a kind of key and in an address it is a sign-in of the web.
  /(?<!['/])\b[s]essions?\b(?!['/])/i,
  /\b(?:this|previous|earlier|next) [i]ssue\b/i,
  /\b(?:see|in|of) [i]ssue #?\d/i,
]
