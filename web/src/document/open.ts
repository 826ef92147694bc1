import { currentRoute } from '../app/router.ts'
import { listPlants, readStored } from './server.ts'
import { openText } from './store.ts'

/** Opens the plant that the address names, or the first of the server. */
export async function openFirst(): Promise<void> {
  const asked = currentRoute().query.get('file')
  const name = asked ?? (await listPlants())?.[0]?.name
  if (name !== undefined) await openStored(name)
}

/** Opens a plant of the server; answers whether there is one of that name. */
export async function openStored(name: string): Promise<boolean> {
  const stored = await readStored(name)
  if (stored === undefined) return false
  openText(stored.text, stored.name, { sets: stored.sets, diskHash: stored.hash })
  return true
}
