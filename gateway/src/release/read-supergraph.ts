import { GraphQLError, Kind, parse, print, type ConstDirectiveNode, type DocumentNode, type Location } from 'graphql'

import { canonicalize } from './canonical-names.js'
import { checkFeatures } from './check-features.js'
import { readLinkedFeatures } from './link-imports.js'
import { SUPERGRAPH_FAULTS, SupergraphRefused, type Place, type SupergraphFault } from './supergraph-faults.js'

/** One subgraph of a supergraph. */
export interface SupergraphGraph {
  /** As plans, reports and `--subgraph-url` name it. */
  readonly name: string
  /** Its routing URL as composed; may be empty. */
  readonly url: string
}

/** A supergraph that has been read and found servable. */
export interface Supergraph {
  /** The text with the gateway's own directives under their canonical names; the given text when nothing was renamed. */
  readonly canonicalSdl: string
  readonly graphs: readonly SupergraphGraph[]
}

/** What to do with `@policy`, which needs an engine that this gateway does not have. */
export type UnknownPolicies = 'refuse' | 'deny'

const placeOfNode = (loc: Location | undefined): Place | undefined =>
  loc === undefined ? undefined : { line: loc.startToken.line, column: loc.startToken.column }

const parseSdl = (sdl: string): DocumentNode => {
  try {
    return parse(sdl)
  } catch (error) {
    if (error instanceof RangeError) throw new SupergraphRefused([SUPERGRAPH_FAULTS.malformed('nested too deeply', undefined)])
    if (!(error instanceof GraphQLError)) throw error
    throw new SupergraphRefused([SUPERGRAPH_FAULTS.malformed(error.message, error.locations?.[0])])
  }
}

const textArgument = (directive: ConstDirectiveNode, name: string): string => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING ? value.value : ''
}

const readGraphs = (document: DocumentNode): SupergraphGraph[] =>
  document.definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph')
    .flatMap((definition) => (definition.kind === Kind.ENUM_TYPE_DEFINITION ? (definition.values ?? []) : []))
    .flatMap((value) => value.directives ?? [])
    .filter((directive) => directive.name.value === 'join__graph')
    .map((directive) => ({ name: textArgument(directive, 'name'), url: textArgument(directive, 'url').trim() }))

const SUBGRAPH_DIRECTIVES = new Set(['key', 'requires', 'provides', 'external', 'shareable', 'extends', 'override', 'interfaceObject'])

interface Used {
  readonly coordinate: string
  readonly directive: ConstDirectiveNode
}

/** Directives on types and their fields with the coordinate at which they stand. */
const usedDirectives = (document: DocumentNode): Used[] =>
  document.definitions.flatMap((definition) => {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) return []
    const typeName = definition.name.value
    const at = (coordinate: string, directives: readonly ConstDirectiveNode[] | undefined): Used[] =>
      (directives ?? []).map((directive) => ({ coordinate, directive }))
    const fields = 'fields' in definition ? (definition.fields ?? []) : []
    return [
      ...at(typeName, definition.directives as readonly ConstDirectiveNode[] | undefined),
      ...fields.flatMap((field) => at(`${typeName}.${field.name.value}`, field.directives)),
    ]
  })

const hasContextArguments = ({ directive }: Used): boolean => {
  if (directive.name.value !== 'join__field') return false
  const value = directive.arguments?.find((argument) => argument.name.value === 'contextArguments')?.value
  return value?.kind === Kind.LIST && value.values.length > 0
}

const checkUses = (used: readonly Used[], unknownPolicies: UnknownPolicies): SupergraphFault[] => {
  const faults: SupergraphFault[] = []
  const report = (found: readonly Used[], make: (coordinates: readonly string[], place: Place | undefined) => SupergraphFault): void => {
    const coordinates = [...new Set(found.map(({ coordinate }) => coordinate))]
    if (coordinates.length > 0) faults.push(make(coordinates, placeOfNode(found[0]?.directive.loc)))
  }
  report(used.filter(hasContextArguments), SUPERGRAPH_FAULTS.contexts)
  if (unknownPolicies === 'refuse') {
    report(
      used.filter(({ directive }) => directive.name.value === 'policy'),
      SUPERGRAPH_FAULTS.policies,
    )
  }
  const connector = used.find(
    ({ directive }) => directive.name.value === 'join__directive' && ['connect', 'source'].includes(textArgument(directive, 'name')),
  )
  if (connector !== undefined) faults.push(SUPERGRAPH_FAULTS.connectors(textArgument(connector.directive, 'name')))
  return faults
}

/**
 * Reads a supergraph SDL of any Federation 2 composer (join v0.2 to v0.5) and checks that this gateway can serve it exactly.
 *
 * Refused, all faults at once, as `SupergraphRefused`: a text that is no SDL or no supergraph, features linked for SECURITY or
 * EXECUTION that are not known, contextual arguments, connectors, and `@policy` unless it is to deny. Cost: one parse and one walk.
 */
export const readSupergraph = (sdl: string, options: { readonly unknownPolicies?: UnknownPolicies } = {}): Supergraph => {
  const document = parseSdl(sdl)
  const features = readLinkedFeatures(document)
  const graphs = readGraphs(document)
  const featureFaults = checkFeatures(features)
  if (graphs.length === 0) {
    const isFederationOne = featureFaults.find(({ code }) => code === 'FEDERATION_1')
    const isSubgraph =
      features.some(({ specName }) => specName === 'federation') ||
      usedDirectives(document).some(({ directive }) => SUBGRAPH_DIRECTIVES.has(directive.name.value))
    throw new SupergraphRefused([isFederationOne ?? (isSubgraph ? SUPERGRAPH_FAULTS.subgraphGiven() : SUPERGRAPH_FAULTS.noSupergraph())])
  }
  const canonical = canonicalize(document, features)
  const useFaults = checkUses(usedDirectives(canonical), options.unknownPolicies ?? 'refuse')
  // A use names its coordinates, so the link that only names the feature adds nothing.
  const faults = [...featureFaults.filter(({ code }) => !useFaults.some((fault) => fault.code === code)), ...useFaults]
  if (faults.length > 0) throw new SupergraphRefused(faults)
  return { canonicalSdl: canonical === document ? sdl : print(canonical), graphs }
}
