// Overload in an open loop: `node test/bench/overload.mjs [--seconds 15] [--work-ms 2] [--factor 2] [--json]`, after the build.
//
// A gateway in a process of its own, with one party in that process whose every answer costs `work-ms` of CPU. First the peak: 32
// connections that ask as fast as they are answered. Then requests arrive at `factor` times the peak, whether or not earlier ones
// are answered. Goal (trust.md, G10): goodput at twice the capacity ≥ 90 % of the peak, refusals in ≤ 20 ms.
// Client and gateway share the machine: on fewer than two quiet cores the figures say little.
import { fork } from 'node:child_process'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { generateHubKey, loadHubKeys } from '@commonhall/shared/identity'
import { createGateway } from '@commonhall/gateway'
import { Pool } from 'undici'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    'work-ms': { type: 'string', default: '2' },
    factor: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    guard: { type: 'string', default: 'on' },
    serve: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const workMs = Number(values['work-ms'])
/** No two are equal, so that no two share one call to the party. */
let asked = 0
const nextBody = () => JSON.stringify({ query: 'query ($n: Int) { load(n: $n) { id text } }', variables: { n: (asked += 1) } })
const SDL = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { load(n: Int): [Item!]! }
type Item @key(fields: "id") { id: ID! text: String! }`

/** Burns CPU, not time: a busy machine makes it slower and not cheaper. */
function burn(rounds) {
  let sum = 0
  for (let n = 0; n < rounds; n++) sum = (sum * 31 + n) % 1_000_003
  return sum
}

function roundsFor(ms) {
  burn(1e6)
  const from = process.cpuUsage()
  burn(2e7)
  const spent = process.cpuUsage(from)
  return Math.round((2e7 * ms * 1000) / (spent.user + spent.system))
}

async function serve() {
  const rounds = roundsFor(workMs)
  const items = Array.from({ length: 20 }, (_, n) => ({ id: `i${n}`, text: `item ${n}` }))
  const answer = { data: { load: items } }
  const subgraph = {
    name: 'residents',
    sdl: SDL,
    async execute() {
      // A hop over the loop, as a party's database would have it.
      await nextTurn()
      return burn(rounds) < 0 ? {} : answer
    },
    async *subscribe() {},
  }
  const gateway = await createGateway({
    subgraphs: [{ kind: 'local', subgraph }],
    signingKey: loadHubKeys(generateHubKey().privateKeyPem),
    pairwiseKeys: {},
    issuers: [],
    port: 0,
    ...(values.guard === 'off' ? { overload: false } : {}),
  })
  process.send({ port: gateway.port })
  process.on('disconnect', () => void gateway.stop().then(() => process.exit(0)))
}

const quantile = (sorted, q) =>
  sorted.length === 0 ? null : Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] * 10) / 10
const summary = (latencies) => {
  const sorted = [...latencies].sort((left, right) => left - right)
  return { p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99), maxMs: quantile(sorted, 1) }
}

async function ask(pool, tally) {
  const fromMs = performance.now()
  try {
    const { statusCode, body } = await pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: nextBody(),
    })
    await body.text()
    const tookMs = performance.now() - fromMs
    if (statusCode === 200) tally.good.push(tookMs)
    else if (statusCode === 503) tally.refused.push(tookMs)
    else tally.other += 1
  } catch {
    tally.other += 1
  }
}

const newTally = () => ({ good: [], refused: [], other: 0 })

async function closedLoop(pool, connections, forSeconds) {
  const tally = newTally()
  const endMs = performance.now() + forSeconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < endMs) await ask(pool, tally)
    }),
  )
  return tally
}

async function openLoop(pool, perSecond, forSeconds) {
  const tally = newTally()
  const running = new Set()
  const startMs = performance.now()
  let sent = 0
  for (;;) {
    const elapsedMs = performance.now() - startMs
    if (elapsedMs > forSeconds * 1000) break
    for (const due = Math.floor((elapsedMs / 1000) * perSecond); sent < due; sent++) {
      const request = ask(pool, tally).finally(() => running.delete(request))
      running.add(request)
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(running)
  return { ...tally, sent, tookSeconds: (performance.now() - startMs) / 1000 }
}

async function run() {
  const child = fork(new URL(import.meta.url), [...process.argv.slice(2), '--serve'], { stdio: 'inherit' })
  const { port } = await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', () => reject(new Error('The gateway did not start.')))
  })
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 3000, pipelining: 1 })
  await closedLoop(pool, 8, 3)
  const alone = await closedLoop(pool, 1, 3)
  const peakTally = await closedLoop(pool, 32, Math.min(8, seconds))
  const peak = peakTally.good.length / Math.min(8, seconds)
  const over = await openLoop(pool, peak * Number(values.factor), seconds)
  const goodput = over.good.length / over.tookSeconds
  const recovered = await closedLoop(pool, 1, 2)
  const result = {
    guard: values.guard,
    workMs,
    unloaded: summary(alone.good),
    peakPerSecond: Math.round(peak),
    refusedAtPeak: peakTally.refused.length,
    offeredPerSecond: Math.round(over.sent / seconds),
    goodputPerSecond: Math.round(goodput),
    goodputOfPeak: Math.round((goodput / peak) * 1000) / 1000,
    admitted: summary(over.good),
    refused: { count: over.refused.length, ...summary(over.refused) },
    other: over.other,
    afterwards: { ...summary(recovered.good), refused: recovered.refused.length },
  }
  if (values.json) console.log(JSON.stringify(result))
  else
    for (const [name, value] of Object.entries(result))
      console.log(`${name.padEnd(18)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  await pool.close()
  child.disconnect()
}

await (values.serve ? serve() : run())
