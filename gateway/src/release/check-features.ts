import type { LinkedFeature } from './link-imports.js'
import { SUPERGRAPH_FAULTS, type SupergraphFault } from './supergraph-faults.js'

const APOLLO = 'https://specs.apollo.dev'

/** Versions of the features that this gateway understands, by name at specs.apollo.dev. Where the list is empty any version will do. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  link: [],
  core: [],
  tag: [],
  cost: [],
  join: ['0.2', '0.3', '0.4', '0.5'],
  inaccessible: ['0.1', '0.2'],
  authenticated: ['0.1'],
  requiresScopes: ['0.1'],
  policy: ['0.1'],
}

const checkFeature = (feature: LinkedFeature): SupergraphFault | null => {
  const isApollo = feature.identity === `${APOLLO}/${feature.specName}`
  if (isApollo && feature.specName === 'join') {
    if (feature.version === '0.1') return SUPERGRAPH_FAULTS.federationOne(feature.place)
    if (!(KNOWN['join'] ?? []).includes(feature.version)) return SUPERGRAPH_FAULTS.joinVersion(feature.version, feature.place)
    return feature.name === 'join' ? null : SUPERGRAPH_FAULTS.machineryRenamed('join', feature.name, feature.place)
  }
  if (isApollo && feature.specName === 'context') return SUPERGRAPH_FAULTS.contexts([], feature.place)
  if (isApollo && Object.hasOwn(KNOWN, feature.specName)) {
    const versions = KNOWN[feature.specName] ?? []
    // A newer version may mean more than we would enforce.
    return versions.length === 0 || versions.includes(feature.version)
      ? null
      : SUPERGRAPH_FAULTS.unknownFeature(feature.url, feature.purpose ?? 'SECURITY', feature.place)
  }
  return feature.purpose === null ? null : SUPERGRAPH_FAULTS.unknownFeature(feature.url, feature.purpose, feature.place)
}

/**
 * What stands against the features a supergraph links.
 *
 * A feature for SECURITY or EXECUTION that is not known, or not in this version, is a fault: a gateway that ignores it would give
 * what must not be given, or answer wrongly. Features without a purpose may be ignored, as the specification of `@link` says.
 */
export const checkFeatures = (features: readonly LinkedFeature[]): SupergraphFault[] =>
  features.map(checkFeature).filter((fault) => fault !== null)
