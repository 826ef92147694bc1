import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Running, ServeOptions } from '../../api/index.ts'
import { type ExitCode, exit, type Io, packageFolder, packageVersion } from '../io.ts'
import { placeOf } from '../ledger/place.ts'
import type { Command } from './command.ts'

interface Options {
  readonly port?: string
  readonly host: string
  readonly token?: string
  readonly folder?: string
  readonly open?: boolean
  readonly json?: boolean
  readonly data?: string
  readonly database?: string
}

const usualPort = 4040
/** Ports beside the usual one that are tried when it is taken. */
const portsTried = 20

/** What is opened where nobody names a plant. */
const demonstration = 'belfast-demonstration.yaml'

/** The ports to try, or what is wrong with the one that was asked for. */
function portsOf({ port }: Options): readonly number[] | string {
  if (port === undefined) return Array.from({ length: portsTried }, (_, k) => usualPort + k)
  const asked = Number(port)
  if (/^\d+$/.test(port) && asked <= 65_535) return [asked]
  return `--port ${port}: a whole number from 0 (any that is free) to 65535`
}

/** What lies at a path, if anything that may be looked at does. */
function statOf(path: string) {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

/** The files and the folder to serve, or what is wrong with them. */
function plantsOf(files: readonly string[], { folder }: Options) {
  const missing = files.find((file) => statOf(file)?.isFile() !== true)
  if (missing !== undefined) return `${missing}: no such file`
  const names = files.map((file) => basename(file))
  const twice = names.find((name, k) => names.indexOf(name) < k)
  if (twice !== undefined) return `two plants are called ${twice}; rename one`
  if (folder !== undefined && statOf(folder)?.isDirectory() !== true) {
    return `--folder ${folder}: no such folder`
  }
  if (files.length > 0 || folder !== undefined) {
    return { files, isReadOnly: false, ...(folder === undefined ? {} : { folder }) }
  }
  const examples = join(packageFolder(), 'plants')
  return { files, folder: examples, first: demonstration, isReadOnly: true }
}

/** Where the server looks for its ledger; there need not be one. */
function ledgerOf({ data, database }: Options): Pick<ServeOptions, 'data' | 'databaseUrl'> {
  if (data === undefined && database !== undefined) return { databaseUrl: database }
  const place = placeOf(data === undefined ? {} : { data })
  return 'folder' in place ? { data: place.folder } : place
}

/** Opens the page in the person's browser; where there is none, the address is on the screen. */
function openBrowser(url: string): void {
  const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['explorer.exe', url],
  }
  const [program, ...words] = openers[process.platform] ?? ['xdg-open', url]
  const child = spawn(program, words, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}

/** Resolves when somebody asks the program to end; a second time ends it at once. */
function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
}

async function untilInterrupted(running: Running, options: Options, io: Io): Promise<ExitCode> {
  const { url, hasPage } = running
  const end = interrupted()
  io.out(options.json === true ? JSON.stringify({ url }) : `Didymium at ${url}`)
  if (!hasPage) io.err('the page is not built (npm run build); only the API answers')
  else if (options.json !== true) io.err('Ctrl-C ends')
  if (options.open ?? (process.stdout.isTTY && hasPage)) openBrowser(url)
  await end
  await running.close()
  return exit.done
}

export const serve: Command = {
  name: 'serve',
  about: 'Open plants in the browser: the flowsheet, solved again while you type.',
  example: 'didymium serve plants/belfast-demonstration.yaml --port 4040',
  json: 'one line when it listens: { "url": "http://127.0.0.1:4040/" }',
  declare: (parser) => {
    parser
      .argument('[plants...]', 'plant files (YAML); left out: the examples, to look at')
      .option('--folder <dir>', 'serve the plant files of a folder, and keep new ones there')
      .option('--port <n>', `left out: ${usualPort}, or the next that is free`)
      .option('--host <address>', 'beyond this machine only with a token', '127.0.0.1')
      .option('--token <text>', 'demanded of everyone, 32 characters or more; or DIDYMIUM_TOKEN')
      .option('--data <folder>', 'folder of the ledger; left out: DIDYMIUM_DATA or ./didymium-data')
      .option('--database <url>', 'PostgreSQL database of the ledger; or DATABASE_URL')
      .option('--open', 'open the browser, also where the output is not a terminal')
      .option('--no-open', 'do not open the browser')
      .option('--json', 'print the address as JSON')
  },
  action: async (positional, given, io) => {
    const options = given as unknown as Options
    const files = (positional as readonly unknown[]).flat().map(String)
    const ports = portsOf(options)
    const plants = plantsOf(
      files.map((file) => resolve(file)),
      options,
    )
    const problem = [ports, plants].find((found) => typeof found === 'string')
    if (typeof ports === 'string' || typeof plants === 'string') {
      io.err(String(problem))
      return exit.input
    }
    const token = options.token ?? process.env['DIDYMIUM_TOKEN']
    const asked: ServeOptions = {
      ...plants,
      ...ledgerOf(options),
      host: options.host,
      ports,
      page: join(packageFolder(), 'dist/web'),
      version: packageVersion(),
      fault: (error) => io.err(`fault: ${error.stack ?? error.message}`),
      ...(token === undefined || token === '' ? {} : { token }),
    }
    // Loaded when used: a server would cost every command its start-up time.
    const { startServer } = await import('../../api/index.ts')
    const started = await startServer(asked)
    if (started.ok) return untilInterrupted(started.running, options, io)
    io.err(started.message)
    return exit.input
  },
}
