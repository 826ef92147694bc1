#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { run } from './run.ts'

/**
 * The optimising compiler starts on a function once it has run for a few milliseconds, not for a
 * fraction of one: most of what one solve would have it compile is never run again. What is
 * solved many times over is compiled all the same. V8 knows the flag in every release so far.
 */
setFlagsFromString('--interrupt-budget=1000000')

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closes early (`| head`) is not a failure of ours.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

/** The program itself is at fault: neither "no" nor wrong input. */
const fault = 70

/** A bar on the last line of a terminal, drawn over itself and wiped at the end. */
function progress(done: number, text?: string): void {
  const width = 20
  const full = Math.round(width * done)
  const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`
  process.stderr.write(text === undefined ? '\r\u001b[K' : `\r\u001b[K${bar} ${text} `)
}

try {
  process.exitCode = await run(process.argv.slice(2), {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    ...(process.stderr.isTTY ? { progress } : {}),
    columns: Math.max(60, process.stdout.columns || 80),
  })
} catch (error) {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `This is a fault in Didymium, not in your file. Please report it:\n${detail}\n`,
  )
  process.exitCode = fault
}
