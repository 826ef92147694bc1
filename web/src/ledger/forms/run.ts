import { useState } from 'react'
import { recorded } from '../asked.ts'
import { send, type Trouble } from '../client.ts'
import type { CommandAnswer } from '../said.ts'
import type { Wrongs } from './Fields.tsx'

/** How far a command is: nothing yet, under way, shown before it is done, done, refused. */
export type Run =
  | { readonly stage: 'none' }
  | { readonly stage: 'waiting' }
  | { readonly stage: 'preview' | 'done'; readonly answer: CommandAnswer }
  | { readonly stage: 'refused'; readonly trouble: Trouble }

export interface Runner {
  readonly run: Run
  /** Asks what would be recorded; records nothing. */
  readonly preview: (input: unknown) => Promise<void>
  /** Does it; true when it was accepted. */
  readonly act: (input: unknown) => Promise<boolean>
  readonly forget: () => void
}

const urlOf = (name: string) => `api/ledger/commands/${encodeURIComponent(name)}`

/** Runs one command, at first for show where that is asked for. */
export function useRunner(name: string): Runner {
  const [run, setRun] = useState<Run>({ stage: 'none' })
  const ask = async (input: unknown, isPreview: boolean) => {
    setRun({ stage: 'waiting' })
    const path = isPreview ? `${urlOf(name)}?preview=1` : urlOf(name)
    const answer = await send<CommandAnswer>('POST', path, input ?? {})
    if (!answer.ok) setRun({ stage: 'refused', trouble: answer })
    else setRun({ stage: isPreview ? 'preview' : 'done', answer: answer.value })
    if (answer.ok && !isPreview) recorded()
    return answer.ok
  }
  return {
    run,
    preview: async (input) => {
      await ask(input, true)
    },
    act: (input) => ask(input, false),
    forget: () => setRun({ stage: 'none' }),
  }
}

/** What is wrong with which field; the paths of the server begin at the input. */
export function wrongsOf(run: Run): Wrongs {
  if (run.stage !== 'refused') return new Map()
  return new Map(
    run.trouble.problems.map(({ path, message, expected }) => [
      path.replace(/^(?:body|input)\.?/, '').replace(/\[(\d+)\]/g, '.$1'),
      expected === '' ? message : `${message}: ${expected}`,
    ]),
  )
}
