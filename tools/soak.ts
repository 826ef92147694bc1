/**
 * The long randomised tests at their full size: every `*.soak.test.ts`, of which `npm test` runs a
 * seeded twentieth. Names of tests or files may be given to run only those.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { binary } from './build.ts'

const only = process.argv.slice(2)
const args = ['run', '--testTimeout=14400000', ...(only.length > 0 ? only : ['.soak.test.ts'])]
const ended = spawnSync(process.execPath, [binary('vitest', 'vitest'), ...args], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, DIDYMIUM_SOAK: '1' },
  stdio: 'inherit',
})
process.exitCode = ended.status ?? 1
