/** A whole number from 0 to below `below`. */
export type RandomSource = (below: number) => number

/** Fragments that are likely to trip a reader. */
const splinters = [
  '\t',
  ':',
  ': ',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*a',
  '!!js/function ',
  '!',
  '|',
  '>',
  '"',
  "'",
  '#',
  '%',
  '@',
  '`',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\uD800',
  '-1',
  '0',
  '1e999',
  '.nan',
  '1e-400',
  '±',
  '-> ',
  '.',
  '..',
  '[0]',
  '__proto__: 1\n',
  'constructor',
  '---\n',
  '...\n',
  '<<: *a\n',
  '999999999999999999999',
  '% %',
  'null',
  'true',
  '~',
  '\r',
  '\r\n',
  '  ',
  '\n',
  '\n\n  ',
]

/** A text with one to six damages: lines lost, doubled or swapped, characters, splinters, cuts. */
export function mutate(text: string, random: RandomSource): string {
  let current = text
  for (let times = 1 + random(6); times > 0; times--) current = damaged(current, random)
  return current
}

function damaged(text: string, random: RandomSource): string {
  const lines = text.split('\n')
  const at = random(lines.length)
  const other = random(lines.length)
  const place = random(text.length + 1)
  switch (random(11)) {
    case 0:
      return lines.filter((_, i) => i !== at).join('\n')
    case 1:
      return lines.flatMap((line, i) => (i === at ? [line, line] : [line])).join('\n')
    case 2: {
      const swapped = [...lines]
      swapped[at] = lines[other] ?? ''
      swapped[other] = lines[at] ?? ''
      return swapped.join('\n')
    }
    case 3:
      return text.slice(0, place)
    case 4:
      return text.slice(0, place) + text.slice(place + 1 + random(12))
    case 5:
      return text.slice(0, place) + String.fromCharCode(32 + random(95)) + text.slice(place + 1)
    case 6: {
      const indent = lines.map((line, i) =>
        i === at ? ' '.repeat(random(8)) + line.trimStart() : line,
      )
      return indent.join('\n')
    }
    case 7: {
      const words = text.match(/[\w.-]+/g) ?? ['']
      const word = words[random(words.length)] ?? ''
      return text.slice(0, place) + word + text.slice(place)
    }
    case 8: {
      const digits = [...text.matchAll(/\d+(?:\.\d+)?/g)]
      const match = digits[random(digits.length)]
      if (match === undefined) return text
      const value = ['0', '-1', '1e6', '1e-6', '1e308', '0.5', '10000'][random(7)] ?? ''
      return text.slice(0, match.index) + value + text.slice(match.index + match[0].length)
    }
    case 9:
      return text.slice(0, place) + text.slice(random(text.length + 1))
    default:
      return text.slice(0, place) + (splinters[random(splinters.length)] ?? '') + text.slice(place)
  }
}
