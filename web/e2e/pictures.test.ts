import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { pictures, takePictures } from './pictures.ts'
import { launch, serve } from './serve.ts'

const kept = fileURLToPath(new URL('../../docs/images/page/', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'didymium-pictures-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Width and height from the head of a PNG. */
function sizeOf(png: Buffer): readonly [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

it('takes the pictures of the guide, which are those that the guide shows', async () => {
  const wanted = pictures.filter(({ guide }) => guide === true)
  const [served, browser] = await Promise.all([serve(), launch()])
  const look = { width: 1280, height: 800, scheme: 'light' } as const
  const taken: string[] = []
  try {
    taken.push(...(await takePictures(browser, served.url, folder, wanted, [look])))
  } finally {
    await browser.close()
    await served.stop()
  }
  expect(readdirSync(kept).sort()).toEqual([...taken].sort())
  for (const name of taken) {
    const [now, shown] = [readFileSync(join(folder, name)), readFileSync(join(kept, name))]
    expect(sizeOf(now)).toEqual(sizeOf(shown))
    // A page that failed to draw compresses to next to nothing.
    expect(now.length).toBeGreaterThan(0.5 * shown.length)
  }
})
