import { drawingOf } from '../../../src/draw/plot-solution.ts'
import { drawPfd } from '../../../src/draw/pfd.ts'
import type { Solution } from '../../../src/scenario/index.ts'

/** Pixels of the picture for each of the drawing. */
const density = 2

/** The plant on one sheet with its title block, as the terminal draws it: saved or printed. */
export async function exportSheet(solution: Solution, way: 'svg' | 'png' | 'print'): Promise<void> {
  const svg = await drawPfd(drawingOf(solution, new Date().toISOString().slice(0, 10)))
  const file = `${solution.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${way}`
  if (way === 'svg') save(new Blob([svg], { type: 'image/svg+xml' }), file)
  else if (way === 'png') save(await painted(svg), file)
  else printed(svg, solution.title)
}

/** Hands a file to the browser's downloads. */
function save(blob: Blob, file: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = file
  link.click()
  // The download has its own hold on the data once it started.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

async function painted(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  const image = new Image()
  image.src = url
  await image.decode()
  const surface = document.createElement('canvas')
  surface.width = Math.ceil(image.width * density)
  surface.height = Math.ceil(image.height * density)
  surface.getContext('2d')?.drawImage(image, 0, 0, surface.width, surface.height)
  URL.revokeObjectURL(url)
  return new Promise((resolve, reject) => {
    surface.toBlob((blob) => {
      if (blob === null) reject(new Error('the browser made no picture'))
      else resolve(blob)
    }, 'image/png')
  })
}

const page = `@page { size: A3 landscape; margin: 8mm }
html, body { margin: 0; height: 100% }
svg { display: block; width: 100%; height: 100vh; margin: auto }`

/** Prints the drawing alone, on A3 on its side, from a frame that is gone afterwards. */
function printed(svg: string, title: string): void {
  document.querySelector('.canvas-print')?.remove()
  const frame = document.createElement('iframe')
  frame.className = 'canvas-print'
  frame.title = `${title}, for printing`
  document.body.append(frame)
  const { contentDocument: inner, contentWindow: view } = frame
  if (inner === null || view === null) throw new Error('the browser gave no frame to print')
  const style = inner.createElement('style')
  style.textContent = page
  inner.head.append(style)
  inner.title = title
  inner.body.innerHTML = svg
  view.addEventListener('afterprint', () => frame.remove())
  view.focus()
  view.print()
}
