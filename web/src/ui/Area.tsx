import type { ReactNode } from 'react'
import { href, type Page } from '../app/router.ts'
import './area.css'

interface AreaProps<Section extends string> {
  readonly title: string
  readonly page: Page
  /** Each with its title, in the order of the tabs. */
  readonly sections: readonly (readonly [id: Section, title: ReactNode])[]
  readonly section: Section
  /** Between the title and the tabs: how what is shown stands to the saved state. */
  readonly legend?: ReactNode
  /** A class of the page's own. */
  readonly className?: string
  readonly children: ReactNode
}

/** A page in sections, one at a time; the section stands in the address. */
export function Area<Section extends string>({
  title,
  page,
  sections,
  section,
  legend,
  className = '',
  children,
}: AreaProps<Section>) {
  return (
    <div className={`area ${className}`.trim()}>
      <header className="area-head">
        <h1 className="area-title">{title}</h1>
        {legend}
        <nav aria-label={title} className="area-tabs">
          {sections.map(([id, name]) => (
            <a
              key={id}
              href={href(page, id)}
              aria-current={id === section ? 'page' : undefined}
              className="area-tab"
            >
              {name}
            </a>
          ))}
        </nav>
      </header>
      <div className="area-body">{children}</div>
    </div>
  )
}

/** A part of a page with its title. */
export function Block({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section className="area-block">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
