import { autocompletion, completionKeymap, type CompletionContext } from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint'
import {
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
} from '@codemirror/search'
import { Annotation, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { redo, setText, undo, workspace } from '../document/store.ts'
import { spliceBetween } from '../document/splice.ts'
import type { Finding } from '../../../src/scenario/index.ts'
import { offersAt } from './complete.ts'
import { contextAt } from './context.ts'

/** Marks a change that came from elsewhere: it is shown, not written back. */
const fromOutside = Annotation.define<boolean>()

/** Edits closer together than this are one step of undo, ms. */
const pause = 1000

interface EditorOptions {
  readonly parent: HTMLElement
  readonly schema: () => Promise<Readonly<Record<string, unknown>>>
  /** The person moved the cursor to a line, from 1. */
  readonly onLine: (line: number) => void
}

/** The editor of the plant file. The document's own undo is used, so both views undo alike. */
export function makeEditor({ parent, schema, onLine }: EditorOptions): EditorView {
  let typed = 0
  let gesture = 0
  const own = keymap.of([
    { key: 'Mod-z', run: did(undo), preventDefault: true },
    { key: 'Mod-Shift-z', run: did(redo), preventDefault: true },
    { key: 'Mod-y', run: did(redo), preventDefault: true },
    { key: 'Mod-f', run: openSearchPanel, preventDefault: true },
  ])
  const written = EditorView.updateListener.of((update) => {
    const isOutside = update.transactions.some((t) => t.annotation(fromOutside) === true)
    if (update.docChanged && !isOutside) {
      const now = Date.now()
      if (now - typed > pause) gesture++
      typed = now
      setText(update.state.doc.toString(), `typing ${gesture}`)
    }
    if ((update.selectionSet || update.docChanged) && !isOutside && update.view.hasFocus) {
      onLine(update.state.doc.lineAt(update.state.selection.main.head).number)
    }
  })
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: workspace().text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        drawSelection(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        yaml(),
        syntaxHighlighting(colours),
        autocompletion({ override: [(context) => completions(context, schema)] }),
        own,
        keymap.of([...completionKeymap, ...searchKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': 'Text of the plant', tabindex: '0' }),
        look,
        written,
      ],
    }),
  })
}

const did = (act: () => void) => () => {
  act()
  return true
}

/** Brings the editor to a text that was changed elsewhere, touching only what differs. */
export function showText(view: EditorView, text: string): void {
  const splice = spliceBetween(view.state.doc.toString(), text)
  if (splice === undefined) return
  const { at, removed, inserted } = splice
  view.dispatch({
    changes: { from: at, to: at + removed.length, insert: inserted },
    annotations: fromOutside.of(true),
  })
}

/** Draws findings under their lines, with what would be right. */
export function showFindings(view: EditorView, findings: readonly Finding[]): void {
  const { doc } = view.state
  const diagnostics = findings.map(({ line, column, message, expected }): Diagnostic => {
    const at = doc.line(Math.min(Math.max(1, line), doc.lines))
    const from = Math.min(at.from + Math.max(0, column - 1), at.to)
    const text = at.text
      .slice(from - at.from)
      .replace(/\s+#.*$/, '')
      .trimEnd()
    const said = expected === '' ? message : `${message}\nExpected: ${expected}`
    return { from, to: Math.max(from, from + text.length), severity: 'error', message: said }
  })
  view.dispatch(setDiagnostics(view.state, diagnostics))
}

/** Shows a stretch of the text, selected, without taking the focus. */
export function showStretch(view: EditorView, from: number, to: number): void {
  const end = view.state.doc.length
  view.dispatch({
    selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
    effects: EditorView.scrollIntoView(Math.min(from, end), { y: 'center' }),
    annotations: fromOutside.of(true),
  })
}

async function completions(context: CompletionContext, schema: EditorOptions['schema']) {
  const at = contextAt(context.state.doc.toString(), context.pos)
  if (!context.explicit && at.word === '' && at.key === undefined) return null
  const isPort = at.path[0] === 'streams' && at.key !== undefined
  const from = isPort ? context.pos - (/[\w.-]*$/.exec(at.word)?.[0].length ?? 0) : at.from
  const offers = offersAt(at, await schema(), workspace().plant)
  return {
    from,
    validFor: /^[\w.-]*$/,
    options: offers.map(({ text, insert, about, kind }) => ({
      label: text,
      apply: insert,
      ...(about === '' ? {} : { info: about }),
      type: kind === 'key' ? 'property' : 'enum',
    })),
  }
}

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: tags.definition(tags.propertyName), color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.propertyName, color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--phase-aqueous)' },
  { tag: tags.content, color: 'var(--phase-aqueous)' },
  { tag: tags.punctuation, color: 'var(--quiet)' },
])

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--paper)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '13px', lineHeight: '1.5' },
  '.cm-gutters': {
    backgroundColor: 'var(--sunken)',
    color: 'var(--quiet)',
    borderRight: '1px solid var(--hairline)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--sunken)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--quiet)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--warn-soft)' },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    borderColor: 'var(--hairline)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink)',
  },
  '.cm-completionInfo': { maxWidth: '320px' },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap', borderLeftColor: 'var(--bad)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)' },
})
