// npm run check: everything CI does. All steps run even when one fails; the table at the end says what and how long.
//
// node scripts/check.mjs [--without-tests] [step …]   runs all steps, or those named.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { rootDirectory } from './workspaces.mjs'

/** The script behind a package's command: no npx, which costs 300 ms and may ask the network. */
function bin(packageName, command = packageName) {
  const directory = join(rootDirectory, 'node_modules', packageName)
  // Some packages hide package.json behind their exports; the folder is where npm puts it.
  const { bin: commands } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  return join(directory, typeof commands === 'string' ? commands : commands[command])
}

const node = (...command) => [process.execPath, ...command]
const cruised = ['shared', 'street', 'gateway', 'subgraphs', 'hub', 'kit', 'test']

const steps = [
  { name: 'build', command: node('scripts/build.mjs') },
  { name: 'repository', command: node('scripts/check-repository.mjs') },
  { name: 'generate', command: node('scripts/generate.mjs', '--check') },
  { name: 'format', command: node(bin('prettier'), '--check', '--log-level', 'warn', '--cache', '.') },
  { name: 'lint', command: node(bin('eslint'), '--cache', '--cache-location', 'node_modules/.cache/eslint/', '--max-warnings', '0', '.') },
  { name: 'imports', command: node(bin('dependency-cruiser', 'depcruise'), '--config', '.dependency-cruiser.cjs', ...cruised) },
  { name: 'boundaries', command: node(bin('turbo'), 'boundaries', '--no-color') },
  { name: 'types', command: node(bin('typescript', 'tsc'), '--noEmit', '-p', 'tsconfig.json') },
  { name: 'unused', command: node(bin('knip'), '--no-progress', '--no-config-hints') },
  {
    name: 'spelling',
    command: node(
      bin('cspell'),
      'lint',
      '--no-progress',
      '--no-summary',
      '--gitignore',
      '--cache',
      '--cache-location',
      'node_modules/.cache/cspell',
      '.',
    ),
  },
  { name: 'test', command: ['npm', 'test', '--silent'] },
]

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`Unknown step: ${unknown.join(', ')}. Steps: ${steps.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const isWithoutTests = process.argv.includes('--without-tests')
const chosen = steps.filter(({ name }) => (wanted.length === 0 || wanted.includes(name)) && !(isWithoutTests && name === 'test'))

const results = []
for (const { name, command } of chosen) {
  console.log(`\n── ${name}`)
  const startedMs = performance.now()
  const run = spawnSync(command[0], command.slice(1), {
    cwd: rootDirectory,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  })
  results.push({ name, isOk: run.status === 0, seconds: (performance.now() - startedMs) / 1000 })
}

console.log('\n── summary')
for (const { name, isOk, seconds } of results)
  console.log(`${isOk ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`)
const failed = results.filter(({ isOk }) => !isOk)
if (failed.length > 0) console.log(`${failed.map(({ name }) => name).join(', ')} failed; run one alone: npm run check -- ${failed[0].name}`)
process.exitCode = failed.length > 0 ? 1 : 0
