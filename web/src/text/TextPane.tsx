/** The plant file itself. */
export function TextPane() {
  return <p className="app-empty">…</p>
}
