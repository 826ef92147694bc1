import { JobBar } from '../circuit/parts/JobBar.tsx'
import { jobSlot, useJob } from '../circuit/parts/job.ts'
import { useWorkspace, workspace } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'
import type { FitResult, tasks, WorkbenchChoices } from '../engine/tasks/workbench.ts'
import { CheckField, ChoiceField, TextField } from './Field.tsx'
import { FitAnswer } from './FitAnswer.tsx'
import { FitData } from './FitData.tsx'
import { filledTables, firstForm, type FitForm, type TextKey, wishOf } from './fit-wish.ts'
import { kept } from './keep.ts'

const useForm = kept<FitForm>(firstForm)
const slot = jobSlot<FitResult>()

interface Props {
  readonly choices: WorkbenchChoices
  readonly plant: PlantView | null
}

interface FormProps {
  readonly choices: WorkbenchChoices
  readonly form: FitForm
  readonly onForm: (form: FitForm) => void
}

/** Numbers that are freed, and the points of known sets that come along. */
function Along({ choices, form, onForm }: FormProps) {
  const set = (more: Partial<FitForm>) => onForm({ ...form, ...more })
  const alike = choices.sets.filter((s) => s.extractant === form.extractant)
  const free = choices.models.find(({ kind }) => kind === form.model)?.free ?? []
  const toggle = (list: readonly string[], name: string) =>
    list.includes(name) ? list.filter((n) => n !== name) : [...list, name]
  return (
    <>
      {free.length > 0 && (
        <fieldset className="workbench-set">
          <legend>also fitted</legend>
          {free.map(({ name, about }) => (
            <CheckField
              key={name}
              label={`${name}: ${about}`}
              checked={form.free.includes(name)}
              onChange={() => set({ free: toggle(form.free, name) })}
            />
          ))}
        </fieldset>
      )}
      {alike.some((s) => s.points > 0) && (
        <fieldset className="workbench-set">
          <legend>measured points of these sets come along</legend>
          {alike
            .filter((s) => s.points > 0)
            .map(({ id, points, elements }) => (
              <CheckField
                key={id}
                label={`${id}: ${points} points of ${elements.join(', ')}`}
                checked={form.points.includes(id)}
                onChange={() => set({ points: toggle(form.points, id) })}
              />
            ))}
        </fieldset>
      )}
    </>
  )
}

/** Model, elements, and what is fitted. */
function Wishes({ choices, form, onForm }: FormProps) {
  const own = Object.keys(useWorkspace((w) => w.sets))
  const set = (more: Partial<FitForm>) => onForm({ ...form, ...more })
  const write = (key: TextKey) => (text: string) => set({ texts: { ...form.texts, [key]: text } })
  const { sets, models, extractants } = choices
  const alike = sets.filter((s) => s.extractant === form.extractant)
  const bases = alike.filter(({ model }) => model === form.model)
  return (
    <section aria-label="What is fitted">
      <div className="parts-fields">
        <ChoiceField
          label="extractant"
          value={form.extractant}
          options={extractants.map((id) => [id, id] as const)}
          onChange={(extractant) => set({ extractant, points: [], base: '' })}
        />
        <ChoiceField
          label="model"
          value={form.model}
          options={models.map(({ kind }) => [kind, kind] as const)}
          onChange={(model) => set({ model, free: [], base: '' })}
        />
        <TextField
          label="elements (blank: all measured)"
          value={form.texts.elements}
          placeholder="Nd, Pr"
          onChange={write('elements')}
        />
        <ChoiceField
          label="constants of what is not fitted"
          value={form.base}
          options={[
            ['', 'none'],
            ...bases.map(({ id }) => [id, id] as const),
            ...own
              .filter((path) => /\.(ya?ml|json)$/i.test(path))
              .map((path) => [path, path] as const),
          ]}
          onChange={(base) => set({ base })}
        />
      </div>
      <Along {...{ choices, form, onForm }} />
      <Details form={form} write={write} set={set} />
    </section>
  )
}

const details: readonly (readonly [key: TextKey, label: string, example: string])[] = [
  ['fix', 'held at a value', 'power=2.38, Pr.a=-3.2'],
  ['bounds', 'searched within', 'power=1..5, Nd.a=-6..0'],
  ['separation', 'separation factor within', 'Nd/Pr=1.3..1.6'],
  ['protons', 'protons, where not three', 'Zn=2'],
  ['error', 'errors where none is stated', 'D=10%, pH=0.05'],
  ['leastD', 'leave out D below', '0.02'],
  ['leaveOut', 'lines left out', '6-9, 12'],
  ['temperature', 'temperature', '25 degC'],
  ['diluent', 'diluent', 'kerosene'],
  ['medium', 'medium', 'chloride'],
  ['title', 'title of the set', 'ours, 2026'],
]

function Details(props: {
  readonly form: FitForm
  readonly write: (key: TextKey) => (text: string) => void
  readonly set: (more: Partial<FitForm>) => void
}) {
  const { form, write, set } = props
  return (
    <details className="workbench-details">
      <summary>More wishes</summary>
      <div className="parts-fields">
        {details.map(([key, label, example]) => (
          <TextField
            key={key}
            label={label}
            value={form.texts[key]}
            placeholder={example}
            size={20}
            onChange={write(key)}
          />
        ))}
        <ChoiceField
          label="scatter where no error is stated"
          value={form.scatter}
          options={[
            ['common', 'one for all'],
            ['source', 'one a source'],
            ['element', 'one an element'],
          ]}
          onChange={(scatter) => set({ scatter })}
        />
        <CheckField
          label="leave out what the fit finds wild"
          checked={form.leaveOutOutliers}
          onChange={() => set({ leaveOutOutliers: !form.leaveOutOutliers })}
        />
      </div>
    </details>
  )
}

/** From shake-out tests to constants with their errors, and on into the plant. */
export function FitView({ choices, plant }: Props) {
  const [form, setForm] = useForm()
  const job = useJob(slot)
  const run = () => {
    const wish = wishOf(form, workspace().sets)
    slot.start((client, tell) => client.tasks<typeof tasks>('workbench').fit(wish, tell))
  }
  const isEmpty = filledTables(form).length === 0 && form.points.length === 0
  return (
    <div>
      <form
        className="workbench-form"
        aria-label="Fit of shake-out tests"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <FitData form={form} onForm={setForm} />
        <div>
          <Wishes choices={choices} form={form} onForm={setForm} />
          <JobBar job={job} action="Fit" disabled={isEmpty} onCancel={slot.cancel} />
        </div>
      </form>
      {job.state === 'done' && !job.answer.ok && (
        <div className="parts-problems" role="alert">
          {job.answer.problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      {job.state === 'done' && job.answer.ok && (
        <FitAnswer
          fit={job.answer.fit}
          title={job.answer.title}
          rows={job.answer.rows}
          plant={plant}
        />
      )}
    </div>
  )
}
