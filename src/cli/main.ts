#!/usr/bin/env node
import { run } from './run.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early (`| head`) is not a failure of ours.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** The program itself is at fault: neither "no" nor wrong input. */
const fault = 70

try {
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    columns: Math.max(60, process.stdout.columns || 80),
  })
} catch (error) {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `This is a fault in Didymium, not in your file. Please report it:\n${detail}\n`,
  )
  process.exitCode = fault
}
