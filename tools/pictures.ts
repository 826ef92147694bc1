/**
 * `npm run pictures`: takes the pictures of the guide in a real browser, from the built program.
 * With a folder, every view in every size and both themes, to be looked at.
 */
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pictures, takePictures, type Look } from '../web/e2e/pictures.ts'
import { launch, serve } from '../web/e2e/serve.ts'
import { build } from './build.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = process.argv[2]

const sizes = [
  [1280, 800],
  [1920, 1080],
  [820, 1180],
] as const
const every: readonly Look[] = sizes.flatMap(([width, height]) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, height, scheme })),
)
const ofGuide: Look = { width: 1280, height: 800, scheme: 'light' }

await build(join(root, 'dist'))
const served = await serve()
const browser = await launch()
try {
  const taken =
    folder === undefined
      ? await takePictures(
          browser,
          served.url,
          join(root, 'docs/images/page'),
          pictures.filter(({ guide }) => guide === true),
          [ofGuide],
        )
      : await takePictures(browser, served.url, resolve(folder), pictures, every)
  process.stdout.write(`${taken.join('\n')}\n`)
} finally {
  await browser.close()
  await served.stop()
}
