import { prepareGateways } from './compare.mjs'
import { closedLoop } from './load.mjs'
import { cpuMsOf } from './processes.mjs'
import { mixedDocuments } from './world/mixed.mjs'

const CONNECTIONS = 10
const SHOWN = 30
/** Documents that no gateway has seen, for the profile of a cold document. */
const NEW = { name: 'new documents', requests: mixedDocuments(1500, 9000).map((query) => ({ query })) }

const messageOf = (gateway, word, key) =>
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

/** Microseconds of each function itself, and of each source file, of one profile. */
const selfTimes = ({ nodes, samples, timeDeltas }) => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const functions = new Map()
  for (const [index, id] of samples.entries()) {
    const { callFrame } = byId.get(id)
    const key = `${callFrame.functionName || '(anonymous)'}  ${placeOf(callFrame)}`
    functions.set(key, (functions.get(key) ?? 0) + timeDeltas[index])
  }
  return functions
}

/** Waiting, and the profiler's own start and stop. */
const isIdle = (key) => key.startsWith('(idle)') || key === 'dispatch  (native)'

/** Profiles the Node gateways under each query and prints the functions in which the time goes, with microseconds per request. */
export const profile = async (rig, options, { tell }) => {
  const names = options.gateways.filter((name) => name !== 'grafbase')
  for (const name of names) {
    const [gateway] = await prepareGateways(rig, [name], { tell, warmSeconds: 3 })
    if (gateway === undefined) continue
    for (const query of [...rig.queries, NEW]) {
      const persons = gateway.bytesOf(query.requests)
      await messageOf(gateway, 'profile', 'profiling')
      const before = cpuMsOf(gateway.pid)
      const limit = { seconds: options.seconds ?? 4, most: query === NEW ? query.requests.length : Infinity }
      const { times } = await closedLoop(gateway.port, persons, { connections: CONNECTIONS, ...limit })
      const cpuMs = cpuMsOf(gateway.pid) - before
      const found = selfTimes(await messageOf(gateway, 'profiled', 'profile'))
      const busy = [...found].filter(([key]) => !isIdle(key)).sort(([, a], [, b]) => b - a)
      const total = busy.reduce((sum, [, us]) => sum + us, 0)
      console.log(`\n${name}, ${query.name}: ${times.length} requests, ${(cpuMs / times.length).toFixed(3)} ms CPU each (profiler on)`)
      for (const [key, us] of busy.slice(0, SHOWN))
        console.log(`${((us / total) * 100).toFixed(1).padStart(5)} %  ${(us / times.length).toFixed(1).padStart(8)} µs  ${key}`)
    }
    await gateway.stop()
  }
}
