// What the engine alone costs: reading answers, joining, writing, from memory, without sockets, tokens and admission.
// `node test/bench/micro-engine.mjs [big|small|dashboard]`; run `node scripts/build.mjs` first. Times are of this machine now: compare rounds.
import { parse, validate } from 'graphql'

import { composeSupergraph } from '../../shared/dist/composition/index.js'
import { answerText } from '../../gateway/dist/execution/answer-text.js'
import { executeOperation } from '../../gateway/dist/execution/execute-operation.js'
import { buildApiSchema } from '../../gateway/dist/planning/api-schema.js'
import { compileOperation } from '../../gateway/dist/planning/compiled-operation.js'
import { createPlanner } from '../../gateway/dist/planning/planner.js'
import { createPartyExecutor } from './gateway/world/executable.mjs'
import { QUERIES } from './gateway/world/queries.mjs'
import { createWorld } from './gateway/world/rows.mjs'
import { PARTIES } from './gateway/world/schemas.mjs'

const ROUNDS = 15
const MICROSECONDS_PER_ROUND = 400_000

const world = createWorld()
const parties = new Map(PARTIES.map(({ name, sdl }) => [name, createPartyExecutor(sdl, world)]))
const composition = composeSupergraph(PARTIES.map((party) => ({ ...party, url: `memory:${party.name}` })))
const planner = createPlanner(composition.supergraphSdl)
const schema = buildApiSchema(planner.consumerSdl)
const access = { field: () => null, type: () => null }

/** Answers of parties by their calls: the first time asked, then from memory, as bytes like from a link. */
const recorded = new Map()
const call = async (step, variables) => {
  const known = recorded.get(step)
  if (known !== undefined) return known
  const result = await parties.get(step.party).execute({ query: step.call.query, variables: JSON.parse(Buffer.from(variables, 'latin1')) })
  const text = Buffer.from(JSON.stringify(result)).toString('latin1')
  recorded.set(step, text)
  return text
}
const context = { schema, language: 'en', traceId: 't', nowMs: () => performance.now(), call, onFault: (_, fault) => console.error(fault) }

const measure = async (run) => {
  for (let count = 0; count < 300; count++) await run()
  const begin = process.hrtime.bigint()
  for (let count = 0; count < 50; count++) await run()
  const perRound = Math.max(20, Math.round(MICROSECONDS_PER_ROUND / (Number(process.hrtime.bigint() - begin) / 50_000)))
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    for (let count = 0; count < perRound; count++) await run()
    const { user, system } = process.cpuUsage(start)
    rounds.push((user + system) / perRound)
  }
  rounds.sort((a, b) => a - b)
  return { median: rounds[ROUNDS >> 1], least: rounds[0] }
}

const isAlone = process.argv.includes('--alone')
const wanted = process.argv.slice(2).filter((name) => name in QUERIES)
for (const name of wanted.length > 0 ? wanted : ['small', 'dashboard', 'big']) {
  const [{ query, variables = {} }] = QUERIES[name]
  const document = parse(query)
  if (validate(schema, document).length > 0) throw new Error(`${name} is invalid`)
  const begin = performance.now()
  const compiled = await compileOperation({ document, operation: document.definitions[0], variables, access }, schema, planner)
  const coldMs = performance.now() - begin
  recorded.clear()
  const answer = await executeOperation(compiled, variables, context)
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors[0]))
  const answers = [...recorded.values()]
  const engine = await measure(async () => {
    const done = await executeOperation(compiled, variables, context)
    return Buffer.from(answerText(done, { traceId: 't' }), 'latin1')
  })
  const texts = answers.map((text) => Buffer.from(text, 'latin1').toString())
  const data = answer.data
  const bound = isAlone
    ? { median: 0, least: 0 }
    : await measure(async () => {
        for (const text of texts) JSON.parse(text)
        return Buffer.from(JSON.stringify(data))
      })
  const bytes = answers.reduce((sum, text) => sum + text.length, 0)
  console.log(
    `${name}: ${answer.calls.length} calls, ${bytes} bytes in, ${answer.dataText.length} out, compiled in ${coldMs.toFixed(1)} ms; ` +
      `engine ${engine.median.toFixed(1)} µs (least ${engine.least.toFixed(1)}), ` +
      `only JSON.parse and JSON.stringify ${bound.median.toFixed(1)} µs (least ${bound.least.toFixed(1)})`,
  )
}
