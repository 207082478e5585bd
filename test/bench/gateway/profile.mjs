import { prepareGateways } from './compare.mjs'
import { closedLoop } from './load.mjs'
import { cpuMsOf } from './processes.mjs'
import { mixedDocuments } from './world/mixed.mjs'

const CONNECTIONS = 10
const FUNCTIONS_SHOWN = 30
const PARTS_SHOWN = 16
/** Documents that no gateway has seen, for the profile of a cold document. */
const NEW = { name: 'new documents', requests: mixedDocuments(1500, 9000).map((query) => ({ query })) }

/** Sends a word to a gateway's process and waits for the answer that holds `key`. */
const ask = (gateway, word, key) =>
  new Promise((resolve) => {
    const hear = (message) => {
      if (message[key] === undefined) return
      gateway.child.off('message', hear)
      resolve(message[key])
    }
    gateway.child.on('message', hear)
    gateway.child.send(word)
  })

/** Where a function is, short enough for a line: the package and file of a dependency, the path of our own. */
const placeOf = ({ url, lineNumber }) => {
  if (url === '') return '(native)'
  const path = url.replace(/^file:\/\//, '').replace(/.*\/node_modules\//, '')
  const own = path.replace(/.*\/(gateway|shared|test)\//, '$1/')
  return `${own}:${lineNumber + 1}`
}

/** The part of a program that a place belongs to: a dependency, a folder of ours, or node itself. */
const partOf = (place) => {
  if (place === '(native)') return 'native code and garbage collection'
  if (place.startsWith('node:')) return 'node'
  const [first, second, third = ''] = place.split('/')
  if (first === 'gateway' || first === 'shared') return third.includes(':') ? first : `${first}/${third}`
  return first.startsWith('@') ? `${first}/${second}` : first
}

const nameOf = (frame) => ({ name: frame.functionName || '(anonymous)', place: placeOf(frame) })
/** Waiting, and the profiler's own start and stop. */
const isIdle = ({ name, place }) => name === '(idle)' || (name === 'dispatch' && place === '(native)')

/** Microseconds of each function itself. */
const cpuOf = ({ nodes, samples, timeDeltas }) => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  return samples.map((id, index) => ({ ...frames.get(id), amount: timeDeltas[index] })).filter((sample) => !isIdle(sample))
}

/** Bytes that each function itself allocated, collected since or not. */
const bytesOf = ({ head }) => {
  const found = []
  const walk = ({ callFrame, selfSize, children }) => {
    found.push({ ...nameOf(callFrame), amount: selfSize })
    children.forEach(walk)
  }
  walk(head)
  return found
}

const KINDS = {
  cpu: { read: cpuOf, unit: 'µs' },
  allocations: { read: bytesOf, unit: 'bytes' },
}

const sumBy = (samples, keyOf) => {
  const sums = new Map()
  for (const sample of samples) sums.set(keyOf(sample), (sums.get(keyOf(sample)) ?? 0) + sample.amount)
  return [...sums].sort(([, a], [, b]) => b - a)
}

const print = (rows, { total, requests, unit }) => {
  for (const [key, amount] of rows)
    console.log(`${((amount / total) * 100).toFixed(1).padStart(5)} %  ${(amount / requests).toFixed(1).padStart(8)} ${unit}  ${key}`)
  console.log('')
}

const profileQuery = async (gateway, query, kind, seconds) => {
  const { read, unit } = KINDS[kind]
  const isNew = query === NEW
  await ask(gateway, { begin: kind }, 'begun')
  const before = cpuMsOf(gateway.pid)
  const limit = { connections: CONNECTIONS, seconds, most: isNew ? query.requests.length : Infinity }
  const { times } = await closedLoop(gateway.port, gateway.bytesOf(query.requests), limit)
  const cpuMs = cpuMsOf(gateway.pid) - before
  const samples = read(await ask(gateway, { end: kind }, 'profile'))
  const total = samples.reduce((sum, { amount }) => sum + amount, 0)
  const each = `${(total / times.length).toFixed(0)} ${unit} and ${(cpuMs / times.length).toFixed(3)} ms CPU each`
  console.log(`\n${gateway.name}, ${query.name}, ${kind}: ${times.length} requests, ${each} (profiler on), by part and by function itself`)
  const shown = { total, requests: times.length, unit }
  print(sumBy(samples, ({ place }) => partOf(place)).slice(0, PARTS_SHOWN), shown)
  print(sumBy(samples, ({ name, place }) => `${name}  ${place}`).slice(0, FUNCTIONS_SHOWN), shown)
}

/** Profiles the Node gateways under each query: where the CPU time goes, and who allocates what the collector must clear away. */
export const profile = async (rig, options, { tell }) => {
  for (const name of options.gateways.filter((gateway) => gateway !== 'grafbase')) {
    const [gateway] = await prepareGateways(rig, [name], { tell, warmSeconds: 3 })
    if (gateway === undefined) continue
    for (const query of rig.queries) for (const kind of Object.keys(KINDS)) await profileQuery(gateway, query, kind, options.seconds ?? 4)
    await profileQuery(gateway, NEW, 'cpu', options.seconds ?? 4)
    await gateway.stop()
  }
}
