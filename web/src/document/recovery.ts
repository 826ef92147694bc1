/** Unsaved text, kept in the browser so that a closed tab loses nothing. */
interface Kept {
  readonly file: string
  readonly text: string
  /** The text that it was edited from. */
  readonly from: string
}

const place = 'didymium/unsaved/'

/**
 * Keeps unsaved text of a file. Once it is saved it is forgotten, but not what another tab keeps of
 * the same file as it was edited from another text.
 */
export function keepUnsaved({ file, text, from }: Kept): void {
  try {
    if (text !== from) localStorage.setItem(place + file, JSON.stringify({ file, text, from }))
    else if (unsavedOf(file, from) !== undefined) localStorage.removeItem(place + file)
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
