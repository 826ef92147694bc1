/** Escapes text for use between tags or in an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

type Attributes = Readonly<Record<string, string | number | undefined>>

/** One SVG element as text; children are already escaped markup. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('')
  return children.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${children.join('')}</${name}>`
}

/** A text element; the text is escaped here. */
export function label(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element('text', { x: round(x), y: round(y), ...attributes }, escapeXml(text))
}

/** Coordinates to a hundredth of a pixel: smaller files, stable golden pictures. */
export function round(value: number): number {
  return Math.round(value * 100) / 100
}
