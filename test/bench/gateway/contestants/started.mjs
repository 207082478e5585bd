import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

/** What the benchmark tells a contestant: supergraph, subgraphs, identity, whether calls in flight may be shared. */
export const setup = JSON.parse(readFileSync(process.argv[2], 'utf8'))

/** Imports a package of the peers' own folder, where the product cannot see it. */
export const peer = (name) => import(import.meta.resolve(name, setup.peersUrl))

const EVERY_OBJECT = { samplingInterval: 4096, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true }

/** How each kind of profile is begun and ended, in the words of the inspector. */
const PROFILES = {
  cpu: {
    async begin(session) {
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: 200 })
      await session.post('Profiler.start')
    },
    end: (session) => session.post('Profiler.stop'),
  },
  allocations: {
    begin: (session) => session.post('HeapProfiler.startSampling', EVERY_OBJECT),
    end: (session) => session.post('HeapProfiler.stopSampling'),
  },
}

/** Profiles on demand, of the measured time alone: `{ begin: kind }` starts one, `{ end: kind }` ends it and gives it back. */
const offerProfiles = () => {
  const session = new Session()
  process.on('message', async ({ begin, end }) => {
    if (begin !== undefined) {
      session.connect()
      await PROFILES[begin].begin(session)
      process.send({ begun: begin })
    } else if (end !== undefined) {
      const { profile } = await PROFILES[end].end(session)
      session.disconnect()
      process.send({ profile })
    }
  })
}

/** Runs a contestant until the benchmark lets go of it: `start` gives its port. */
export const started = async (start) => {
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  offerProfiles()
  try {
    process.send({ ready: { port: await start() } })
  } catch (error) {
    process.send({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1))
  }
}
