import { setParameter, setText, workspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { tasks } from '../engine/tasks/circuit.ts'

export const circuitTasks = () => engine().tasks<typeof tasks>('circuit')

/** Writes something at a path that the text of the plant does not have yet. */
async function insert(path: readonly (string | number)[], written: string): Promise<boolean> {
  const { text } = workspace()
  const next = await circuitTasks().insert({ text, path, written })
  if (next === undefined) return false
  // An edit that came in between wins: its text is the newer one.
  if (workspace().text === text) setText(next)
  return true
}

/** Moves the feed of a circuit to a stage of its section. */
export async function moveFeed(
  circuit: string,
  feed: { readonly name: string; readonly section: string },
  stage: number,
): Promise<void> {
  const path = `${circuit}.feeds.${feed.name}.stage`
  if (setParameter(path, String(stage)) === undefined) return
  const at = ['units', circuit, 'feeds', feed.name]
  // The place may be written already, without a stage.
  if (await insert(at, `{ section: ${feed.section}, stage: ${stage} }`)) return
  await insert([...at, 'stage'], String(stage))
}
