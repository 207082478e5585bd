import { closedLoop } from './load.mjs'
import { cpuMsOf, rssMbOf } from './processes.mjs'
import { verify } from './verify.mjs'

/** The value below which a share of the sorted values lies, by nearest rank. */
export const quantile = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN

const WARM_SLICE_SECONDS = 0.25
const WARM_CONNECTIONS = 10
/** On a machine that is busy with other things a gateway gets little CPU in a second; it may take this many times as long to warm. */
const MOST_PATIENCE = 4

/**
 * Checks that a gateway answers a query as it must, notes how many calls that takes, and lets it work until it has used `seconds` of
 * CPU, so that its caches and its compiler are warm.
 */
export const warmUp = async (gateway, { name, requests, expected }, { stubs, seconds }) => {
  const before = await stubs.counts()
  await verify(gateway, requests, expected)
  const after = await stubs.counts()
  gateway.soloCalls = { ...gateway.soloCalls, [name]: (after.calls - before.calls) / requests.length }
  const cpuMs = cpuMsOf(gateway.pid)
  const startedMs = performance.now()
  const loop = { connections: WARM_CONNECTIONS, seconds: WARM_SLICE_SECONDS }
  do await closedLoop(gateway.port, gateway.bytesOf(requests), loop)
  while (cpuMsOf(gateway.pid) - cpuMs < seconds * 1000 && performance.now() - startedMs < seconds * 1000 * MOST_PATIENCE)
}

const ownCpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * One round of one gateway: a closed loop, and what it cost the gateway's process with its children and threads.
 *
 * `callsPerRequest` and `missesPerCall` are the stubs' counts, `isSharing` says that requests side by side took fewer calls than one
 * alone, `rigShare` the part of a core that stubs and load generator needed: near 1 they are the bottleneck, and the throughput says
 * more about them than about the gateway (CPU per request stays true).
 */
export const measureRound = async (gateway, query, { connections, seconds, stubs }) => {
  const persons = gateway.bytesOf(query.requests)
  const before = await stubs.counts()
  const rig = cpuMsOf(stubs.pid) + ownCpuMs()
  const cpu = cpuMsOf(gateway.pid)
  const { times, wallMs, next } = await closedLoop(gateway.port, persons, { connections, seconds, offset: query.next ?? 0 })
  const cpuMs = cpuMsOf(gateway.pid) - cpu
  const rigMs = cpuMsOf(stubs.pid) + ownCpuMs() - rig
  query.next = next % query.requests.length
  const after = await stubs.counts()
  const sorted = times.sort((a, b) => a - b)
  const calls = after.calls - before.calls
  return {
    ...{ gateway: gateway.name, query: query.name, connections },
    cpuMsPerRequest: cpuMs / times.length,
    rps: times.length / (wallMs / 1000),
    ...{ p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99), rssMb: rssMbOf(gateway.pid) },
    callsPerRequest: calls / times.length,
    // Of many documents a round sees only some, and their mean says nothing about sharing.
    isSharing: query.requests.length === 1 && calls / times.length < gateway.soloCalls[query.name] * 0.97,
    missesPerCall: calls === 0 ? 0 : (after.misses - before.misses) / calls,
    rigShare: rigMs / wallMs,
    gatewayShare: cpuMs / wallMs,
  }
}

/**
 * All rounds: in each the gateways take turns, so that whatever disturbs the machine disturbs each alike; the order turns round from
 * one round to the next. A gateway that fails is told and left out from then on. No further round is begun once `isLate()`.
 */
export const measureAll = async (gateways, queries, { connections, rounds, secondsOfNext, isLate, stubs, tell }) => {
  const rows = []
  const failed = new Map()
  const left = () => gateways.filter(({ name }) => !failed.has(name))
  const cells = queries.length * connections.length
  for (let round = 0; round < rounds && (round === 0 || !isLate()); round++) {
    for (const [queryIndex, query] of queries.entries()) {
      for (const [index, count] of connections.entries()) {
        const cellsLeft = (rounds - round) * cells - queryIndex * connections.length - index
        const order = round % 2 === 0 ? left() : left().toReversed()
        tell(`round ${round + 1} of ${rounds}: ${query.name}, ${count} connections`)
        for (const gateway of order) {
          try {
            const seconds = secondsOfNext(cellsLeft * order.length)
            rows.push({ round, ...(await measureRound(gateway, query, { connections: count, seconds, stubs })) })
          } catch (error) {
            failed.set(gateway.name, error.message)
            tell(`${gateway.name} failed: ${error.message} ${gateway.complaints().slice(-500)}`)
          }
        }
      }
    }
  }
  return { rows, failed }
}
