import { Block } from '../ui/Area.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { Assumptions, Defaults, Gaps, Sources, Warnings } from './Said.tsx'

/** The figures that a decision begins with, how sure they are, and what is not in them. */
export function Overview() {
  return (
    <>
      <Block title="What it costs, what it earns, what it emits">
        <KeyFigures />
      </Block>
      <Block title="Warnings, the worst first">
        <Warnings />
      </Block>
      <Block title="What is not in these figures">
        <Gaps />
      </Block>
      <Block title="Assumptions">
        <Assumptions />
      </Block>
      <Block title="Taken from the data, because the plant file states nothing">
        <Defaults />
      </Block>
      <Block title="Sources of the figures">
        <Sources />
      </Block>
    </>
  )
}
