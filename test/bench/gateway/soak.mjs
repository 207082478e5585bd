import { prepareGateways } from './compare.mjs'
import { closedLoop } from './load.mjs'
import { rssMbOf } from './processes.mjs'

const STEP_SECONDS = 5
const CONNECTIONS = 10

/** Slope of a least-squares line through points, in units of y per unit of x. */
const slopeOf = (points) => {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
}

/** 1,000 distinct documents again and again: memory at the end and how it moved in the second half, when all caches are full. */
export const soak = async (rig, options, { tell }) => {
  const mixed = rig.queries.find(({ name }) => name === 'mixed')
  if (mixed === undefined) throw new Error('the soak needs the query "mixed"')
  for (const name of options.gateways) {
    const [gateway] = await prepareGateways({ ...rig, queries: [mixed] }, [name], { tell, warmSeconds: 1 })
    if (gateway === undefined) continue
    const persons = gateway.bytesOf(mixed.requests)
    const points = []
    let requests = 0
    let next = 0
    const startedMs = performance.now()
    while (performance.now() - startedMs < options.minutes * 60_000) {
      const told = await closedLoop(gateway.port, persons, { connections: CONNECTIONS, seconds: STEP_SECONDS, offset: next })
      next = told.next
      requests += told.times.length
      points.push([(performance.now() - startedMs) / 60_000, rssMbOf(gateway.pid)])
      if (points.length % 6 === 0) tell(`${name}: ${requests} requests, ${points.at(-1)[1].toFixed(0)} MB`)
    }
    const settled = points.slice(points.length >> 1)
    const most = Math.max(...points.map(([, rssMb]) => rssMb))
    const slope = slopeOf(settled)
    console.log(
      `${name}: ${requests} requests in ${options.minutes} min, RSS ${points.at(-1)[1].toFixed(0)} MB at the end, ${most.toFixed(0)} at most, ` +
        `slope of the second half ${slope >= 0 ? '+' : ''}${slope.toFixed(2)} MB/min${name === 'commonhall' ? ' (floor 180 MB, goal 150 MB and slope 0)' : ''}`,
    )
    await gateway.stop()
  }
}
