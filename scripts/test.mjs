// npm test: all tests in one jest run, and the outcome in one line. `npm test -- <pattern>` runs a part.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootDirectory } from './workspaces.mjs'

const jestArguments = process.argv.slice(2)
const isWholeRun = jestArguments.length === 0
const directory = mkdtempSync(join(tmpdir(), 'commonhall-test-'))
const resultFile = join(directory, 'result.json')

const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: rootDirectory, stdio: 'inherit' })
const run = spawnSync(
  process.execPath,
  ['scripts/jest.mjs', '--json', `--outputFile=${resultFile}`, ...(process.env.CI ? ['--ci'] : []), ...jestArguments],
  // jest's own report goes to standard error; with --json its standard output would repeat the result file's name.
  { cwd: rootDirectory, stdio: ['inherit', 'ignore', 'inherit'] },
)

let passed = 0
let failed = 0
let skipped = 0
try {
  const result = JSON.parse(readFileSync(resultFile, 'utf8'))
  passed = result.numPassedTests
  // A suite that cannot even be loaded has no tests to fail: it counts as one failure, or it would be silent.
  failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  skipped = result.numPendingTests + result.numTodoTests
} catch {
  console.error('jest wrote no result: it did not get as far as the tests')
}
rmSync(directory, { recursive: true, force: true })

const problems = []
if (built.status !== 0) problems.push('the build failed')
if (run.status !== 0 && failed === 0) problems.push(`jest ended with ${run.status ?? run.signal}`)
if (passed + failed === 0) problems.push('no test ran')
if (isWholeRun && skipped > 0) problems.push(`${skipped} skipped: the main branch has none`)
for (const problem of problems) console.error(problem)

console.log(`${passed} passed, ${failed} failed`)
process.exit(failed > 0 || problems.length > 0 ? 1 : 0)
