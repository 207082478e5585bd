import { ratioOf } from './ratios.mjs'

const CPU_GOALS = ['big', 'small'].flatMap((query) => [
  {
    text: `CPU against @apollo/gateway, ${query}`,
    ours: 'commonhall',
    peer: 'apollo-gateway',
    query,
    of: 'cpuMsPerRequest',
    floor: 8,
    goal: 12,
  },
  {
    text: `CPU against Hive with the Rust planner, ${query}`,
    ours: 'commonhall',
    peer: 'hive-gateway-rust',
    query,
    of: 'cpuMsPerRequest',
    floor: 2.5,
    goal: 4,
  },
  { text: `throughput against Grafbase, ${query}`, ours: 'commonhall', peer: 'grafbase', query, of: 'rps', floor: 0.6, goal: 1 },
  {
    text: `same process, CPU against @apollo/gateway, ${query}`,
    ours: 'commonhall-local',
    peer: 'apollo-gateway',
    query,
    of: 'cpuMsPerRequest',
    floor: 15,
    goal: null,
  },
  {
    text: `same process, throughput against Grafbase, ${query}`,
    ours: 'commonhall-local',
    peer: 'grafbase',
    query,
    of: 'rps',
    floor: null,
    goal: 1,
  },
])

/** The connections at which the goals were set. */
const CONNECTIONS = 10

const standing = (value, { floor, goal }) => {
  if (goal !== null && value >= goal) return 'goal reached'
  if (floor === null) return 'below the goal'
  return value >= floor ? (goal === null ? 'floor reached' : 'floor reached, below the goal') : 'BELOW THE FLOOR'
}

/** One line for each goal of the design, with the measured ratio; goals whose gateways did not take part are left out. */
export const verdictLines = (rows) => {
  const lines = CPU_GOALS.flatMap((goal) => {
    const ratio = ratioOf(rows, { ...goal, connections: CONNECTIONS })
    if (ratio === null) return []
    const wanted = [goal.floor === null ? null : `floor ${goal.floor}`, goal.goal === null ? null : `goal ${goal.goal}`].filter(Boolean)
    return [`${goal.text}: ${ratio.median.toFixed(2)}× (${wanted.join(', ')}): ${standing(ratio.median, goal)}`]
  })
  const mixed = rows.filter(({ gateway, query }) => gateway === 'commonhall' && query === 'mixed')
  const rssMb = Math.max(...mixed.map((row) => row.rssMb))
  if (mixed.length > 0)
    lines.push(`RSS with 1,000 distinct documents: ${rssMb.toFixed(0)} MB (floor 180, goal 150; the goal itself is measured by --soak)`)
  return lines
}
