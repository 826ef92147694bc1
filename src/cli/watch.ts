import { readFileSync, watch } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Editors write in several steps; a change counts once the file has been quiet for so long. */
const quiet = 80

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    // Between the two halves of a rename there is no file; the next event brings it back.
    return ''
  }
}

/**
 * Calls `changed` after each change of the file's content, one call at a time, until SIGINT.
 * Watches the folder, because many editors save by renaming a new file over the old one.
 */
export async function eachChange(
  file: string,
  ready: () => void,
  changed: () => Promise<void>,
): Promise<void> {
  let known = contentOf(file)
  let pending: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const look = () => {
    running = running.then(async () => {
      const content = contentOf(file)
      if (content === known || content === '') return
      known = content
      await changed()
    })
  }
  await new Promise<void>((done, failed) => {
    const watcher = watch(dirname(resolve(file)), () => {
      clearTimeout(pending)
      pending = setTimeout(look, quiet)
    })
    watcher.once('error', failed)
    process.once('SIGINT', () => {
      watcher.close()
      clearTimeout(pending)
      done()
    })
    ready()
  })
  await running
}
