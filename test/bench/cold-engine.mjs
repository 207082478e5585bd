// What a document costs that the engine has never seen, by stage, and what it retains afterwards; from memory, without sockets.
// `node --expose-gc test/bench/cold-engine.mjs [documents]`; run `node scripts/build.mjs` first. CPU time of this machine now: compare rounds.
import { composeSupergraph } from '../../shared/dist/composition/index.js'
import { SIGNED_IN_LIMITS } from '../../gateway/dist/admission/document-limits.js'
import { answerText } from '../../gateway/dist/execution/answer-text.js'
import { executeOperation } from '../../gateway/dist/execution/execute-operation.js'
import { createDocumentReader } from '../../gateway/dist/planning/checked-document.js'
import { createRelease } from '../../gateway/dist/release.js'
import { readCostModel } from '../../gateway/dist/cost/cost-model.js'
import { createPartyExecutor } from './gateway/world/executable.mjs'
import { mixedDocuments } from './gateway/world/mixed.mjs'
import { createWorld } from './gateway/world/rows.mjs'
import { PARTIES } from './gateway/world/schemas.mjs'

const COUNT = Number(process.argv[2] ?? 300)
const ROUNDS = 5
const WARM_ROUNDS = 3
const CALLER = { limits: SIGNED_IN_LIMITS, access: { isSignedIn: true, scopes: new Set() }, isQueryOnly: false }

const world = createWorld()
const parties = new Map(PARTIES.map(({ name, sdl }) => [name, createPartyExecutor(sdl, world)]))
const composition = composeSupergraph(PARTIES.map((party) => ({ ...party, url: `memory:${party.name}` })))
const newRelease = () => createRelease({ kind: 'supergraph', sdl: composition.supergraphSdl }, { introspection: false })

/** Answers of parties by their calls: asked once, then from memory, as bytes like from a link. */
const recorded = new Map()
const call = async (step, variables) => {
  const key = `${step.party} ${step.call.query} ${variables}`
  const known = recorded.get(key)
  if (known !== undefined) return known
  const result = await parties.get(step.party).execute({ query: step.call.query, variables: JSON.parse(Buffer.from(variables, 'latin1')) })
  const text = Buffer.from(JSON.stringify(result)).toString('latin1')
  recorded.set(key, text)
  return text
}
const contextOf = ({ schema }) => ({
  schema,
  language: 'en',
  traceId: 't',
  nowMs: () => 0,
  call,
  onFault: (_, fault) => console.error(fault),
})

const cpuUs = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}
const stages = new Map()
/** Runs one stage over all items; remembers microseconds per item. */
const stage = async (name, items, run) => {
  const results = []
  const before = cpuUs()
  for (const item of items) results.push(await run(item))
  const us = (cpuUs() - before) / items.length
  stages.set(name, [...(stages.get(name) ?? []), us])
  return results
}

// One release asks the parties beforehand, so that the other finds every answer in memory; both live on: code that V8 has made for
// the objects of a release dies with it.
const [rehearsing, release] = [await newRelease(), await newRelease()]
const reader = createDocumentReader({
  schema: release.schema,
  hideSchema: true,
  cost: readCostModel(composition.supergraphSdl, release.schema),
})
const runIn =
  (context) =>
  async ({ compiled, variables }) => {
    const answer = await executeOperation(compiled, variables, context)
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors[0]))
    return Buffer.from(answerText(answer, { traceId: 't' }), 'latin1').length
  }
const pass = async (texts) => {
  for (const query of texts) await runIn(contextOf(rehearsing))(await rehearsing.catalogue.ready({ query }, CALLER))
  const run = runIn(contextOf(release))
  await stage('read: parse, limits, validation, cost', texts, (text) => reader.read(text, 'hash', SIGNED_IN_LIMITS))
  const ready = await stage('ready: read, plan, compile', texts, (query) => release.catalogue.ready({ query }, CALLER))
  await stage('first run', ready, run)
  await stage('second run', ready, run)
  await stage('third run', ready, run)
}

for (let round = 0; round < WARM_ROUNDS; round++) await pass(mixedDocuments(COUNT, 90 + round))
stages.clear()
for (let round = 0; round < ROUNDS; round++) await pass(mixedDocuments(COUNT, 7000 + round))
console.log(`${COUNT} documents; median (least) of ${ROUNDS} rounds`)
for (const [name, all] of stages) {
  all.sort((a, b) => a - b)
  console.log(`${name.padEnd(40)} ${all[ROUNDS >> 1].toFixed(0).padStart(6)} µs (${all[0].toFixed(0)})`)
}
const median = (name) => stages.get(name)[ROUNDS >> 1]
console.log(
  `${'cold: ready + first run − third run'.padEnd(40)} ${(median('ready: read, plan, compile') + median('first run') - median('third run')).toFixed(0).padStart(6)} µs`,
)

if (globalThis.gc) {
  // Only now: a collection throws away what V8 has compiled for objects that are gone, and everything is slow for a while.
  const last = mixedDocuments(COUNT, 8000)
  for (const query of last) await runIn(contextOf(rehearsing))(await rehearsing.catalogue.ready({ query }, CALLER))
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  for (const query of last) await runIn(contextOf(release))(await release.catalogue.ready({ query }, CALLER))
  globalThis.gc()
  const kilobytes = (process.memoryUsage().heapUsed - before) / COUNT / 1024
  console.log(`${'retained per operation'.padEnd(40)} ${kilobytes.toFixed(1).padStart(6)} KB`)
}
