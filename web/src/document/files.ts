import { create } from 'zustand'
import { currentRoute, navigate, withQuery } from '../app/router.ts'
import { keepUnsaved, unsavedOf } from './recovery.ts'
import { listPlants, readStored, writeStored, type ListedPlant } from './server.ts'
import { packed, unpacked } from './share.ts'
import { markSaved, openText, select, setText, workspace } from './store.ts'
import { store } from './state.ts'

/** What is known of the server and of the last thing done with a file. */
interface Files {
  readonly plants: readonly ListedPlant[]
  /** False once a request found no server; opening from the disk and sharing still work. */
  readonly isOnline: boolean
  /** True when the first look for a plant is over. */
  readonly isLooked: boolean
  /** Said to the person: `Saved belfast-demonstration`. */
  readonly message: { readonly text: string; readonly isTrouble: boolean } | null
}

const files = create<Files>(() => ({ plants: [], isOnline: true, isLooked: false, message: null }))

export const useFiles = <T>(pick: (of: Files) => T): T => files(pick)

export function say(text: string, isTrouble = false): void {
  files.setState({ message: { text, isTrouble } })
}

export const unsay = (): void => files.setState({ message: null })

/** Opens what the address carries or names, else the first plant of the server. */
export async function openFirst(): Promise<void> {
  store.subscribe(({ file, text, saved }) => {
    if (file !== '' && saved !== null) keepSoon({ file, text, from: saved.text })
  })
  const { query } = currentRoute()
  const carried = query.get('share')
  if (carried !== null && openCarried(carried)) {
    void refreshPlants()
    files.setState({ isLooked: true })
    return
  }
  const asked = query.get('file')
  const listing = refreshPlants()
  const name = asked ?? (await listing)[0]?.name
  if (name !== undefined && !(await openStored(name)) && asked !== null) {
    const [first] = await listing
    if (first !== undefined) await openStored(first.name)
    say(`There is no plant ${asked} here.`, true)
  }
  files.setState({ isLooked: true })
}

async function refreshPlants(): Promise<readonly ListedPlant[]> {
  const plants = await listPlants()
  files.setState({ plants: plants ?? [], isOnline: plants !== undefined })
  return plants ?? []
}

let keeping: ReturnType<typeof setTimeout> | undefined

/** Writing to the browser's storage takes a moment: once, when the person pauses. */
function keepSoon(what: Parameters<typeof keepUnsaved>[0]): void {
  clearTimeout(keeping)
  keeping = setTimeout(() => keepUnsaved(what), 500)
}

function openCarried(letters: string): boolean {
  const shared = unpacked(letters)
  if (shared === undefined) {
    say('The link is damaged or cut off: the plant in it cannot be read.', true)
    return false
  }
  openText(shared.text, shared.file, { sets: shared.sets })
  return true
}

/** Opens a plant of the server, with what was not saved last time; false if there is none. */
export async function openStored(name: string): Promise<boolean> {
  const stored = await readStored(name)
  if (stored === undefined) return false
  unsay()
  openText(stored.text, stored.name, { sets: stored.sets, diskHash: stored.hash })
  const unsaved = unsavedOf(stored.name, stored.text)
  if (unsaved !== undefined) {
    afterSolved(() => {
      setText(unsaved)
      say(`What was not saved of ${stored.name} is here again; undo takes it back.`)
    })
  }
  navigate(withQuery({ file: stored.name, share: null }), true)
  return true
}

/** Does something once the document in hand has been solved for the first time. */
function afterSolved(work: () => void): void {
  const { file } = workspace()
  const stop = store.subscribe((now) => {
    if (now.file === file && now.state === 'solving') return
    stop()
    if (now.file === file) work()
  })
}

/** Opens a file of the person's disk. */
export async function openFile(file: File): Promise<void> {
  const text = await file.text()
  unsay()
  openText(text, file.name)
  navigate(withQuery({ file: null, share: null, unit: null, stream: null }), true)
  select(null)
}

/** Saves to the server's folder; refused where the file there has changed meanwhile. */
export async function save(): Promise<void> {
  const { file, text, diskHash } = workspace()
  if (file === '') return
  const answer = await writeStored(file, text, diskHash)
  if (answer.ok) {
    if (workspace().text === text) markSaved(answer.hash)
    keepUnsaved({ file, text, from: text })
    say(`Saved ${file}.`)
    void refreshPlants()
  } else if (answer.why === 'changed') {
    const now = diskHash === '' ? 'is in the folder already' : 'has changed on the disk since'
    say(`Not saved: ${file} ${now}. Download yours, then open the other.`, true)
  } else if (answer.why === 'offline') {
    say('Not saved: the server does not answer. Download keeps the file.', true)
    files.setState({ isOnline: false })
  } else say(`Not saved: ${answer.detail}`, true)
}

/** Hands the plant file to the person as a download. */
export function download(): void {
  const { file, text } = workspace()
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  link.download = `${file.replace(/^.*\//, '').replace(/\.ya?ml$/i, '') || 'plant'}.yaml`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The files that a plant names, and those that these name in turn. */
function namedIn(
  text: string,
  sets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const named = new Map<string, string>()
  const open = [text]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [path, content] of Object.entries(sets)) {
      if (named.has(path) || !next.includes(path.replace(/^.*\//, ''))) continue
      named.set(path, content)
      open.push(content)
    }
  }
  return Object.fromEntries(named)
}

/** Copies a link that carries the whole plant; it also becomes the address of this page. */
export async function share(): Promise<void> {
  const { file, text, sets } = workspace()
  const letters = packed({ file, text, sets: namedIn(text, sets) })
  navigate(withQuery({ share: letters, file: null }), true)
  try {
    await navigator.clipboard.writeText(window.location.href)
    say('A link with the whole plant in it was copied. Nothing was sent.')
  } catch {
    say('The address of this page now carries the whole plant: copy it from there.')
  }
}
