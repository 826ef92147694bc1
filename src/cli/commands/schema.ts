import {
  appraisalJsonSchema,
  plantJsonSchema,
  solutionJsonSchema,
  transientJsonSchema,
} from '../../scenario/index.ts'
import { exit } from '../io.ts'
import type { Command } from './command.ts'

const schemas: Readonly<Record<string, () => unknown>> = {
  plant: plantJsonSchema,
  solution: solutionJsonSchema,
  transient: transientJsonSchema,
  appraisal: appraisalJsonSchema,
}

export const schema: Command = {
  name: 'schema',
  about: 'Print the JSON Schema of a document kind: plant, solution, transient or appraisal.',
  example: 'didymium schema plant > plant.schema.json',
  declare: (parser) => {
    parser.argument('<kind>', `one of: ${Object.keys(schemas).join(', ')}`)
  },
  action: ([kind = ''], _options, io) => {
    const make = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined
    if (make === undefined) {
      io.err(`no document kind "${kind}"; one of: ${Object.keys(schemas).join(', ')}`)
      return exit.input
    }
    io.out(JSON.stringify(make(), null, 2))
    return exit.done
  },
}
