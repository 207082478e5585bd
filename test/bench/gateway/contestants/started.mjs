import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

/** What the benchmark tells a contestant: supergraph, subgraphs, identity, whether calls in flight may be shared. */
export const setup = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** Imports a package of the peers' own folder, where the product cannot see it. */
export const peer = (name) => import(import.meta.resolve(name, setup.peersUrl))

/** CPU profiles on demand, of the measured time alone: `profile` begins one, `profiled` ends it and gives it back. */
const offerProfile = () => {
  const session = new Session()
  process.on('message', async (message) => {
    if (message === 'profile') {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: 200 })
      await session.post('Profiler.start')
      process.send({ profiling: true })
    } else if (message === 'profiled') {
      const { profile } = await session.post('Profiler.stop')
      session.disconnect()
      process.send({ profile })
    }
  })
}

/** Runs a contestant until the benchmark lets go of it: `start` gives its port. */
export const started = async (start) => {
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  offerProfile()
  try {
    process.send({ ready: { port: await start() } })
  } catch (error) {
    process.send({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1))
  }
}
