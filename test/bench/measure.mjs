import { PARTY_NAMES } from '@commonhall/harness'

const WARM_UP = 8
const COUNTED = 3

/** The value below which a share of the sorted values lies, by nearest rank; null of nothing. */
export const quantile = (sorted, share) => (sorted.length === 0 ? null : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)])

const round = (value) => (value === null ? null : Math.round(value * 100) / 100)

/** Hears every statement of a hub's parties, with the part of the scenario in which it ran. */
const listen = ({ hub }, phase) => {
  const heard = []
  const offs = PARTY_NAMES.map((party) => hub.parties[party].database.onStatement((name) => heard.push({ party, name, part: phase.part })))
  return { heard, stop: () => offs.forEach((off) => off()) }
}

/** Statements by part, by party and by name, and calls from the gateway to parties: means per operation, outside the measured time. */
const countWork = async (scenario, bench, state, from) => {
  const phase = { part: 'total' }
  bench.takeLines()
  const { heard, stop } = listen(bench, phase)
  try {
    for (let index = 0; index < COUNTED; index++) await scenario.run(bench, state, from + index, phase)
  } finally {
    stop()
  }
  const operations = bench.takeLines()
  const perOperation = (count) => Math.round((count / COUNTED) * 10) / 10
  const countOf = (statements) => ({
    sum: perOperation(statements.length),
    byParty: Object.fromEntries(PARTY_NAMES.map((name) => [name, perOperation(statements.filter(({ party }) => party === name).length)])),
  })
  const parts = [...new Set(heard.map(({ part }) => part))].filter((part) => part !== 'total')
  const names = [...new Set(heard.map(({ party, name }) => `${party}:${name}`))].sort()
  return {
    statements: {
      total: countOf(heard),
      ...Object.fromEntries(parts.map((part) => [part, countOf(heard.filter((statement) => statement.part === part))])),
    },
    names: Object.fromEntries(
      names.map((key) => [key, perOperation(heard.filter(({ party, name }) => `${party}:${name}` === key).length)]),
    ),
    requests: perOperation(operations.length),
    fetches: perOperation(operations.reduce((sum, { fetches }) => sum + (fetches ?? 0), 0)),
  }
}

/** Times by part: "total" and what else a scenario tells apart. */
const summaryOf = (samples) =>
  Object.fromEntries(
    Object.keys(samples[0] ?? {}).map((part) => {
      const sorted = samples.map((sample) => sample[part]).sort((a, b) => a - b)
      return [part, { p50: round(quantile(sorted, 0.5)), p99: round(quantile(sorted, 0.99)), max: round(sorted.at(-1) ?? null) }]
    }),
  )

/**
 * Measures a scenario on all hubs, taking turns so that what disturbs the machine disturbs each alike.
 *
 * Ends after the scenario's iterations or the seconds of the options, whichever comes first. A scenario that fails is reported with
 * its error and measured no further; the others go on.
 */
export const measure = async (scenario, hubs, { iterations, seconds }) => {
  const { key, title, goal } = scenario
  const most = Math.max(1, Math.round(iterations * (scenario.share ?? 1)))
  const warmUp = Math.min(WARM_UP, most)
  try {
    const runs = []
    for (const bench of hubs) {
      const state = await scenario.prepare(bench)
      for (let index = 0; index < warmUp; index++) await scenario.run(bench, state, index)
      runs.push({ bench, state, samples: [], work: await countWork(scenario, bench, state, warmUp) })
    }
    const untilMs = performance.now() + seconds * 1000
    for (let index = 0; index < most && performance.now() < untilMs; index++) {
      const order = index % 2 === 0 ? runs : runs.toReversed()
      for (const { bench, state, samples } of order) samples.push(await scenario.run(bench, state, warmUp + COUNTED + index))
      for (const { bench } of runs) bench.takeLines()
    }
    const sizes = runs.map(({ bench, state, samples, work }) => ({
      ...{ scale: bench.scale, count: samples.length, note: state.note ?? null },
      ...work,
      ms: summaryOf(samples),
    }))
    return { key, title, goal, sizes, ratio: ratioOf(sizes) }
  } catch (error) {
    return { key, title, goal, sizes: [], ratio: null, error: error instanceof Error ? error.message : String(error) }
  }
}

/** p50 of the last size over p50 of the first; null with one size. */
const ratioOf = (sizes) => (sizes.length < 2 ? null : round(sizes.at(-1).ms.total.p50 / sizes[0].ms.total.p50))
