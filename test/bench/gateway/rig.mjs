import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'

import { composeSupergraph } from '@commonhall/shared/composition'
import { buildSchema, parse, printSchema } from 'graphql'

import { startContestant } from './contestants.mjs'
import { installPeers, NEEDS, PEERS_URL } from './peers.mjs'
import { CORES, startProgram } from './processes.mjs'
import { referenceAnswers } from './verify.mjs'
import { QUERIES } from './world/queries.mjs'
import { PARTIES } from './world/schemas.mjs'

/** Puts this process on the rig's core; false where that cannot be done, and then nobody is pinned. */
const pinOurselves = () =>
  cpus().length > 1 && spawnSync('taskset', ['-a', '-cp', String(CORES.rig), String(process.pid)], { stdio: 'ignore' }).status === 0

/** The parties as one schema without federation: their definitions side by side, the types of several owners merged. */
const monolithSdl = () => {
  const fields = new Map()
  const others = []
  for (const definition of PARTIES.flatMap(({ sdl }) => parse(sdl).definitions)) {
    if (definition.kind === 'ObjectTypeDefinition') {
      const known = fields.get(definition.name.value) ?? new Map()
      for (const field of definition.fields) known.set(field.name.value, field.loc.source.body.slice(field.loc.start, field.loc.end))
      fields.set(definition.name.value, known)
    } else if (definition.kind === 'EnumTypeDefinition') {
      others.push(definition.loc.source.body.slice(definition.loc.start, definition.loc.end))
    }
  }
  const types = [...fields].map(([name, own]) => `type ${name} { ${[...own.values()].join(' ')} }`)
  return printSchema(buildSchema([...types, ...others].join('\n')))
}

const startStubs = async (core) => {
  const running = await startProgram({ name: 'the stubs', file: join(import.meta.dirname, 'stubs.mjs'), core })
  const counts = () =>
    new Promise((resolve) => {
      running.child.once('message', (message) => resolve(message.counts))
      running.child.send('counts')
    })
  return { ...running, counts }
}

/**
 * Everything around the contestants: peers, stub subgraphs, supergraph, the answers that are right. Nothing of it outlives the run:
 * `clean` ends every process and removes the temporary folder.
 */
export const openRig = async (options, { tell, cleanUp, isStopping }) => {
  const missing = installPeers(tell)
  const isPinned = pinOurselves()
  if (!isPinned) tell('no taskset or a single core: nothing is pinned, compare with care')
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-bench-gateway-'))
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
  const stubs = await startStubs(isPinned ? CORES.rig : null)
  cleanUp.unshift(() => stubs.stop())
  const { subgraphs, identity } = stubs.ready
  const composed = composeSupergraph(subgraphs)
  if (!composed.ok) throw new Error(`the parties do not compose: ${composed.errors[0].message}`)
  const schemaSdl = monolithSdl()
  const setup = { subgraphs, identity, supergraphSdl: composed.supergraphSdl, schemaSdl, isSharing: options.isSharing, peersUrl: PEERS_URL }
  const setupFile = join(folder, 'setup.json')
  writeFileSync(setupFile, JSON.stringify(setup))
  return {
    stubs,
    isPinned,
    queries: options.queries.map((name) => ({ name, requests: QUERIES[name], expected: referenceAnswers(schemaSdl, QUERIES[name]) })),
    expected: (requests) => referenceAnswers(schemaSdl, requests),
    /** Starts a gateway; null when it is not here or does not start, which is told and no reason to stop. */
    async start(name) {
      const lacking = NEEDS[name].filter((needed) => missing.includes(needed))
      try {
        if (isStopping()) throw new Error('the run is stopping')
        if (lacking.length > 0) throw new Error(`npm gave no ${lacking.join(', ')}`)
        const { mostSeconds, nodeArgs } = options
        const gateway = await startContestant(name, { setup, setupFile, folder, isPinned, mostSeconds, nodeArgs })
        cleanUp.unshift(() => gateway.stop())
        if (isStopping()) await gateway.stop()
        return gateway
      } catch (error) {
        tell(`${name} does not take part: ${error.message}`)
        return null
      }
    },
  }
}
