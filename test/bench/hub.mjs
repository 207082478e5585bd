import { Worker } from 'node:worker_threads'

import { createGateway } from '@commonhall/gateway'
import { PARTY_NAMES, startTestHub } from '@commonhall/harness'
import { createStreet } from '@commonhall/street'

import { createClient } from './client.mjs'
import { PARTIES } from './parties.mjs'

/** "Today" of the data and of the hubs' clock: a Monday morning in Chongqing. */
const ANCHOR = new Date('2026-03-02T02:00:00Z')

const seedInThread = (data) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./seed-worker.mjs', import.meta.url), { workerData: data })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the seed of ${data.party} ended with ${code}`)))
  })

const rowsOf = ({ tables }) => Object.values(tables).reduce((sum, count) => sum + count, 0)

/** Persons with their posts, as an identity provider would state them. */
const personasOf = ({ personas }) => {
  const post = (subject, role) => ({ subject, posts: [{ kind: personas[subject].kind, partyId: personas[subject].id, role }] })
  return { resident: { subject: 'resident', isResident: true }, cadre: post('cadre', 'cadre'), officer: post('officer', 'officer') }
}

/**
 * Builds a hub on a street of `scale`: fresh databases, seeded, four parties and the gateway behind real HTTP.
 *
 * `seeds` tells milliseconds and rows by table of each party; the four are loaded side by side, as `npm start` does.
 */
export const startHub = async (scale, tell) => {
  const street = createStreet({ anchor: ANCHOR, scale })
  const lines = []
  const seeds = []
  const seed = async (party, { ownerUrl, personaSubjects }) => {
    const told = await seedInThread({ party, anchor: ANCHOR.toISOString(), scale, ownerUrl, personaSubjects })
    seeds.push({ ...told, rows: rowsOf(told) })
    tell(`street × ${scale}: ${party} loaded ${rowsOf(told).toLocaleString('en')} rows in ${(told.ms / 1000).toFixed(1)} s`)
  }
  const startedMs = performance.now()
  let seededMs = 0
  const hub = await startTestHub({
    now: ANCHOR,
    personas: { resident: 'resident' },
    parties: Object.fromEntries(
      PARTY_NAMES.map((name) => [
        name,
        {
          migrate: PARTIES[name].migrate,
          async create(deps) {
            seededMs ||= Math.round(performance.now() - startedMs)
            return PARTIES[name].create(deps)
          },
          seed: (at) => seed(name, at),
        },
      ]),
    ),
    createGateway: (options) => createGateway({ ...options, log: { info: (line) => lines.push(line), warn() {}, error() {} } }),
  })
  // What is due today is told once, before anything is measured.
  await hub.settle()
  const client = await createClient(hub, personasOf(street))
  const sizes = await Promise.all(PARTY_NAMES.map((name) => hub.sql(name, 'select pg_database_size(current_database())::float8 as bytes')))
  const bytes = sizes.reduce((sum, [row]) => sum + row.bytes, 0)
  tell(`street × ${scale}: ready, ${Math.round(bytes / 1e6)} MB in four databases`)
  return {
    ...{ scale, street, hub, client, seeds, seededMs, bytes },
    /** Lines of the gateway's log since the last call: one per operation. */
    takeLines: () => lines.splice(0),
    async stop() {
      client.close()
      await hub.stop()
    },
  }
}
