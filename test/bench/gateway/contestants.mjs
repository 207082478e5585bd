import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { askEach, requestBytes } from './load.mjs'
import { grafbaseProgram } from './peers.mjs'
import { CORES, startForeign, startProgram } from './processes.mjs'

/** Node's flags for all contestants that run in it; the room for young objects is what our product starts with, and helps the others, too. */
const PEER_FLAGS = ['--no-warnings', '--experimental-import-meta-resolve', '--min-semi-space-size=16']

const program = (file, ...args) => ({
  start: (name, { setupFile, core, nodeArgs = [] }) =>
    startProgram({
      ...{ name, core, args: [setupFile, ...args], nodeArgs: [...PEER_FLAGS, ...nodeArgs] },
      file: join(import.meta.dirname, 'contestants', file),
    }),
})

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Grafbase's `dev` server composes from the parties' schemas itself; the engine in it is that of its gateway. */
const startGrafbase = async (name, { folder, setup, core, mostSeconds }) => {
  const port = await freePort()
  const home = join(folder, 'grafbase')
  mkdirSync(home, { recursive: true })
  const subgraphs = setup.subgraphs.map(({ name: party, sdl, url }) => {
    const schemaFile = join(home, `${party}.graphql`)
    writeFileSync(schemaFile, sdl)
    return `[subgraphs.${party}]\nurl = "${url}"\nschema_path = "${schemaFile}"\n`
  })
  const sharing = `[traffic_shaping]\ninflight_deduplication = ${setup.isSharing}\n`
  writeFileSync(join(home, 'grafbase.toml'), `[graph]\nintrospection = false\n\n${sharing}\n${subgraphs.join('\n')}`)
  const probe = requestBytes([{ query: '{ communities { id } }' }], { port })
  const isReady = () =>
    askEach(port, probe).then(
      ([{ status }]) => status === '200',
      () => false,
    )
  const command = [grafbaseProgram(), 'dev', '--config', join(home, 'grafbase.toml'), '--listen-address', `127.0.0.1:${port}`]
  const running = await startForeign({ ...{ name, command, core, mostSeconds, isReady }, cwd: home })
  return { ...running, ready: { port } }
}

/** Who takes part, by the names that reports use. */
export const CONTESTANTS = {
  commonhall: program('commonhall.mjs'),
  'commonhall-local': program('commonhall.mjs', 'local'),
  'apollo-gateway': program('apollo-gateway.mjs'),
  'hive-gateway': program('hive-gateway.mjs'),
  'hive-gateway-rust': program('hive-gateway.mjs', 'rust'),
  grafbase: { start: startGrafbase },
  monolith: program('monolith.mjs'),
}

/** Ours: they verify a bearer token, the others are sent none. */
const OURS = new Set(['commonhall', 'commonhall-local'])

/** Starts a contestant: its process, its port, and requests as bytes as each of its persons sends them. */
export const startContestant = async (name, options) => {
  const core = options.isPinned ? CORES.gateway : null
  const nodeArgs = OURS.has(name) ? options.nodeArgs : []
  const running = await CONTESTANTS[name].start(name, { ...options, nodeArgs, core })
  const { port } = running.ready
  const { identity, isSharing } = options.setup
  const tokens = OURS.has(name) ? identity.tokens.slice(0, isSharing ? 1 : undefined) : [null]
  // Ours shares calls in flight only within one person: that each connection is another person is what keeps it from sharing.
  const known = new Map()
  const bytesOf = (requests) => {
    if (!known.has(requests))
      known.set(
        requests,
        tokens.map((token) => requestBytes(requests, { port }, token)),
      )
    return known.get(requests)
  }
  return { ...running, name, port, bytesOf }
}
