import type { GatewaySubgraph, PartySettings } from '../gateway-options.js'
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
