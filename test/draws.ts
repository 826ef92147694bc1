/** True under `npm run soak`, where randomised tests run at their full size. */
export const soaking = process.env['DIDYMIUM_SOAK'] === '1'

/** How many random cases to draw: `full` under `npm run soak`, a twentieth of it in `npm test`. */
export function draws(full: number): number {
  return soaking ? full : Math.ceil(full / 20)
}
