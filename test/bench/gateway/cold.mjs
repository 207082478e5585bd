import { prepareGateways } from './compare.mjs'
import { closedLoop } from './load.mjs'
import { cpuMsOf } from './processes.mjs'
import { spreadOf } from './ratios.mjs'
import { verify } from './verify.mjs'
import { mixedDocuments } from './world/mixed.mjs'

const DOCUMENTS = 300
/** Another seed than that of the measured round, so that no gateway has seen any of them. */
const SEED = 7000

/** CPU milliseconds per request of one pass over documents, one at a time. */
const pass = async (gateway, requests) => {
  const before = cpuMsOf(gateway.pid)
  await closedLoop(gateway.port, gateway.bytesOf(requests), { connections: 1, seconds: 120, most: requests.length })
  return (cpuMsOf(gateway.pid) - before) / requests.length
}

/**
 * What a document costs that a gateway has never seen: the first pass over documents against the passes after it. Parsing,
 * validation, planning and compiling are the difference. Each part of the documents gives one ratio.
 */
export const cold = async (rig, options, { tell }) => {
  const gateways = await prepareGateways(rig, options.gateways, { tell, warmSeconds: 2 })
  const parts = 5
  const fresh = mixedDocuments(DOCUMENTS, SEED).map((query) => ({ query }))
  const expected = rig.expected(fresh)
  const size = DOCUMENTS / parts
  const costs = new Map(gateways.map(({ name }) => [name, []]))
  for (let part = 0; part < parts; part++) {
    const own = fresh.slice(part * size, (part + 1) * size)
    tell(`part ${part + 1} of ${parts}: ${size} new documents`)
    for (const gateway of part % 2 === 0 ? gateways : gateways.toReversed()) {
      const first = await pass(gateway, own)
      const again = ((await pass(gateway, own)) + (await pass(gateway, own))) / 2
      await verify(gateway, own, expected.slice(part * size, (part + 1) * size))
      costs.get(gateway.name).push({ first, again, plan: Math.max(0, first - again) })
    }
  }
  console.log(`\nCPU ms per document, medians of ${parts} parts of ${size} documents: first time, afterwards, difference`)
  for (const [name, own] of costs) {
    const figures = ['first', 'again', 'plan'].map((key) =>
      spreadOf(own.map((cost) => cost[key]))
        .median.toFixed(2)
        .padStart(8),
    )
    console.log(`${name.padEnd(20)}${figures.join('')}`)
  }
  const [ours, apollo] = [costs.get('commonhall'), costs.get('apollo-gateway')]
  if (ours === undefined || apollo === undefined) return
  const ratio = spreadOf(ours.map(({ plan }, part) => apollo[part].plan / plan))
  console.log(
    `\nA new document is ${ratio.median.toFixed(1)}× (${ratio.low.toFixed(1)}–${ratio.high.toFixed(1)}) cheaper than with @apollo/gateway (floor 8).`,
  )
}
