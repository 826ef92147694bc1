import { useEffect, useId, useState } from 'react'
import { JobBar } from '../circuit/parts/JobBar.tsx'
import { jobSlot, useJob } from '../circuit/parts/job.ts'
import { useWorkspace, workspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { DesignResult, tasks, WorkbenchChoices } from '../engine/tasks/workbench.ts'
import { DesignAnswer } from './DesignAnswer.tsx'
import { DesignForm, type DesignPath } from './DesignForm.tsx'
import { firstDesign } from './first-design.ts'
import { kept } from './keep.ts'

const useText = kept(firstDesign)
const slot = jobSlot<DesignResult & { readonly of: string }>()

const workbench = () => engine().tasks<typeof tasks>('workbench')

type Read = Awaited<ReturnType<ReturnType<typeof workbench>['readDesign']>>

/** The text as the worker reads it; what cannot be read keeps the form of the text before. */
function useDesign(text: string) {
  const sets = useWorkspace((w) => w.sets)
  const [read, setRead] = useState<Read>({ tree: undefined, findings: [] })
  useEffect(() => {
    let isWanted = true
    void workbench()
      .readDesign({ text, sets })
      .then((found) => {
        if (!isWanted) return
        setRead((old) => ({ ...found, tree: found.tree ?? old.tree }))
      })
    return () => {
      isWanted = false
    }
  }, [text, sets])
  return read
}

interface Props {
  readonly choices: WorkbenchChoices
}

function Text({
  text,
  onText,
  findings,
}: {
  text: string
  onText: (text: string) => void
  findings: Read['findings']
}) {
  const own = useId()
  return (
    <div>
      <div className="parts-field workbench-yaml">
        <label htmlFor={own}>the same as a file, didymium/design@1</label>
        <textarea
          id={own}
          rows={20}
          spellCheck={false}
          value={text}
          aria-invalid={findings.length > 0}
          onChange={(event) => onText(event.target.value)}
        />
      </div>
      {findings.length > 0 && (
        <div className="parts-problems" role="status">
          {findings.slice(0, 8).map((f) => (
            <p key={`${f.line} ${f.column} ${f.message}`}>
              line {f.line}: {f.message}
              {f.expected === '' ? '' : ` (${f.expected})`}
            </p>
          ))}
        </div>
      )}
    </div>
  )
}

/** From a split that is wanted to a circuit, its window and its plant. */
export function DesignView({ choices }: Props) {
  const [text, setText] = useText()
  const { tree, findings } = useDesign(text)
  const job = useJob(slot)
  const write = async (path: DesignPath, written: string) => {
    const next = await workbench().writeDesign({ text, path, written })
    if (next !== undefined) setText(next)
  }
  const run = () => {
    const wish = { text, sets: workspace().sets }
    slot.start(async (client, tell) => {
      const answer = await client.tasks<typeof tasks>('workbench').design(wish, tell)
      return { ...answer, of: text }
    })
  }
  return (
    <div>
      <form
        className="workbench-form"
        aria-label="Design of a split"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <div>
          <DesignForm
            choices={choices}
            tree={tree}
            onWrite={(path, written) => void write(path, written)}
          />
          <JobBar job={job} action="Design" disabled={findings.length > 0} onCancel={slot.cancel} />
        </div>
        <Text text={text} onText={setText} findings={findings} />
      </form>
      {job.state === 'done' && !job.answer.ok && (
        <div className="parts-problems" role="alert">
          {job.answer.problems.map((said) => (
            <p key={said}>{said}</p>
          ))}
        </div>
      )}
      {job.state === 'done' && job.answer.ok && (
        <DesignAnswer
          report={job.answer.report}
          circuits={job.answer.circuits}
          isStale={job.answer.of !== text}
        />
      )}
    </div>
  )
}
