import type { Parameter } from '../../../src/scenario/study/parameters.ts'
import type { TextNode, TreeNode } from '../../../src/scenario/yaml-tree.ts'

/** Where a parameter stands in the text of its plant; undefined for constants of sets. */
export function textPathOf({ place }: Parameter): readonly (string | number)[] | undefined {
  if (place.of === 'economics') {
    return ['economics', ...(place.path.at(-1) === 'amount' ? place.path.slice(0, -1) : place.path)]
  }
  if (place.of !== 'unit') return undefined
  // The value of an assay is written without the word: `Nd: 22.8 ± 0.3 %`.
  const path = place.path.at(-1) === 'value' ? place.path.slice(0, -1) : place.path
  return ['units', place.unit, ...path]
}

/** The text at a path of a tree; undefined where nothing is written, or no text. */
export function writtenAt(
  tree: TreeNode,
  path: readonly (string | number)[],
): TextNode | undefined {
  let node: TreeNode | undefined = tree
  for (const part of path) {
    if (node?.kind === 'map') node = node.entries.get(String(part))?.value
    else if (node?.kind === 'list') node = node.items[Number(part)]
    // A single text stands for a list of one.
    else if (node?.kind !== 'text' || part !== 0) return undefined
  }
  // `{ value: 15 USD/kg, assumption: ... }` is one value with what is said about it.
  if (node?.kind === 'map') node = node.entries.get('value')?.value
  return node?.kind === 'text' && (node.quoted || node.text !== '') ? node : undefined
}
