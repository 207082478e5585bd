// Prints what the charter check costs: our hub, and a street of 40 parties with 400 types each. `node test/bench/charter.mjs` after a build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCharter, readCharter } from '@commonhall/shared/charter'
import { composeSupergraph } from '@commonhall/shared/composition'

const root = join(import.meta.dirname, '../..')
const now = new Date()
const print = (what, startedMs, found) =>
  console.log(`${what.padEnd(48)} ${(performance.now() - startedMs).toFixed(0).padStart(6)} ms  ${found} findings`)

const charter = readCharter(join(root, 'charter'))
const subgraphs = charter.parties.map(({ party: name }) => ({
  name,
  url: `local:${name}`,
  sdl: readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8'),
}))
for (const temperature of ['cold', 'second', 'third', 'warm']) {
  const startedMs = performance.now()
  const findings = checkCharter({ charter, subgraphs, now })
  print(`check of the hub, ${temperature}`, startedMs, findings.length)
}
for (const temperature of ['cold', 'warm']) {
  const startedMs = performance.now()
  const findings = checkCharter({ charter, subgraphs, now })
  composeSupergraph(subgraphs)
  print(`check and composition of the hub, ${temperature}`, startedMs, findings.length)
}

// A charter knows four kinds of parties; the forty are made without its files.
const [first] = charter.parties
const PARTIES = 40
const TYPES = 400
const lines = (names) => new Map(names.map((name, index) => [name, index + 1]))
const typeName = (party, type) => `P${party}T${type}`
const parties = Array.from({ length: PARTIES }, (_, party) => ({
  ...first,
  party: `p${party}`,
  subgraphs: [`p${party}`],
  types: lines(Array.from({ length: TYPES }, (__, type) => typeName(party, type))),
  queries: lines([`q${party}`]),
  subscriptions: new Map(),
  acts: [],
  grants: Array.from({ length: TYPES }, (__, type) => ({
    to: `p${(party + PARTIES - 1) % PARTIES}`,
    extend: typeName(party, type),
    line: 1,
  })),
}))
const commons = subgraphs[0].sdl.slice(0, subgraphs[0].sdl.indexOf('type Query')).replace(/^type [^]*?^}/gm, '')
const sdls = parties.map(({ party: name }, party) => {
  const own = Array.from(
    { length: TYPES },
    (_, type) => `"Described."
type ${typeName(party, type)} @key(fields: "id") @owner(party: ${first.kind}) { id: ID! a(x: Int): String b: [Int!] c: ${typeName((party + 1) % PARTIES, type)} d: Float e: Boolean }`,
  )
  const next = (party + 1) % PARTIES
  const stubs = Array.from(
    { length: TYPES },
    (_, type) => `type ${typeName(next, type)} @key(fields: "id") { id: ID! by${party}: Int @owner(party: ${first.kind}) }`,
  )
  return { name, sdl: [commons, ...own, ...stubs, `type Query { q${party}: ${typeName(party, 0)} }`].join('\n') }
})
for (const temperature of ['cold', 'warm']) {
  const startedMs = performance.now()
  const findings = checkCharter({ charter: { commons: charter.commons, parties }, subgraphs: sdls, now })
  print(`check of ${PARTIES} parties × ${TYPES} types (and ${TYPES} stubs), ${temperature}`, startedMs, findings.length)
}
