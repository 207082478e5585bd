// Does a gateway let old releases go? Swaps releases under load and looks at memory after collection.
//
//   node --expose-gc test/bench/heap-swaps.mjs [--swaps 100] [--types 150] [--json]
//
// Each swap is another supergraph (a type with another name); meanwhile four clients send twenty documents over HTTP, so that every
// release has plans, caches and running operations when it goes. Ends with 1 when memory grows by more than the bounds below.
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import { createGateway } from '@commonhall/gateway'
import { composeSupergraph } from '@commonhall/shared/composition'

const { values } = parseArgs({
  options: {
    swaps: { type: 'string', default: '100' },
    types: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
})
const SWAPS = Number(values.swaps)
const TYPES = Number(values.types)
/** One release of the default size holds some 4 MB: growth below the first bound is none of a hundred, nor of ten. */
const MAX_HEAP_GROWTH_MB = 8
/** Pages that the allocator keeps for itself; a leaked release each swap would be four times this. */
const MAX_RSS_GROWTH_MB = 100
const CLIENTS = 4
const DOCUMENTS = 20

if (globalThis.gc === undefined) {
  process.stderr.write('Run it with node --expose-gc.\n')
  process.exit(2)
}

const stub = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"books":[{"title":"Tea","id":"1"}]}}')
  })
})
await new Promise((resolve) => stub.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${stub.address().port}/graphql`

const types = Array.from({ length: TYPES }, (_, index) => {
  const fields = Array.from(
    { length: 10 },
    (_unused, field) => `"A field that has a sentence." f${field}(a: Int): T${(index + field) % TYPES}`,
  )
  return `type T${index} { id: ID! ${fields.join(' ')} }`
}).join('\n')

const composed = composeSupergraph([
  { name: 'library', url, sdl: `type Query { books: [Book!]! t: T0 } type Book { id: ID! title: String } type Only0 { a: Int }\n${types}` },
])
if (!composed.ok) throw new Error(JSON.stringify(composed.errors))
const supergraphOf = (swap) => composed.supergraphSdl.replaceAll('Only0', `Only${swap}`)

const gateway = await createGateway({
  subgraphs: [],
  supergraph: { sdl: supergraphOf(0) },
  signingKey: null,
  pairwiseKeys: {},
  issuers: [],
  ignoresTokens: true,
  // Collections that are asked for hold the loop longer than the guard bears.
  overload: false,
  port: 0,
})

const requests = { sent: 0, failed: 0, codes: {} }
let isOver = false
const client = async () => {
  while (!isOver) {
    const document = requests.sent++ % DOCUMENTS
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `query Q${document} { books { title id } }` }),
    })
    const { errors } = await response.json()
    if (errors !== undefined) {
      requests.failed++
      const { code, reason } = errors[0].extensions
      const word = `${code} ${reason ?? ''}`.trim()
      requests.codes[word] = (requests.codes[word] ?? 0) + 1
    }
    await sleep(2)
  }
}
const clients = Array.from({ length: CLIENTS }, client)

const megabytes = (bytes) => Math.round(bytes / 1e5) / 10
const measure = async (swap) => {
  // Twice, with a turn between them: what finalizers let go is collected by the second.
  globalThis.gc()
  await sleep(20)
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { swap, heapMb: megabytes(heapUsed), externalMb: megabytes(external), rssMb: megabytes(rss) }
}

const samples = []
const first = Math.max(1, Math.floor(SWAPS / 5))
for (let swap = 1; swap <= SWAPS; swap++) {
  const report = await gateway.replace({ kind: 'supergraph', sdl: supergraphOf(swap) })
  if (!report.isNew) throw new Error('the swap changed nothing')
  await sleep(30)
  if (swap === first || swap % first === 0) samples.push(await measure(swap))
}
isOver = true
await Promise.all(clients)
await gateway.stop()
stub.close()
stub.closeAllConnections()

const [before] = samples
const after = samples.at(-1)
const growth = { heapMb: megabytes((after.heapMb - before.heapMb) * 1e6), rssMb: megabytes((after.rssMb - before.rssMb) * 1e6) }
const isFlat = growth.heapMb <= MAX_HEAP_GROWTH_MB && growth.rssMb <= MAX_RSS_GROWTH_MB && requests.failed === 0
if (values.json) process.stdout.write(`${JSON.stringify({ isFlat, swaps: SWAPS, requests, growth, samples })}\n`)
else {
  console.table(samples)
  console.log(
    `${SWAPS} swaps under ${requests.sent} requests (${requests.failed} failed ${JSON.stringify(requests.codes)}): heap ${growth.heapMb} MB, RSS ${growth.rssMb} MB`,
  )
  console.log(isFlat ? 'flat' : `NOT flat: bounds are ${MAX_HEAP_GROWTH_MB} MB heap and ${MAX_RSS_GROWTH_MB} MB RSS`)
}
process.exit(isFlat ? 0 : 1)
