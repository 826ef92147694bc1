/**
 * One colour per element in every picture: the Okabe-Ito colour-blind-safe set for the magnet
 * elements, extended in lightness for the other rare earths, greys for impurities.
 */
const colours: Readonly<Record<string, string>> = {
  Nd: '#0072b2',
  Pr: '#56b4e9',
  Dy: '#d55e00',
  Tb: '#e69f00',
  Sm: '#009e73',
  Gd: '#cc79a7',
  Ho: '#8c3b00',
  Y: '#8a8500',
  La: '#004a73',
  Ce: '#2f7ea8',
  Eu: '#00664b',
  Er: '#7a4a66',
  Tm: '#5c5c00',
  Yb: '#4d6b00',
  Lu: '#2e4d00',
  Sc: '#a34d7d',
}
const greys = ['#4a4f55', '#6b7178', '#8a9097', '#3a3f45', '#7b8188', '#5a6067'] as const

const magnetFirst = ['Nd', 'Pr', 'Dy', 'Tb', 'Sm', 'Gd', 'Ho', 'Y', 'La', 'Ce', 'Eu']

/** The colour of an element, the same in every chart. */
export function elementColour(symbol: string): string {
  const index = symbol.charCodeAt(0) + (symbol.length > 1 ? symbol.charCodeAt(1) : 0)
  return colours[symbol] ?? greys[index % greys.length] ?? greys[0]
}

/** Magnet elements first, then the other rare earths, then impurities in alphabetical order. */
export function elementOrder(symbols: readonly string[]): string[] {
  const place = (symbol: string) => {
    const index = magnetFirst.indexOf(symbol)
    return index >= 0 ? index : symbol in colours ? magnetFirst.length : magnetFirst.length + 1
  }
  return [...symbols].sort((a, b) => place(a) - place(b) || a.localeCompare(b))
}

/** Line styles of the phases: never by colour alone. */
export const phaseLines = {
  solid: { colour: '#7a4a1e', width: 2.6, dash: undefined },
  aqueous: { colour: '#1f5fa8', width: 1.5, dash: undefined },
  organic: { colour: '#b57400', width: 1.5, dash: '7 2' },
  gas: { colour: '#7b8188', width: 1.2, dash: '3 3' },
} as const

export const ink = '#1b1f24'
export const paper = '#fdfdfc'
/** Text of the second rank; 4.5 to 1 on paper. */
export const quiet = '#5a6067'
export const faint = '#c9cdd2'
