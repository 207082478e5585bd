import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql'

import { noteCallSelection } from '../call-selections.js'
import type { BatchFetchNode, FetchNode, InputRewrite, OutputRewrite, PlanNode, QueryPlan } from '../plan-nodes.js'
import type { CallGroup } from './call-group.js'
import { PlanWork } from './plan-work.js'
import { SelectionPlanner } from './plan-selection.js'
import { createReach } from './reach.js'
import { fieldNode } from './selection.js'
import { separateClashes } from './separate-clashes.js'
import { readSupergraph } from './supergraph-model.js'

const ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

/** Plans operations of one supergraph by itself, without native code. */
export type CarefulPlanner = (document: string | DocumentNode, isDenied?: (typeName: string, field: string) => boolean) => QueryPlan

const declarations = (operation: OperationDefinitionNode, used: ReadonlySet<string>): string[] =>
  (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)).map(print)

const head = (kind: string, declared: readonly string[]): string => (declared.length > 0 ? `${kind}(${declared.join(',')})` : kind)

const rewritesOf = (group: CallGroup): InputRewrite[] =>
  group.renamedTypes.length === 0
    ? []
    : [{ ValueSetter: { path: [{ TypenameEquals: [...group.renamedTypes] }, { Key: '__typename' }], setValueTo: group.asType } }]

/** Gives fields that may not share a key in one call keys of their own, and says how they are called in truth. */
const separated = (group: CallGroup, work: PlanWork): { outputRewrites?: OutputRewrite[] } => {
  const rewrites = separateClashes(group.selection, work)
  return rewrites.length > 0 ? { outputRewrites: rewrites } : {}
}

/** The entities of a call under one key, as nodes. */
const entitiesNode = (key: string, group: CallGroup): FieldNode =>
  fieldNode(key, '_entities', { kind: Kind.SELECTION_SET, selections: [group.selection.asFragment(group.asType)] })

const entitySelection = (group: CallGroup): string => `{...on ${group.asType}${group.selection.print()}}`

/** A call for entities of one or several groups of one graph; equal selections at several places become one list. */
const entityNode = (groups: readonly CallGroup[], operation: OperationDefinitionNode, service: string, work: PlanWork): PlanNode => {
  const used = new Set<string>()
  for (const group of groups) group.selection.variables(used)
  const first = groups[0]
  const variableUsages = [...used]
  if (groups.length === 1 && first !== undefined) {
    const rewrites = rewritesOf(first)
    const renames = separated(first, work)
    const fetch: FetchNode = {
      kind: 'Fetch',
      serviceName: service,
      operationKind: 'query',
      operation: `${head('query', ['$representations:[_Any!]!', ...declarations(operation, used)])}{_entities(representations: $representations)${entitySelection(first)}}`,
      requires: [...first.requires],
      ...renames,
      ...(variableUsages.length > 0 ? { variableUsages } : {}),
      ...(rewrites.length > 0 ? { inputRewrites: rewrites } : {}),
    }
    noteCallSelection(fetch, { kind: Kind.SELECTION_SET, selections: [entitiesNode('_entities', first)] })
    return { kind: 'Flatten', path: [...first.path], node: fetch }
  }
  const merged = new Map<string, CallGroup[]>()
  const renames = new Map(groups.map((group) => [group, separated(group, work)] as const))
  for (const group of groups) {
    // Another key for the same type must stay another list: an object has one of them and not the other.
    const needed = JSON.stringify(group.requires.map((selection) => ('selections' in selection ? selection.selections : selection)))
    const id = `${group.renamedTypes.length > 0 ? '!' : ''}${needed}${entitySelection(group)}`
    merged.set(id, [...(merged.get(id) ?? []), group])
  }
  const lists = [...merged.values()]
  const representations = lists.map((_, index) => `__batch_reps_${index}`)
  const parts = lists.map(
    (list, index) => `_e${index}: _entities(representations: $${representations[index] ?? ''})${entitySelection(list[0] as CallGroup)}`,
  )
  const batch: BatchFetchNode = {
    kind: 'BatchFetch',
    serviceName: service,
    operationKind: 'query',
    operation: `${head('query', [...representations.map((name) => `$${name}:[_Any!]!`), ...declarations(operation, used)])}{${parts.join(' ')}}`,
    ...(variableUsages.length > 0 ? { variableUsages } : {}),
    entityBatch: {
      aliases: lists.map((list, index) => {
        const requires = new Map(
          list.flatMap((group) => group.requires.map((selection) => [JSON.stringify(selection), selection] as const)),
        )
        const rewrites = list.flatMap(rewritesOf)
        return {
          alias: `_e${index}`,
          representationsVariableName: representations[index] ?? '',
          paths: list.map((group) => [...group.path]),
          requires: [...requires.values()],
          ...(rewrites.length > 0 ? { inputRewrites: rewrites } : {}),
          // Equal selections clash alike.
          ...renames.get(list[0] as CallGroup),
        }
      }),
    },
  }
  const selections = lists.map((list, index) => entitiesNode(`_e${index}`, list[0] as CallGroup))
  noteCallSelection(batch, { kind: Kind.SELECTION_SET, selections })
  return batch
}

const rootNode = (group: CallGroup, operation: OperationDefinitionNode, service: string, work: PlanWork): PlanNode => {
  const used = group.selection.variables()
  const renames = separated(group, work)
  const kind = group.root ?? OperationTypeNode.QUERY
  const declared = declarations(operation, used)
  const fetch: FetchNode = {
    kind: 'Fetch',
    serviceName: service,
    operationKind: kind,
    operation: `${kind === OperationTypeNode.QUERY && declared.length === 0 ? '' : head(kind, declared)}${group.selection.print()}`,
    ...(used.size > 0 ? { variableUsages: [...used] } : {}),
    ...renames,
  }
  noteCallSelection(fetch, group.selection.toNodes())
  return kind === OperationTypeNode.SUBSCRIPTION ? { kind: 'Subscription', primary: fetch } : fetch
}

/** Groups in waves: each in the first wave in which everything it needs has been answered. */
const waves = (groups: readonly CallGroup[]): CallGroup[][] => {
  const levels = new Map<CallGroup, number>()
  const level = (group: CallGroup): number => {
    const known = levels.get(group)
    if (known !== undefined) return known
    const own = group.root === null ? 1 + Math.max(0, ...[...group.after].map(level)) : 0
    levels.set(group, own)
    return own
  }
  const sorted: CallGroup[][] = []
  for (const group of groups) if (!group.selection.isEmpty()) (sorted[level(group)] ??= []).push(group)
  return sorted.filter((wave) => wave !== undefined)
}

/**
 * A planner that takes no risks: it follows each field to a graph that answers it, gives every requirement a name of its own, and
 * says which field cannot be reached. Its plans are those of a careful reader, not always the fewest calls.
 *
 * Throws `PlanImpossible`, `PlanTooLarge`, `PlanForbidden`. Pure; cost grows with fields × graphs, and never with the number of combinations of graphs.
 */
export const createCarefulPlanner = (supergraphSdl: string): CarefulPlanner => {
  const model = readSupergraph(supergraphSdl)
  const reach = createReach(model)
  return (given, isDenied = () => false) => {
    const document = typeof given === 'string' ? parse(given, { noLocation: true }) : given
    const fragments = new Map<string, FragmentDefinitionNode>()
    let operation: OperationDefinitionNode | undefined
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
      else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition
    }
    if (operation === undefined) return { kind: 'QueryPlan' }
    const work = new PlanWork()
    const planner = new SelectionPlanner({ model, reach, fragments, work, isDenied })
    planner.planRoot(operation.operation, ROOTS[operation.operation], operation.selectionSet)
    const asked = operation
    const service = (group: CallGroup): string => model.services.get(group.graph) ?? group.graph
    const nodes = waves(planner.groups).map((wave): PlanNode => {
      const roots = wave.filter(({ root }) => root !== null).map((group) => rootNode(group, asked, service(group), work))
      const byGraph = new Map<string, CallGroup[]>()
      for (const group of wave) if (group.root === null) byGraph.set(group.graph, [...(byGraph.get(group.graph) ?? []), group])
      const calls = [...roots, ...[...byGraph.values()].map((groups) => entityNode(groups, asked, service(groups[0] as CallGroup), work))]
      return calls.length === 1 && calls[0] ? calls[0] : { kind: 'Parallel', nodes: calls }
    })
    if (nodes.length === 0) return { kind: 'QueryPlan' }
    return { kind: 'QueryPlan', node: nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'Sequence', nodes } }
  }
}
