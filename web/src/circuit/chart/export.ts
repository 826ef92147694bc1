/** What of the look of an SVG element a file must carry along. */
const carried = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
] as const

/** What every program takes for granted: not written. */
const usual: Readonly<Record<string, string>> = {
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'font-weight': '400',
  'text-anchor': 'start',
  'paint-order': 'normal',
}

/** Any CSS colour as a hex triple, which every program reads. */
function plainColour(context: CanvasRenderingContext2D, colour: string): string {
  if (colour === 'none' || colour === '' || colour.startsWith('url')) return colour
  context.clearRect(0, 0, 1, 1)
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data
  if (a === 0) return 'none'
  return `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** The chart on the page as SVG text that stands alone, in the light colours of paper. */
export function svgText(shown: SVGSVGElement): string {
  const room = document.createElement('div')
  room.style.cssText = 'position:absolute;left:-99999px;top:0;color-scheme:light'
  room.className = 'chart-export'
  const copy = shown.cloneNode(true) as SVGSVGElement
  room.append(copy)
  shown.ownerDocument.body.append(room)
  try {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    for (const cursor of copy.querySelectorAll('.chart-cursor')) cursor.remove()
    for (const element of copy.querySelectorAll<SVGElement>('*')) {
      const style = getComputedStyle(element)
      for (const name of carried) {
        const value = style.getPropertyValue(name)
        if (value === '' || value === 'auto' || value === usual[name]) continue
        const isColour = name === 'fill' || name === 'stroke'
        element.setAttribute(
          name,
          isColour && context !== null ? plainColour(context, value) : value,
        )
      }
    }
    for (const element of copy.querySelectorAll('[class], [style]')) {
      element.removeAttribute('class')
      element.removeAttribute('style')
    }
    copy.removeAttribute('class')
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    return new XMLSerializer().serializeToString(copy)
  } finally {
    room.remove()
  }
}

/** The chart as a PNG at twice the size that it has on the page. */
export async function pngOf(shown: SVGSVGElement): Promise<Blob> {
  const { width, height } = shown.viewBox.baseVal
  const image = new Image()
  const address = URL.createObjectURL(new Blob([svgText(shown)], { type: 'image/svg+xml' }))
  try {
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 2 * width
    canvas.height = 2 * height
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob === null ? fail(new Error('no picture')) : done(blob)))
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Hands a file to the browser to keep. */
export function download(name: string, content: Blob | string, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}
