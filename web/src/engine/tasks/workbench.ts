import type { MeasuredRow } from '../../../../src/chemistry/index.ts'
import { bank } from '../../../../src/databank/index.ts'
import { designPlant } from '../../../../src/scenario/design/design.ts'
import { readDesign } from '../../../../src/scenario/design/read-design.ts'
import { designReport, type DesignReport } from '../../../../src/scenario/design/report.ts'
import { withValue } from '../../../../src/scenario/edit.ts'
import { type Finding, formatFinding } from '../../../../src/scenario/findings.ts'
import {
  extractantSetText,
  type Fit,
  fitConstants,
  type FitOptions,
  fittableModels,
  readFitOptions,
  readShakeoutTable,
} from '../../../../src/scenario/fit/index.ts'
import { readSetFile } from '../../../../src/scenario/read-sets.ts'
import type { SolvedCircuit } from '../../../../src/scenario/solution.ts'
import { inserted } from '../../circuit/insert.ts'
import { plainTree, withoutEntry } from '../../workbench/design-text.ts'
import { takeApart } from '../../workbench/paste.ts'
import { withPlant, withSet } from '../../workbench/plant-text.ts'
import type { Progress } from '../protocol.ts'

/** A table of tests with the name that places in it are called by. */
export interface TestTable {
  readonly name: string
  readonly text: string
}

export interface FitWish {
  readonly tables: readonly TestTable[]
  /** Built-in sets whose points are fitted along. */
  readonly points: readonly string[]
  readonly options: FitOptions
  /** Texts of the sets beside the plant, of which `options.base` may be one. */
  readonly sets: Readonly<Record<string, string>>
}

export type FitResult =
  | { readonly ok: true; readonly fit: Fit; readonly title: string; readonly rows: number }
  | { readonly ok: false; readonly problems: readonly string[] }

export type DesignResult =
  | {
      readonly ok: true
      readonly report: DesignReport
      readonly circuits: Readonly<Record<string, SolvedCircuit>>
    }
  | { readonly ok: false; readonly problems: readonly string[] }

/** What the forms choose from. */
export interface WorkbenchChoices {
  readonly extractants: readonly string[]
  readonly models: readonly { readonly kind: string; readonly free: readonly FreeChoice[] }[]
  readonly sets: readonly {
    readonly id: string
    readonly title: string
    readonly extractant: string
    readonly model: string
    readonly elements: readonly string[]
    readonly points: number
  }[]
}

export interface FreeChoice {
  readonly name: string
  readonly about: string
}

function choices(): WorkbenchChoices {
  return {
    extractants: bank.species.filter((s) => s.extractant === 'acidic').map((s) => s.id),
    models: fittableModels.map(({ kind, perElement, shared }) => ({
      kind,
      free: [...perElement, ...shared]
        .filter(({ always }) => always !== true)
        .map(({ name, about }) => ({ name, about })),
    })),
    sets: [...bank.extractants.values()].map((set) => ({
      id: set.id,
      title: set.title,
      extractant: set.extractant,
      model: set.model,
      elements: Object.keys(set.parameters),
      points: set.points.length,
    })),
  }
}

/** The rows of one table, or lines that say what is wrong with it. */
function rowsOf({ name, text }: TestTable, extractant: string) {
  return readShakeoutTable(text, name, takeApart, bank, extractant)
}

function pointsOf(id: string): readonly MeasuredRow[] {
  return (bank.extractants.get(id)?.points ?? []).map((point, k) => {
    const each = Object.entries(point.D)
    const D = each.map(([element, value]) => ({ of: 'D' as const, element, value }))
    return { ...point, measured: point.measured ?? D, place: `${id}:${k + 1}` }
  })
}

function baseOf({ options: { base }, sets }: FitWish) {
  if (base === undefined || base === '') return { ok: true, base: {} } as const
  const builtIn = bank.extractants.get(base)
  if (builtIn !== undefined) return { ok: true, base: { base: builtIn } } as const
  const text = Object.hasOwn(sets, base) ? sets[base] : undefined
  const read = text === undefined ? undefined : readSetFile(text, base)
  if (read?.ok === true) return { ok: true, base: { base: read.set } } as const
  const problems = read?.findings.map(formatFinding) ?? [`there is no extractant set ${base}`]
  return { ok: false, problems } as const
}

/** Words of the terminal as words of a form: `--fix power=3` is `fix power=3`. */
const plainly = (text: string) =>
  text.replaceAll(/--([a-z]+)(?:-([a-z]+))?/g, (_, a, b) =>
    b === undefined ? `${a}` : `${a} ${b}`,
  )

function fit(wish: FitWish, progress?: Progress): FitResult {
  const { tables, points, options } = wish
  const names = tables.map(({ name }) => name)
  const asked = readFitOptions(options, names)
  const base = baseOf(wish)
  const read = tables.map((table) => rowsOf(table, options.extractant))
  const problems = [
    ...(asked.ok ? [] : asked.problems),
    ...(base.ok ? [] : base.problems),
    ...read.flatMap((table) => (table.ok ? [] : table.findings.map(formatFinding))),
  ]
  if (!asked.ok || !base.ok || problems.length > 0) {
    return { ok: false, problems: problems.map(plainly) }
  }
  const rows = [...read.flatMap((t) => (t.ok ? t.rows : [])), ...points.flatMap(pointsOf)]
  const labels = [...names, ...points].join(', ')
  const title = options.title ?? `${options.extractant} fitted to ${labels}`
  const request = { ...asked.request, ...base.base, id: 'fit', title }
  const tell = (done: number, text: string) => progress?.(done, text)
  const answer = fitConstants(rows, request, `fit of ${labels}`, tell)
  if (!answer.ok) {
    const said = answer.problems.map(({ message, expected }) =>
      expected === '' ? message : `${message} (${expected})`,
    )
    return { ok: false, problems: said.map(plainly) }
  }
  const { warnings } = answer.fit
  return {
    ok: true,
    fit: { ...answer.fit, warnings: warnings.map(plainly) },
    title,
    rows: rows.length,
  }
}

interface DesignWish {
  readonly text: string
  readonly sets: Readonly<Record<string, string>>
}

const designOf = ({ text, sets }: DesignWish) =>
  readDesign(text, {
    file: 'design.yaml',
    readSet: (path) => (Object.hasOwn(sets, path) ? sets[path] : undefined),
  })

function design(wish: DesignWish, progress?: Progress): DesignResult {
  const reading = designOf(wish)
  if (!reading.ok) return { ok: false, problems: reading.findings.map(formatFinding) }
  const answer = designPlant(reading.design, {
    sets: wish.sets,
    tell: (share, what) => progress?.(share, what),
  })
  if ('findings' in answer) return { ok: false, problems: answer.findings.map(formatFinding) }
  if ('notFound' in answer) {
    const { circuit, at, detail, advice } = answer.notFound
    return { ok: false, problems: [`No design: ${circuit} ${at}: ${detail}; ${advice}.`] }
  }
  return { ok: true, report: designReport(answer), circuits: { ...answer.solution.circuits } }
}

/** Text that YAML takes as it stands. */
const isPlain = (text: string) => /^[A-Za-z0-9+.-][\w .,%/+±^°²³·()-]*$/.test(text)

type Path = readonly (string | number)[]

/** Tasks of the workbench. */
export const tasks = {
  choices,

  /** What a pasted table holds, as it is read for a fit. */
  readTests: ({
    table,
    extractant,
  }: {
    readonly table: TestTable
    readonly extractant: string
  }) => {
    const read = rowsOf(table, extractant)
    return read.ok
      ? ({ ok: true, tests: read.rows.length, elements: read.elements } as const)
      : ({ ok: false, problems: read.findings.map(formatFinding) } as const)
  },

  fit,

  /** The data set of a fit as the text of a file. */
  setText: ({ set, file }: { readonly set: Fit['set']; readonly file: string }): string =>
    extractantSetText(set, file),

  /** A plant text that names a set of its own for some circuits. */
  useSet: (args: {
    readonly text: string
    readonly name: string
    readonly path: string
    readonly circuits: readonly string[]
  }): string | undefined =>
    bank.extractants.has(args.name)
      ? undefined
      : withSet(args.text, args.name, args.path, args.circuits),

  /** A design file as plain records of texts, and what is wrong with it. */
  readDesign: (
    wish: DesignWish,
  ): { readonly tree: unknown; readonly findings: readonly Finding[] } => {
    const reading = designOf(wish)
    return { tree: plainTree(wish.text), findings: reading.ok ? [] : reading.findings }
  },

  /** A design file with a value written, or, where it is blank, without it. */
  writeDesign: (args: { readonly text: string; readonly path: Path; readonly written: string }) => {
    const { text, path, written } = args
    if (written === '') return withoutEntry(text, path)
    const isOpen = /^[[{]/.test(written)
    const value = isOpen || isPlain(written) ? written : JSON.stringify(written)
    const bare = isOpen ? withoutEntry(text, path) : text
    return (
      (isOpen ? undefined : withValue(text, path.join('.'), written)) ?? inserted(bare, path, value)
    )
  },

  design,

  /** A plant text with the plant of a design below its own units. */
  insertPlant: ({ text, other }: { readonly text: string; readonly other: string }) =>
    withPlant(text, other),
}
