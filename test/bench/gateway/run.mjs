// `npm run bench:gateway`: our gateway against the field, side by side in one run. Never asserts: it prints.
//
// Ends by itself, ends only processes that it started, and removes its folder also after Ctrl-C. All connections are on 127.0.0.1.
// The peers are installed into .peers by this benchmark alone (see peers.mjs); nothing of the product depends on them.
import { cold } from './cold.mjs'
import { compare } from './compare.mjs'
import { readOptions, USAGE } from './options.mjs'
import { profile } from './profile.mjs'
import { openRig } from './rig.mjs'
import { soak } from './soak.mjs'

const MODES = { cold, compare, profile, soak }
/** Longest run of a foreign program, should this process be killed and leave it behind. */
const MOST_SECONDS = 3 * 3600

const startedMs = performance.now()
const tell = (line) => process.stderr.write(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)

const main = async () => {
  const options = readOptions(process.argv.slice(2))
  if (options === null) return console.log(USAGE)
  const cleanUp = []
  let cleaning = null
  const clean = () => (cleaning ??= cleanUp.reduce((before, step) => before.then(step, step), Promise.resolve()))
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      tell('stopping')
      clean().finally(() => process.exit(130))
    })
  try {
    const rig = await openRig({ ...options, mostSeconds: MOST_SECONDS }, { tell, cleanUp, isStopping: () => cleaning !== null })
    await MODES[options.mode](rig, options, { tell, startedMs: performance.now() })
  } finally {
    await clean()
  }
}

try {
  await main()
} catch (error) {
  console.error(error?.isUsage === true ? error.message : error)
  process.exitCode = error?.isUsage === true ? 2 : 1
}
