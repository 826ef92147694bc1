/** What a worker thread loads: the built module, or from the sources what can read them. */
export function entry(): string {
  const here = import.meta.url
  return new URL(here.endsWith('.ts') ? './from-source.mjs' : './task.js', here).href
}
