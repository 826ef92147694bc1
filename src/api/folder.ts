import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { chmod, link, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { checkPlant, documentLimits, type Finding } from '../scenario/index.ts'
import { type ErrorCode, refused, type Refused } from './errors.ts'

export interface FolderOptions {
  /** Plant files that were named, the one to open first. */
  readonly files: readonly string[]
  /** A folder whose plant files are served too, and where new ones are kept. */
  readonly folder?: string
  /** The file of the folder to open first. */
  readonly first?: string
  /** Examples of the package: to be read, not to be written over. */
  readonly isReadOnly: boolean
}

/** A plant file in a list. */
export interface ListedPlant {
  readonly name: string
  readonly title: string
  readonly hash: string
}

/** A plant file as it stands. */
export interface OpenedPlant extends ListedPlant {
  readonly text: string
  /** Texts of its own data sets, and of plants that deliver to it, by the path that it names. */
  readonly sets: Readonly<Record<string, string>>
  readonly readOnly: boolean
}

/** What was asked for, or why it is refused. */
type Answer<T, Code extends ErrorCode> =
  | { readonly ok: true; readonly of: T }
  | { readonly ok: false; readonly error: Refused<Code> }

type ReadRefusal = 'bad-name' | 'not-found'
type WriteRefusal = 'bad-name' | 'read-only' | 'conflict'

/** A text that is on the disk, and what is wrong with it all the same. */
interface Saved {
  readonly hash: string
  readonly findings: readonly Finding[]
}

/** The plant files that the server gives out, and nothing else of the disk. */
export interface PlantFolder {
  readonly isReadOnly: boolean
  readonly list: () => Promise<readonly ListedPlant[]>
  readonly read: (name: string) => Answer<OpenedPlant, ReadRefusal>
  /** Keeps a text; `ifHash` is the hash of the file that it was made from, null for a new file. */
  readonly write: (
    name: string,
    text: string,
    ifHash: string | null,
  ) => Promise<Answer<Saved, WriteRefusal>>
}

const mostFiles = 1000

/** A name without a way in it: no folder, nothing hidden, no letter that a disk reads otherwise. */
const nameRule = /^(?!\.)[^/\\:*?"<>|\p{Cc}]{1,100}\.ya?ml$/u

const no = <Code extends ErrorCode>(error: Refused<Code>) => ({ ok: false, error }) as const

/** The hash that the engine gives a plant file, made by Node, which is many times as fast. */
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** The text of a regular file in UTF-8, of at most the size of a document; else undefined. */
function textOf(path: string): string | undefined {
  try {
    const found = statSync(path)
    if (!found.isFile() || found.size > documentLimits.bytes) return undefined
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch {
    return undefined
  }
}

/** The real place of a file, if it lies in or below a folder whatever links lead there. */
function within(folder: string, path: string): string | undefined {
  try {
    const [root, real] = [realpathSync(folder), realpathSync(join(folder, path))]
    return real.startsWith(root.endsWith(sep) ? root : root + sep) ? real : undefined
  } catch {
    return undefined
  }
}

/** The title that a text gives itself, be it finished or not. */
function titleOf(text: string, name: string): string {
  const [, quoted, bare] = /^title:[ \t]*(?:(["'].*["'])|([^\n]*))/m.exec(text) ?? []
  const title = quoted?.slice(1, -1) ?? bare?.replace(/\s+#.*$/, '').trim() ?? ''
  return title === '' ? name : title.slice(0, 200)
}

const isPlant = (text: string) => /^schema:\s*["']?didymium\/plant@/m.test(text)

/** Characters up to which a plant is read on the way: a longer one would hold up everybody else. */
const mostRead = 500_000

/** The texts that a plant asks for, and what is wrong with it. */
function setsOf(text: string, name: string, path: string) {
  const sets: Record<string, string> = {}
  if (text.length > mostRead) {
    const message = `the text is saved but not checked: it is longer than ${mostRead} characters`
    const place = { file: name, line: 1, column: 1 }
    return { sets, findings: [{ ...place, code: 'unchecked', message, expected: '' }] }
  }
  const readSet = (asked: string) => {
    const real = within(dirname(path), asked)
    const found = real === undefined ? undefined : textOf(real)
    if (found !== undefined) sets[asked] = found
    return found
  }
  const findings = checkPlant(text, { file: name, readSet })
  return { sets, findings }
}

export function openFolder({ files, folder, first, isReadOnly }: FolderOptions): PlantFolder {
  const named = new Map(files.map((path) => [basename(path), resolve(path)]))
  const root = folder === undefined ? undefined : resolve(folder)
  // New files lie where the others do.
  const home = root ?? dirname(resolve(files[0] ?? '.'))

  /** Where the file of a name is; undefined if it is not there or leads out of the folder. */
  const placeOf = (name: string) => {
    const own = named.get(name)
    if (own !== undefined) return own
    return root === undefined ? undefined : within(root, name)
  }
  const read = (name: string): Answer<OpenedPlant, ReadRefusal> => {
    if (!nameRule.test(name) && !named.has(name)) return no(badName(name))
    const path = placeOf(name)
    const text = path === undefined ? undefined : textOf(path)
    if (path === undefined || text === undefined) {
      return no(refused('not-found', `no plant file ${name}`, 'a name of GET /api/plants'))
    }
    // To find the files by reading the plant takes a while; most plants say neither word.
    const sets = /\b(?:extractants|delivery)\b/.test(text) ? setsOf(text, name, path).sets : {}
    const title = titleOf(text, name)
    return { ok: true, of: { name, title, text, hash: sha256(text), sets, readOnly: isReadOnly } }
  }
  const write = async (
    name: string,
    text: string,
    ifHash: string | null,
  ): Promise<Answer<Saved, WriteRefusal>> => {
    if (!nameRule.test(name) && !named.has(name)) return no(badName(name))
    if (isReadOnly) {
      const expected = 'a folder of your own: didymium serve --folder DIR'
      return no(refused('read-only', 'the examples are not written over', expected))
    }
    const present = placeOf(name)
    const there = present === undefined ? undefined : textOf(present)
    const hash = there === undefined ? null : sha256(there)
    if (hash !== ifHash) return no(conflict(name, hash))
    const path = present ?? join(home, name)
    const error = await keep(path, text, present === undefined)
    if (error !== undefined) return no(error)
    return {
      ok: true,
      of: { hash: sha256(text), findings: setsOf(text, name, path).findings },
    }
  }
  const inTurn = queue()
  return {
    isReadOnly,
    list: async () => {
      const beside = root === undefined ? [] : await readdir(root)
      const names = [...new Set([...named.keys(), ...beside.sort().slice(0, mostFiles)])]
      const order = (name: string) => (name === first ? 0 : 1)
      return names
        .filter((name) => named.has(name) || nameRule.test(name))
        .flatMap((name): ListedPlant[] => {
          const path = placeOf(name)
          const text = path === undefined ? undefined : textOf(path)
          if (text === undefined || !(named.has(name) || isPlant(text))) return []
          return [{ name, title: titleOf(text, name), hash: sha256(text) }]
        })
        .sort((a, b) => order(a.name) - order(b.name))
    },
    read,
    write: (name, text, ifHash) => inTurn(() => write(name, text, ifHash)),
  }
}

const badName = (name: string) =>
  refused(
    'bad-name',
    `${JSON.stringify(name.slice(0, 100))} is no name of a plant file`,
    'letters and figures without a folder, ending in .yaml: my-plant.yaml',
  )

function conflict(name: string, hash: string | null) {
  const message = hash === null ? `${name} is gone` : `${name} was changed meanwhile`
  return refused('conflict', message, 'read it again, or save under another name', { hash })
}

/** One piece of work after the other, so that two who save at once cannot both have been first. */
function queue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work)
    last = next.catch(() => undefined)
    return next
  }
}

/**
 * Writes a text beside its place and moves it there, so that the file is the old one or the new one
 * whenever the machine stops. What went wrong, or undefined.
 */
async function keep(
  path: string,
  text: string,
  isNew: boolean,
): Promise<Refused<WriteRefusal> | undefined> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    const file = await open(beside, 'wx')
    try {
      await file.writeFile(text, 'utf8')
      await file.sync()
    } finally {
      await file.close()
    }
    if (!isNew) await chmod(beside, statSync(path).mode)
    // A link refuses a name that came up meanwhile, where a move would write over its file.
    if (isNew) await link(beside, path)
    else await rename(beside, path)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') return conflict(basename(path), sha256(textOf(path) ?? ''))
    return refused('read-only', `${basename(path)} cannot be written (${code})`, 'another folder')
  } finally {
    await rm(beside, { force: true })
  }
}
