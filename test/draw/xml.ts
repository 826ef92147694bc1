/**
 * What is wrong with a text as XML, strictly: one root, tags nested and closed, attributes quoted
 * and named once, no bare `<` or `&`, no control characters. For SVG: no DOCTYPE.
 */
export function wellFormed(text: string): string[] {
  const wrong: string[] = []
  const open: string[] = []
  const name = '[A-Za-z_][\\w.:-]*'
  const attribute = `\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`
  const pieces = [
    '<!\\[CDATA\\[[\\s\\S]*?\\]\\]>',
    '<!--(?:(?!--)[\\s\\S])*-->',
    '<\\?[\\s\\S]*?\\?>',
    `<(/?)(${name})((?:${attribute})*)\\s*(/?)>`,
    '[^<]+',
    '<',
  ]
  const token = new RegExp(pieces.join('|'), 'g')
  const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)/
  const held = (code: number) => code >= 0x20 || code === 0x9 || code === 0xa || code === 0xd
  if (!Array.from(text).every((letter) => held(letter.codePointAt(0) ?? 0))) {
    wrong.push('a control character')
  }
  let roots = 0
  for (const match of text.matchAll(token)) {
    const [whole, closing, tag, attributes = '', empty] = match
    if (whole === '<') wrong.push(`a bare < at ${match.index}`)
    if (tag === undefined) {
      if (!whole.startsWith('<') && entity.test(whole)) wrong.push(`a bare & at ${match.index}`)
      if (!whole.startsWith('<') && open.length === 0 && whole.trim() !== '') {
        wrong.push(`text outside the root at ${match.index}`)
      }
      continue
    }
    if (entity.test(attributes)) wrong.push(`a bare & in <${tag}>`)
    const quoted = attributes.replaceAll(/"[^"]*"|'[^']*'/g, '""')
    const own = [...quoted.matchAll(new RegExp(`(${name})\\s*=`, 'g'))].map((m) => m[1])
    if (new Set(own).size !== own.length) wrong.push(`an attribute twice in <${tag}>`)
    if (closing === '/') {
      if (attributes !== '' || empty === '/') wrong.push(`</${tag}> with attributes`)
      const last = open.pop()
      if (last !== tag) wrong.push(`</${tag}> closes <${last}>`)
      continue
    }
    if (open.length === 0) roots++
    if (empty !== '/') open.push(tag)
  }
  if (open.length > 0) wrong.push(`not closed: ${open.join(' ')}`)
  if (roots !== 1) wrong.push(`${roots} roots`)
  return wrong
}
