import { useEffect, useRef } from 'react'
import type { EditorView } from '@codemirror/view'
import { select, useWorkspace, workspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import { makeEditor, showFindings, showStretch, showText } from './editor.ts'
import { lineOfSelected, writtenAtLine } from './outline.ts'
import { onPlace } from './place.ts'
import './text.css'

let schema: Promise<Readonly<Record<string, unknown>>> | undefined
const plantSchema = () => (schema ??= engine().schema())

/** The plant file itself, edited as text; the same document as everything else on the page. */
export function TextPane() {
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const text = useWorkspace((w) => w.text)
  const findings = useWorkspace((w) => (w.state === 'refused' ? w.findings : none))
  const selected = useWorkspace((w) => w.selected)
  useEffect(() => {
    if (parent.current === null) return undefined
    const editor = makeEditor({ parent: parent.current, schema: plantSchema, onLine: selectLine })
    view.current = editor
    const stop = onPlace(([from, to]) => showStretch(editor, from, to))
    return () => {
      stop()
      editor.destroy()
      view.current = null
    }
  }, [])
  useEffect(() => {
    if (view.current !== null) showText(view.current, text)
  }, [text])
  useEffect(() => {
    if (view.current !== null) showFindings(view.current, findings)
  }, [findings])
  useEffect(() => {
    if (view.current !== null && selected !== null) showSelected(view.current)
  }, [selected])
  return <div className="text-pane" ref={parent} />
}

const none = [] as const

/** The cursor selects the unit or stream that it stands in. */
function selectLine(line: number): void {
  const { plant, text, state } = workspace()
  if (plant === null || state === 'refused') return
  const found = writtenAtLine(plant, text, line)
  if (found !== undefined) select(found)
}

/** What is selected elsewhere is shown in the text, unless the person is writing there. */
function showSelected(view: EditorView): void {
  const { plant, selected } = workspace()
  if (plant === null || selected === null || view.hasFocus) return
  const line = lineOfSelected(plant, selected)
  if (line === undefined || line > view.state.doc.lines) return
  const { from, to } = view.state.doc.line(line)
  showStretch(view, from, to)
}
