/** What `GET api/plants/NAME` gives. */
export interface StoredPlant {
  readonly name: string
  readonly text: string
  readonly hash: string
  readonly sets: Readonly<Record<string, string>>
}

export interface ListedPlant {
  readonly name: string
  readonly title: string
  readonly hash: string
}

/** Plants of the server's folder; undefined where no server answers (a static folder, offline). */
export async function listPlants(): Promise<readonly ListedPlant[] | undefined> {
  const answer = await fetched('api/plants')
  if (answer === undefined) return undefined
  const { plants } = (await answer.json()) as { plants: readonly ListedPlant[] }
  return plants
}

export async function readStored(name: string): Promise<StoredPlant | undefined> {
  const answer = await fetched(`api/plants/${encodeURIComponent(name)}`)
  return answer === undefined ? undefined : ((await answer.json()) as StoredPlant)
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
