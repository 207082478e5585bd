// `npm run bench`: how fast the hub is on the full street, and what ten times the data costs, in one run. Never asserts: it prints.
//
// Ends by itself; removes its server and folder also after Ctrl-C. All connections are on 127.0.0.1.
import { writeFile } from 'node:fs/promises'

import { startHub } from './hub.mjs'
import { measure } from './measure.mjs'
import { readOptions, USAGE } from './options.mjs'
import { printSlowPlans } from './plans.mjs'
import { machine, tableOf } from './report.mjs'
import { scenarios } from './scenarios/index.mjs'
import { startServer } from './server.mjs'

const startedMs = performance.now()
const tell = (line) => process.stderr.write(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${line}\n`)

/** Measuring seconds of the next scenario, so that the rest fits into the whole. A third is kept for warm-up, counting and the stop. */
const secondsFor = (scenariosLeft, { minutes, seconds }) => {
  const leftSeconds = minutes * 60 - (performance.now() - startedMs) / 1000
  return Math.min(seconds, Math.max(1, (leftSeconds * 0.67) / scenariosLeft))
}

const bench = async (options, cleanUp) => {
  const server = await startServer({ plansMs: options.plansMs })
  cleanUp.push(() => server.stop())
  tell(`PostgreSQL ${server.version} is ready`)
  const hubs = []
  for (const scale of options.scales) {
    const hub = await startHub(scale, tell)
    cleanUp.unshift(() => hub.stop())
    hubs.push(hub)
  }
  const chosen = scenarios.filter(({ key }) => options.only.length === 0 || options.only.some((word) => key.includes(word)))
  const results = []
  for (const [index, scenario] of chosen.entries()) {
    tell(`measuring: ${scenario.title}`)
    const seconds = secondsFor(chosen.length - index, options)
    results.push(await measure(scenario, hubs, { iterations: options.iterations, seconds }))
  }
  const report = {
    at: new Date().toISOString(),
    machine: machine(server.version),
    options,
    seeds: hubs.map(({ scale, seeds, seededMs, bytes }) => ({ scale, seededMs, bytes, parties: seeds })),
    results,
    totalMs: Math.round(performance.now() - startedMs),
  }
  console.log(tableOf(report))
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
  if (options.plansMs !== null) printSlowPlans(server.logFile)
}

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
    await bench(options, cleanUp)
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
