import type { ReconcileProblem, ReconcileResult } from './types.ts'

/** Weighted least squares. */
export function reconcile(problem: ReconcileProblem): ReconcileResult {
  return { outcome: 'singular', constraint: '', detail: `${problem.variables.length} not yet` }
}
