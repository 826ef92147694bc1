import { saveFile } from '../streams/download.ts'

const carried = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'opacity',
] as const

/** A chart as SVG text that stands alone: what the style sheets say is written into it. */
function standing(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement
  const from = [chart, ...chart.querySelectorAll('*')]
  const to = [copy, ...copy.querySelectorAll('*')]
  for (const [k, element] of from.entries()) {
    const style = getComputedStyle(element)
    const text = carried.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')
    to[k]?.setAttribute('style', text)
  }
  const { width, height } = chart.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', `${width}`)
  copy.setAttribute('height', `${height}`)
  const paper = getComputedStyle(document.documentElement).getPropertyValue('background-color')
  const body = getComputedStyle(document.body).getPropertyValue('background-color')
  copy.style.background = body === 'rgba(0, 0, 0, 0)' ? paper : body
  return new XMLSerializer().serializeToString(copy)
}

export function saveSvg(chart: SVGSVGElement, name: string): void {
  saveFile(`${name}.svg`, new Blob([standing(chart)], { type: 'image/svg+xml' }))
}

/** The chart as a picture, twice as fine as on the screen. */
export async function savePng(chart: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = chart.getBoundingClientRect()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standing(chart))}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * width
  canvas.height = 2 * height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no pictures')
  context.fillStyle = getComputedStyle(document.body).getPropertyValue('background-color')
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const made = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png')
  })
  if (made !== null) saveFile(`${name}.png`, made)
}
