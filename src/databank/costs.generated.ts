// Written by tools/databank.ts from data/; do not edit.
const texts: Readonly<Record<string, string>> = {
  'sources/economics.json': '{}',
}
/** The files of prices and factors by path, as `data/` holds them. */
export const costFiles = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(texts).map(([path, text]) => [path, JSON.parse(text) as unknown]),
  )
