/** How uncertainties are written, for people. */
export const spreadForms =
  '± 0.4 %, x 0.8..1.3 (P10..P90), x 0.8..1..1.3 or 8..10..15 % (triangular), 8..15 % (uniform), fixed'

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const forms = [
  /^fixed$/,
  new RegExp(String.raw`^(?:±|\+\/-|\+-)\s*${number}(?:\D.*)?$`, 's'),
  new RegExp(String.raw`^[x×*]\s*${number}(?:\.\.${number}){1,2}$`),
]
const edge = new RegExp(String.raw`^\s*${number}(?![\d.])`)

/** Whether a text is written as an uncertainty is, whatever number it is of. */
export function isSpread(text: string): boolean {
  const written = text.trim()
  if (forms.some((form) => form.test(written))) return true
  const parts = written.split('..')
  return (parts.length === 2 || parts.length === 3) && parts.every((part) => edge.test(part))
}
