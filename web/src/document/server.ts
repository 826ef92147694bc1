import type { ListedPlant, OpenedPlant } from '../../../src/api/contract.ts'

export type { ListedPlant }

/** Plants of the server's folder; undefined where no server answers (a static folder, offline). */
export async function listPlants(): Promise<readonly ListedPlant[] | undefined> {
  const answer = await fetched('api/plants')
  if (answer === undefined) return undefined
  const { plants } = (await answer.json()) as { plants: readonly ListedPlant[] }
  return plants
}

export async function readStored(name: string): Promise<OpenedPlant | undefined> {
  const answer = await fetched(`api/plants/${encodeURIComponent(name)}`)
  return answer === undefined ? undefined : ((await answer.json()) as OpenedPlant)
}

export type SaveAnswer =
  | { readonly ok: true; readonly hash: string }
  /** The file on the disk is no longer the one that was opened. */
  | { readonly ok: false; readonly why: 'changed' | 'refused' | 'offline'; readonly detail: string }

/** Writes a plant of the server's folder, unless the file there has changed meanwhile. */
export async function writeStored(name: string, text: string, ifHash: string): Promise<SaveAnswer> {
  try {
    const answer = await fetch(`api/plants/${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      // A file that was not opened from the folder must not be there yet.
      body: JSON.stringify({ text, ifHash: ifHash === '' ? null : ifHash }),
    })
    const said: unknown = await answer.json().catch(() => ({}))
    if (answer.ok) return { ok: true, hash: textIn(said, 'hash') }
    const error = typeof said === 'object' && said !== null && 'error' in said ? said.error : said
    const why = answer.status === 409 ? 'changed' : 'refused'
    const words = [textIn(error, 'message'), textIn(error, 'expected')].filter((w) => w !== '')
    return { ok: false, why, detail: words.join(': ') || answer.statusText }
  } catch {
    return { ok: false, why: 'offline', detail: 'the server does not answer' }
  }
}

function textIn(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) return ''
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : ''
}

async function fetched(path: string): Promise<Response | undefined> {
  try {
    const answer = await fetch(path, { headers: { accept: 'application/json' } })
    const isJson = answer.headers.get('content-type')?.includes('json') === true
    return answer.ok && isJson ? answer : undefined
  } catch {
    return undefined
  }
}
