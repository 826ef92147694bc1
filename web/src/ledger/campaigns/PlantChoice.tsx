import { useFiles } from '../../document/files.ts'
import { Asked } from '../parts/pieces.tsx'

/** A choice among the plant files of the server. */
export function PlantChoice({
  label,
  none,
  chosen,
  onChoose,
}: {
  readonly label: string
  /** What stands for none of them. */
  readonly none: string
  readonly chosen: string
  readonly onChoose: (name: string) => void
}) {
  const plants = useFiles((f) => f.plants)
  return (
    <Asked label={label}>
      {(id) => (
        <select id={id} value={chosen} onChange={(event) => onChoose(event.target.value)}>
          <option value="">{none}</option>
          {plants.map(({ name, title }) => (
            <option key={name} value={name}>
              {title === '' ? name : title}
            </option>
          ))}
        </select>
      )}
    </Asked>
  )
}
