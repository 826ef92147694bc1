import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useWorkspace } from '../document/store.ts'
import { findables, found, type Findable } from './find.ts'
import { setLayout } from './layout.ts'

interface PaletteProps {
  readonly among: 'all' | 'plant'
  readonly onClose: () => void
}

/** Finds any unit, stream, parameter, page or action by a few letters. */
export function Palette({ among, onClose }: PaletteProps) {
  const plant = useWorkspace((w) => w.plant)
  const [question, setQuestion] = useState('')
  const [at, setAt] = useState(0)
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const all = useMemo(() => findables(plant, among), [plant, among])
  const shown = useMemo(() => found(all, question), [all, question])
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    const isSearch = question.trim() !== ''
    setLayout({ found: isSearch ? shown.filter(isInPlant).map(({ name }) => name) : [] })
    return () => setLayout({ found: [] })
  }, [shown, question])
  const choose = (item: Findable | undefined) => {
    if (item === undefined) return
    onClose()
    item.act()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((at + step + shown.length) % Math.max(1, shown.length))
    else if (event.key === 'Enter') choose(shown[at])
    else return
    event.preventDefault()
  }
  const what = among === 'plant' ? 'unit or stream' : 'unit, stream, parameter, page or action'
  return (
    <dialog
      className="palette"
      ref={dialog}
      aria-label={`Find a ${what}`}
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => (event.target === dialog.current ? onClose() : undefined)}
    >
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        aria-label={`Find a ${what}`}
        placeholder={`Find a ${what}`}
        value={question}
        onChange={(event) => {
          setQuestion(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
        autoFocus
      />
      <ul role="listbox" id={`${id}-list`} aria-label="Found">
        {shown.map((item, index) => (
          <Row
            key={item.id}
            id={`${id}-${index}`}
            item={item}
            isAt={index === at}
            onChoose={choose}
          />
        ))}
      </ul>
      {shown.length === 0 ? <p className="app-empty">Nothing of that name.</p> : null}
    </dialog>
  )
}

const isInPlant = ({ kind }: Findable) => kind === 'unit' || kind === 'stream'

interface RowProps {
  readonly id: string
  readonly item: Findable
  readonly isAt: boolean
  readonly onChoose: (item: Findable) => void
}

function Row({ id, item, isAt, onChoose }: RowProps) {
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isAt) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isAt])
  return (
    <li ref={row} id={id} role="option" aria-selected={isAt} onClick={() => onChoose(item)}>
      <span className="palette-kind">{item.kind}</span>
      <span className="palette-name">{item.name}</span>
      <span className="palette-about">{item.about}</span>
    </li>
  )
}
