import type { Params } from '../../flowsheet/fields.ts'
import type { Findings, Position } from '../findings.ts'
import { suggest } from '../suggest.ts'
import { clip } from '../yaml-tree.ts'
import type { riskFields } from './fields.ts'
import { isSpread, spreadForms } from './spread-text.ts'

type Path = readonly string[]

/** Factors that past prices give where the model is `history`. */
export const pastFactors = ['didymium', 'heavy'] as const

/**
 * What is wrong in the `risk` block that can be seen before the plant is solved; `at` finds the
 * place of a path below the block.
 */
export function checkRisk(
  risk: Params<typeof riskFields>,
  at: (path: Path) => Position,
  findings: Findings,
): void {
  const spreads: readonly (readonly [Path, string])[] = [
    ...Object.entries(risk.inputs ?? {}).map(([path, text]) => [['inputs', path], text] as const),
    ...(['capital', 'output', 'delay'] as const).map((key) => [[key], risk[key]] as const),
  ]
  for (const [path, text] of spreads) {
    if (isSpread(text) || (path[0] === 'capital' && text === 'class')) continue
    const forms = path[0] === 'capital' ? `class, ${spreadForms}` : spreadForms
    findings.add(at(path), 'spread', `"${clip(text)}" is no uncertainty`, forms)
  }
  const { model, factors = {}, follows = {}, policy } = risk.prices
  const known = [...(model === 'history' ? pastFactors : []), ...Object.keys(factors)]
  const strange = (path: Path, used: Readonly<Record<string, unknown>>) => {
    for (const name of Object.keys(used)) {
      if (known.includes(name)) continue
      const message = `no price factor "${clip(name)}"`
      findings.add(at([...path, name]), 'price-factor', message, suggest(name, known))
    }
  }
  for (const [price, powers] of Object.entries(follows))
    strange(['prices', 'follows', price], powers)
  if (policy === undefined) return
  strange(['prices', 'policy', 'moves'], policy.moves ?? {})
  if (policy.p10 >= policy.p90) {
    const message = `p10 ${policy.p10} is not below p90 ${policy.p90}`
    findings.add(at(['prices', 'policy', 'p10']), 'order', message, 'p10 below p90')
  }
}
