/** Unsaved text, kept in the browser so that a closed tab loses nothing. */
interface Kept {
  readonly file: string
  readonly text: string
  /** The text that it was edited from. */
  readonly from: string
}

const place = 'didymium/unsaved/'

/** Keeps unsaved text of a file, or forgets it once it is saved. */
export function keepUnsaved({ file, text, from }: Kept): void {
  try {
    if (text === from) localStorage.removeItem(place + file)
    else localStorage.setItem(place + file, JSON.stringify({ file, text, from }))
  } catch {
    // No room, or storage switched off: the text is still on the page.
  }
}

/** Unsaved text of a file that was edited from that very text; undefined where there is none. */
export function unsavedOf(file: string, from: string): string | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place + file) ?? 'null')
    if (typeof kept !== 'object' || kept === null || !('text' in kept) || !('from' in kept)) {
      return undefined
    }
    return kept.from === from && typeof kept.text === 'string' ? kept.text : undefined
  } catch {
    return undefined
  }
}
