// npm run test:long: the random tests with many more runs than CI takes; an hour or so on two cores. Seeds are printed on failure.
// `npm run test:long -- gateway/test/fuzz` runs a part; every amount can be set in the environment.
import { spawnSync } from 'node:child_process'
import { rootDirectory } from './workspaces.mjs'

const AMOUNTS = {
  /** Random operations against one schema, over all worlds. */
  HUB_RANDOM_OPERATIONS: '20000',
  /** Requests of the fuzzer through the door. */
  HUB_FUZZ_REQUESTS: '200000',
  /** Random operations of a party's own executor against graphql-js. */
  EXECUTOR_RUNS: '3000',
}
const PLACES = ['gateway/test/differential', 'gateway/test/fuzz', 'gateway/src/execution', 'gateway/src/transport', 'shared/src/execution']

const places = process.argv.slice(2)
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: rootDirectory, stdio: 'inherit' })
const run = spawnSync(process.execPath, ['scripts/jest.mjs', '--runInBand', ...(places.length > 0 ? places : PLACES)], {
  cwd: rootDirectory,
  stdio: 'inherit',
  env: { ...AMOUNTS, ...process.env },
})
process.exit(built.status === 0 ? (run.status ?? 1) : 1)
