import type { GatewaySubgraph, PartySettings } from '../gateway-options.js'
import type { OpenLink } from './open-link.js'
import type { SupergraphGraph } from './read-supergraph.js'
import { SUPERGRAPH_FAULTS, SupergraphRefused, type SupergraphFault } from './supergraph-faults.js'

/** A party as it is to be reached: in this process, or at its address. */
export type PartyAddress =
  | { readonly kind: 'local'; readonly name: string; readonly subgraph: Extract<GatewaySubgraph, { kind: 'local' }>['subgraph'] }
  | { readonly kind: 'http'; readonly name: string; readonly url: string; readonly settings: PartySettings }

/**
 * Where the subgraphs of a supergraph are: in this process, at the address that settings name, or at the composed routing URL.
 *
 * Refused as `SupergraphRefused`, all at once: settings for a subgraph that is not in the supergraph, no address, no http address.
 */
export const addressesOf = (
  graphs: readonly SupergraphGraph[],
  given: { readonly subgraphs: readonly GatewaySubgraph[]; readonly settings: Readonly<Record<string, PartySettings>> },
): PartyAddress[] => {
  const faults: SupergraphFault[] = []
  const known = graphs.map(({ name }) => name)
  for (const name of Object.keys(given.settings)) if (!known.includes(name)) faults.push(SUPERGRAPH_FAULTS.unknownSubgraph(name, known))
  const addresses = graphs.map(({ name, url: composed }): PartyAddress => {
    const local = given.subgraphs.find((subgraph) => subgraph.kind === 'local' && subgraph.subgraph.name === name)
    if (local?.kind === 'local') return { kind: 'local', name, subgraph: local.subgraph }
    const declared = given.subgraphs.find((subgraph) => subgraph.kind === 'http' && subgraph.name === name)
    const settings = (Object.hasOwn(given.settings, name) ? given.settings[name] : undefined) ?? {}
    const url = settings.url ?? (declared?.kind === 'http' ? declared.url : composed)
    if (url === '') faults.push(SUPERGRAPH_FAULTS.noUrl(name))
    else if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) faults.push(SUPERGRAPH_FAULTS.badUrl(name, url))
    return { kind: 'http', name, url, settings: { ...(declared?.kind === 'http' ? declared.settings : {}), ...settings } }
  })
  if (faults.length > 0) throw new SupergraphRefused(faults)
  return addresses
}

/** The ways to all parties, over all releases: a party at the same address keeps its connections when the release changes. */
export interface PartyLinks {
  /** Links of a release, by party; opened where none is open yet. */
  of(addresses: readonly PartyAddress[]): ReadonlyMap<string, OpenLink>
  /** Closes what the given links do not contain. */
  retainOnly(links: ReadonlyMap<string, OpenLink>): Promise<void>
  close(): Promise<void>
}

const keyOf = (address: PartyAddress): string =>
  address.kind === 'local' ? `local ${address.name}` : `http ${JSON.stringify([address.name, address.url, address.settings])}`

/** Keeps one link per party and address. */
export const createPartyLinks = (open: (address: PartyAddress) => OpenLink): PartyLinks => {
  const links = new Map<string, OpenLink>()
  const close = async (keys: readonly string[]): Promise<void> => {
    const closing = keys.map((key) => links.get(key)).filter((link) => link !== undefined)
    for (const key of keys) links.delete(key)
    await Promise.all(closing.map(({ link }) => link.close()))
  }
  return {
    of(addresses) {
      const wanted = new Map<string, OpenLink>()
      for (const address of addresses) {
        const key = keyOf(address)
        const link = links.get(key) ?? open(address)
        links.set(key, link)
        wanted.set(address.name, link)
      }
      return wanted
    },
    retainOnly(kept) {
      const alive = new Set(kept.values())
      return close([...links].filter(([, link]) => !alive.has(link)).map(([key]) => key))
    },
    close: () => close([...links.keys()]),
  }
}
