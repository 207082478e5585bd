import { createAdmission } from './admission/admit.js'
import { createEngine } from './engine.js'
import type { PartyState } from './door/health.js'
import type { FederationOptions, GatewaySubgraph } from './gateway-options.js'
import { HUB_GRAPH_NAME } from './hub-graph/hub-graph.js'
import { SILENT_LOG } from './observe/operation-log.js'
import { createRelease, type ReleaseInput } from './release.js'
import { openLink, type OpenLink } from './release/open-link.js'
import { addressesOf, type PartyAddress } from './release/party-address.js'
import { createPartyLinks } from './release/party-links.js'
import { tellImpossibleFields } from './release/tell-impossible.js'
import { warmCatalogue } from './release/warm.js'
import { createPartyProbe } from './release/probe-parties.js'
import { createReleases, type ReleaseReport, type Releases } from './release/releases.js'
import { awaitSdl } from './transport/await-sdl.js'

/** Engine and parties without a door: what the gateway's door and the adapter for Apollo Server both stand on. */
export interface Federation {
  readonly releases: Releases
  /** Brings the first release up; see `createFederation`. */
  start(): Promise<void>
  /**
   * Verifies an input, prepares it beside the running release, and swaps. One at a time, in the order of the calls.
   *
   * Rejects, with the running release untouched, when the input does not compose or cannot be served. The same text again does
   * nothing. Running operations finish on the release they began on.
   */
  replace(input: ReleaseInput): Promise<ReleaseReport>
  parties(): Readonly<Record<string, PartyState>>
  /** Ends a start that still waits for parties; `start` then rejects. */
  abandonStart(): void
  close(): Promise<void>
}

/** Longer than any operation: after it nothing runs on a release that was replaced. */
const RETIRE_AFTER_MS = 15_000

const nameOf = (subgraph: GatewaySubgraph): string => (subgraph.kind === 'local' ? subgraph.subgraph.name : subgraph.name)

/**
 * Joins parties to a federation. `start` asks each remote party for its SDL until all have answered and composes, or takes the
 * given supergraph as it is, without asking anybody. Throws when two parties have one name.
 */
export const createFederation = (options: FederationOptions): Federation => {
  const log = options.log ?? SILENT_LOG
  const nowMs = options.clock ?? Date.now
  const { supergraph, subgraphs, observer } = options
  const explainToAll = options.explainToAll ?? options.introspection ?? false
  const releases = createReleases(log)
  const admission = createAdmission(options.admission)
  const names = subgraphs.map(nameOf)
  for (const [index, name] of names.entries())
    if (name === HUB_GRAPH_NAME || names.indexOf(name) !== index) throw new Error(`The subgraph name "${name}" is taken.`)

  const links = createPartyLinks((address) => openLink(address, { ...options, log, nowMs }))
  const addresses = (graphs: Parameters<typeof addressesOf>[0]): PartyAddress[] =>
    addressesOf(graphs, { subgraphs, settings: supergraph?.parties ?? {} })

  let states = new Map<string, () => PartyState>(names.map((name) => [name, () => 'up']))
  let current: ReadonlyMap<string, OpenLink> = new Map()
  observer?.watch({
    links: () => new Map([...current].map(([name, { link }]) => [name, link.stats()])),
    plans: () => releases.current()?.release.catalogue.stats() ?? null,
    releaseId: () => releases.current()?.release.id ?? null,
  })
  const probe = createPartyProbe()
  let retiring: NodeJS.Timeout | undefined
  let searching = new AbortController()
  let queue: Promise<unknown> = Promise.resolve()
  const activate = async (input: ReleaseInput): Promise<ReleaseReport> => {
    const startedMs = performance.now()
    const previous = releases.current()?.release ?? null
    const release = await createRelease(input, {
      introspection: options.introspection ?? false,
      unknownPolicies: options.unknownPolicies,
      onPlanned: observer?.planned,
    })
    const report = { id: release.id, previousId: previous?.id ?? null }
    const took = (): number => Math.round(performance.now() - startedMs)
    if (release.id === previous?.id) return { ...report, isNew: false, warmed: 0, refused: 0, durationMs: took() }
    const opened = links.of(addresses(release.graphs))
    const partyLinks = new Map([...opened].map(([name, { link }]) => [name, link]))
    const engine = createEngine({
      release,
      links: partyLinks,
      pairwiseKeys: options.pairwiseKeys,
      log,
      nowMs,
      admission,
      observer,
      tracing: options.tracing,
      explainToAll,
    })
    const registered = await options.admission?.trusted?.validate(release.catalogue)
    if (registered !== undefined && registered.refused.length > 0)
      log.warn(
        {
          count: registered.refused.length,
          detail: registered.refused
            .map(({ id, reason }) => `${id}: ${reason}`)
            .join('; ')
            .slice(0, 2000),
        },
        'registered documents do not fit the release',
      )
    const warmth = previous === null ? { warmed: 0, refused: 0 } : await warmCatalogue(previous.catalogue, release.catalogue, options.warm)
    current = opened
    states = new Map([...opened].map(([name, open]) => [name, () => probe.stateOf(open)]))
    // Parties that gave their schemas have been asked already, and those in this process need not be.
    if (supergraph === undefined) probe.noteHeard(opened)
    else probe.watch(opened)
    await releases.swap({ release, engine })
    clearTimeout(retiring)
    retiring = setTimeout(() => void links.retainOnly(opened), RETIRE_AFTER_MS).unref()
    const durationMs = took()
    observer?.released({ isAccepted: true, durationMs })
    searching.abort()
    searching = new AbortController()
    // What was composed here has no such fields.
    if (input.kind === 'supergraph') void tellImpossibleFields(release, log, searching.signal)
    log.info({ release: release.id, count: warmth.warmed, durationMs }, 'a release serves')
    return { ...report, ...warmth, isNew: true, durationMs }
  }

  const starting = new AbortController()
  options.signal?.addEventListener('abort', () => starting.abort(), { once: true })
  if (options.signal?.aborted === true) starting.abort()
  const readParty = async (subgraph: GatewaySubgraph): Promise<{ name: string; sdl: string; url: string }> => {
    if (subgraph.kind === 'local')
      return { name: subgraph.subgraph.name, sdl: subgraph.subgraph.sdl, url: `local:${subgraph.subgraph.name}` }
    const { name, url, settings = {} } = subgraph
    const open = links.of([{ kind: 'http', name, url, settings }]).get(name)
    if (open === undefined) throw new Error(`no link to ${name}`)
    states.set(name, () => 'waiting')
    const sdl = await awaitSdl(open.link, { log, signal: starting.signal })
    states.set(name, () => probe.stateOf(open))
    return { name, sdl, url }
  }

  return {
    releases,
    async start() {
      const input: ReleaseInput =
        supergraph === undefined
          ? { kind: 'parties', parties: await Promise.all(subgraphs.map(readParty)) }
          : { kind: 'supergraph', sdl: supergraph.sdl }
      await this.replace(input)
    },
    replace(input) {
      const turn = queue.then(async () => {
        const startedMs = performance.now()
        try {
          return await activate(input)
        } catch (fault) {
          observer?.released({ isAccepted: false, durationMs: performance.now() - startedMs })
          throw fault
        }
      })
      queue = turn.catch(() => {})
      return turn
    },
    parties: () => Object.fromEntries([...states].map(([name, state]) => [name, state()])),
    abandonStart: () => starting.abort(),
    async close() {
      starting.abort()
      clearTimeout(retiring)
      searching.abort()
      probe.stop()
      await links.close()
    },
  }
}
