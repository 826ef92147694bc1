import { newPlant } from '../../scenario/index.ts'
import { exit, writeFile } from '../io.ts'
import type { Command } from './command.ts'

export const newPlantCommand: Command = {
  name: 'new',
  about: 'Write a small commented plant that solves, to start from.',
  example: 'didymium new my-plant.yaml',
  declare: (parser) => {
    parser.argument('[file]', 'file to write; left out: print it')
  },
  action: ([file], _options, io) => {
    if (file === undefined) {
      io.out(newPlant().trimEnd())
      return exit.done
    }
    const problem = writeFile(file, newPlant(), true)
    if (problem !== undefined) {
      io.err(problem)
      return exit.input
    }
    io.out(`wrote ${file}; try: didymium simulate ${file}`)
    return exit.done
  },
}
