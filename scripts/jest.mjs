// Runs jest with what ESM needs; `node scripts/jest.mjs [pattern] [jest options]`.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const jestBin = createRequire(import.meta.url).resolve('jest/bin/jest')
const run = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', jestBin, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
