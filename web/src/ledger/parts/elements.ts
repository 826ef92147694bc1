/** Elements that are shown first where there is no room for all. */
const first = ['Nd', 'Pr', 'Dy', 'Tb', 'Sm', 'Gd', 'Ho', 'Y']

const rank = (element: string) => {
  const at = first.indexOf(element)
  return at < 0 ? first.length : at
}

/** Elements of magnets first, then the others by their symbols. */
export const inOrder = (elements: readonly string[]): readonly string[] =>
  [...elements].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
