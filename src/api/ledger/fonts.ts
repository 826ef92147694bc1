import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The two faces of the print, from the package that carries them. */
export function fonts() {
  const { resolve } = createRequire(import.meta.url)
  const face = (name: string) => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))
  return { regular: face('DejaVuSansCondensed'), bold: face('DejaVuSansCondensed-Bold') }
}
