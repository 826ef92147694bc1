import { useEffect, useRef, useState, type ReactNode } from 'react'

interface MenuProps {
  readonly name: string
  readonly icon: ReactNode
  /** The words beside the icon; the name alone where there is room for none. */
  readonly text?: string
  readonly children: ReactNode
}

/** A button that shows a few more buttons; Esc, a click outside or a choice closes it. */
export function Menu({ name, icon, text, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return undefined
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    window.addEventListener('pointerdown', onPress)
    return () => window.removeEventListener('pointerdown', onPress)
  }, [isOpen])
  return (
    <div
      className="menu"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
        button.current?.focus()
      }}
    >
      <button
        type="button"
        className="button-quiet"
        ref={button}
        aria-expanded={isOpen}
        aria-label={name}
        title={name}
        onClick={() => setOpen(!isOpen)}
      >
        {icon}
        {text}
      </button>
      {isOpen ? (
        <div className="menu-list" onClick={() => setOpen(false)}>
          {children}
        </div>
      ) : null}
    </div>
  )
}
