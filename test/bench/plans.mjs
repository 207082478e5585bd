import { readFileSync } from 'node:fs'

const SHOWN = 12
const PLAN = /^\S+ \S+ \S+ \[\d+\] (\S+) LOG: {2}duration: ([\d.]+) ms {2}plan:$/

/** Plans in the server's log, as `{ database, ms, text }`. */
const readPlans = (logFile) => {
  const plans = []
  let current = null
  for (const line of readFileSync(logFile, 'utf8').split('\n')) {
    const [, database, ms] = PLAN.exec(line) ?? []
    if (database !== undefined) plans.push((current = { database, ms: Number(ms), lines: [] }))
    else if (line.startsWith('\t')) current?.lines.push(line.slice(1))
    else current = null
  }
  return plans.map(({ database, ms, lines }) => ({ database, ms, text: lines.join('\n') }))
}

const statementOf = ({ database, text }) => `${database}: ${text.replace(/\n[^\n]*\(cost=[^]*/, '')}`

const groupsOf = (plans) => {
  const groups = new Map()
  for (const plan of plans) {
    const statement = statementOf(plan)
    const group = groups.get(statement)
    if (group === undefined) groups.set(statement, [plan])
    else group.push(plan)
  }
  return groups
}

/** Prints the statements that cost most in sum, each with its slowest plan. */
export const printSlowPlans = (logFile) => {
  const groups = groupsOf(readPlans(logFile))
  const ranked = [...groups.values()]
    .map((plans) => ({
      sum: plans.reduce((sum, { ms }) => sum + ms, 0),
      count: plans.length,
      worst: plans.reduce((a, b) => (a.ms > b.ms ? a : b)),
    }))
    .sort((a, b) => b.sum - a.sum)
  for (const { sum, count, worst } of ranked.slice(0, SHOWN))
    console.log(`\n── ${count} × in ${worst.database}, ${Math.round(sum)} ms in sum, the slowest ${worst.ms} ms\n${worst.text}`)
}
