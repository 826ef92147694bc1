import type { Command } from './command.ts'
import { check } from './check.ts'
import { compareCommand } from './compare.ts'
import { costCommand } from './cost.ts'
import { data } from './data.ts'
import { demo } from './demo.ts'
import { design } from './design.ts'
import { diff } from './diff.ts'
import { financeCommand } from './finance.ts'
import { fit } from './fit.ts'
import { footprintCommand } from './footprint.ts'
import { ledger } from './ledger.ts'
import { newPlantCommand } from './new.ts'
import { reportCommand } from './report.ts'
import { risk } from './risk.ts'
import { schema } from './schema.ts'
import { serve } from './serve.ts'
import { shakeout } from './shakeout.ts'
import { simulateCommand } from './simulate.ts'
import { transientCommand } from './transient.ts'
import { optimiseCommand } from './optimise.ts'
import { sensitivityCommand } from './sensitivity.ts'
import { uncertainty } from './uncertainty.ts'
import { units } from './units.ts'

/** Every command of the terminal: the help, the reference page and the tests walk this list. */
export const commands: readonly Command[] = [
  simulateCommand,
  serve,
  check,
  newPlantCommand,
  diff,
  shakeout,
  fit,
  design,
  sensitivityCommand,
  optimiseCommand,
  uncertainty,
  costCommand,
  financeCommand,
  compareCommand,
  footprintCommand,
  risk,
  reportCommand,
  transientCommand,
  ledger,
  demo,
  units,
  data,
  schema,
]
