import { writeFile } from 'node:fs/promises'

import { measureAll, warmUp } from './measure.mjs'
import { PEERS } from './peers.mjs'
import { jsonOf, machineLine, tableOf } from './report.mjs'

/** What a quick run may take as a whole; installing the peers for the first time is not counted. */
const QUICK_MS = 170_000
const LEAST_SECONDS = 0.3

/** Starts the gateways, checks that they answer rightly and warms them; those that do not are left out. */
export const prepareGateways = async (rig, names, { tell, warmSeconds }) => {
  const gateways = []
  for (const name of names) {
    const gateway = await rig.start(name)
    if (gateway === null) continue
    tell(`${name} is up (process ${gateway.pid}); checking its answers and warming it`)
    try {
      for (const query of rig.queries) await warmUp(gateway, query, { stubs: rig.stubs, seconds: warmSeconds })
      gateways.push(gateway)
    } catch (error) {
      tell(`${name} does not take part: ${error.message} ${gateway.complaints().slice(-500)}`)
      await gateway.stop()
    }
  }
  return gateways
}

/** All gateways against each other. */
export const compare = async (rig, options, { tell, startedMs }) => {
  const gateways = await prepareGateways(rig, options.gateways, { tell, warmSeconds: options.isQuick ? 0.7 : 3 })
  const leftSeconds = () => (QUICK_MS - (performance.now() - startedMs)) / 1000
  const secondsOfNext = (left) => options.seconds ?? Math.min(2, Math.max(LEAST_SECONDS, leftSeconds() / left - 0.05))
  const isLate = () => options.seconds === null && leftSeconds() < 0
  const { rows, failed } = await measureAll(gateways, rig.queries, { ...options, secondsOfNext, isLate, stubs: rig.stubs, tell })
  const bytes = Object.fromEntries(
    rig.queries.map(({ name, expected }) => {
      const sizes = expected.map((data) => Buffer.byteLength(JSON.stringify({ data }))).sort((a, b) => a - b)
      return [name, sizes.length === 1 ? sizes[0] : `${sizes[0]} to ${sizes.at(-1)}, median ${sizes[sizes.length >> 1]}`]
    }),
  )
  console.log(`\n${machineLine()}`)
  const versions = Object.entries(PEERS).map(([name, version]) => `${name} ${version}`)
  console.log(`Against ${versions.join(', ')}`)
  console.log(tableOf(rows, { bytes, rounds: new Set(rows.map(({ round }) => round)).size }))
  for (const [name, reason] of failed) console.log(`\n${name} failed during the run and is not compared to its end: ${reason}`)
  const sharing = [...new Set(rows.filter((row) => row.isSharing).map(({ gateway }) => gateway))]
  if (sharing.length > 0 && !options.isSharing) console.log(`\nNOT COMPARABLE: ${sharing.join(', ')} shared calls in flight.`)
  const worst = Math.max(0, ...rows.map(({ missesPerCall }) => missesPerCall))
  console.log(
    [
      '',
      'All answers were compared with graphql-js on one schema before anything was measured.',
      'commonhall verifies a bearer token, signs each call, applies all limits, counts metrics and writes a log line per operation; the others do nothing of the kind.',
      `Calls in flight are ${options.isSharing ? 'shared by those that can' : 'shared by nobody'}. "calls": to subgraphs per request; "rig": share of its core that stubs and load needed (! from 85 %).`,
      ...(worst > 0.01
        ? [`Up to ${(worst * 100).toFixed(1)} % of the stubs' answers had to be worked out during a round: longer warming would be fairer.`]
        : []),
    ].join('\n'),
  )
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(jsonOf(rows), null, 2)}\n`)
}
