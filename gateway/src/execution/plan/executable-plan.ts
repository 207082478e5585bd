import { Kind, type SelectionSetNode } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import type { BatchFetchNode, EntityBatchAlias, FetchNode, PathSegment, PlanNode, QueryPlan } from '../../planning/plan-nodes.js'
import { byteTextOf } from '../../transport/byte-text.js'
import type { PartyCall } from '../../transport/party-link.js'
import { isWrittenLater, writerOf, type Layout } from './layout.js'
import { layoutAt, walkOf, type Walk } from './locate.js'
import { ObjectReader, type ReaderScope } from '../read/object-reader.js'
import { pendingRewrites, type PendingRewrite } from './output-rewrites.js'
import { eachField, firstKeyOf, plannedSelection, responseKeyOf, selectionBelow, type PlannedSelection } from './planned-selection.js'
import { consumersAt, type Projection } from '../write/projection.js'
import { markRequired, representationWriter, type RepresentationWriter } from './representation.js'

/** One place where entities are sent to a party and its answer is merged back. */
export interface EntityTarget {
  /** Response key of the `_entities` field in the call. */
  readonly alias: string
  /** Variable that carries the representations, as JSON key. */
  readonly variable: string
  readonly walks: readonly Walk[]
  readonly writer: RepresentationWriter
  readonly reader: ObjectReader
  /** Nothing is written below its entities any more: places that wait for the same one may share them. */
  readonly isFinal: boolean
  readonly firstKey: string | null
  readonly rewrites: readonly PendingRewrite[]
}

/** One call to one party: a root fetch, or entities of one or several targets. */
export interface CallStep {
  readonly kind: 'call'
  readonly party: string
  /** What is sent, but for the variables. */
  readonly call: Omit<PartyCall, 'variables'>
  readonly variableUsages: readonly string[]
  /** Null: the call starts at the root of the party's graph. */
  readonly targets: readonly EntityTarget[] | null
  /** The readers of the targets by alias. */
  readonly readers: ReadonlyMap<string, ObjectReader>
  /** Of a call at the root. */
  readonly reader: ObjectReader | null
  readonly firstKey: string | null
  readonly rewrites: readonly PendingRewrite[]
}

/** A plan in the form in which it runs. */
export type Step = CallStep | { readonly kind: 'sequence' | 'parallel'; readonly steps: readonly Step[] }

/** What the plans of one operation are compiled into and for. */
export interface PlanScope {
  readonly scope: Omit<ReaderScope, 'fragments'>
  readonly root: Layout
  readonly rootTypeName: string
  readonly projection: Projection
}

type Path = readonly PathSegment[]
type Finish<T> = () => T

const NO_REWRITES: readonly PendingRewrite[] = []
const NO_VARIABLES: readonly string[] = []
const NO_READERS: ReadonlyMap<string, ObjectReader> = new Map()

/**
 * Compiles plans in two passes: the first lays out where everything is kept, over all calls; only then the second can make
 * walkers, writers and readers that know their slots.
 */
class PlanCompiler {
  private units = 0
  constructor(private readonly into: PlanScope) {}

  node(node: PlanNode, path: Path): Finish<Step> {
    switch (node.kind) {
      case 'Fetch':
        return this.fetch(node, path)
      case 'BatchFetch':
        return this.batch(node)
      case 'Flatten':
        return this.node(node.node, [...path, ...node.path])
      case 'Sequence':
      case 'Parallel': {
        const kind = node.kind === 'Sequence' ? 'sequence' : 'parallel'
        const steps = node.nodes.map((inner) => this.node(inner, path))
        return () => ({ kind, steps: steps.map((finish) => finish()) })
      }
      case 'Subscription':
        throw new HubError('INTERNAL', { detail: 'a subscription stands inside a plan' })
    }
  }

  fetch(node: FetchNode, path: Path): Finish<CallStep> {
    const selection = plannedSelection(node)
    if (node.requires) {
      const entry = {
        alias: '_entities',
        representationsVariableName: 'representations',
        paths: [[...path]],
        requires: node.requires,
        inputRewrites: node.inputRewrites,
        outputRewrites: node.outputRewrites,
      }
      return this.entities(node, selection, [entry])
    }
    const rewrites = pendingRewrites(node.outputRewrites)
    const { root, projection, rootTypeName } = this.into
    this.layOut(selection, [selection.root], root, this.units++, rewrites)
    return () => {
      const reader = new ObjectReader(this.scopeOf(selection), [selection.root], rootTypeName, root, [projection], rewrites)
      return callOf(node, null, reader, firstKeyOf(selection.root, selection.fragments), rewrites)
    }
  }

  batch(node: BatchFetchNode): Finish<CallStep> {
    return this.entities(node, plannedSelection(node), node.entityBatch.aliases)
  }

  private entities(node: FetchNode | BatchFetchNode, selection: PlannedSelection, entries: readonly EntityBatchAlias[]): Finish<CallStep> {
    const targets = entries.map((entry) => this.target(selection, entry))
    return () => {
      const made = targets.map((finish) => finish())
      return callOf(node, made, null, made[0]?.firstKey ?? null, NO_REWRITES)
    }
  }

  private target(selection: PlannedSelection, entry: EntityBatchAlias): Finish<EntityTarget> {
    const { root, scope, projection, rootTypeName } = this.into
    const layouts = entry.paths.map((path) => layoutAt(root, path))
    const [layout] = layouts
    if (layout === undefined) throw new HubError('INTERNAL', { detail: 'an entity call without a place' })
    for (const other of layouts) layout.merge(other)
    layout.self.isTarget = true
    markRequired(entry.requires, layout)
    const set = selectionBelow(selection, entry.alias)
    const rewrites = pendingRewrites(entry.outputRewrites)
    this.layOut(selection, [set], layout, this.units++, rewrites)
    return () => ({
      alias: entry.alias,
      variable: byteTextOf(`${JSON.stringify(entry.representationsVariableName)}:`),
      walks: entry.paths.map((path) => walkOf(root, path, scope.types)),
      writer: representationWriter(entry.requires, layout, entry.inputRewrites, scope.types),
      reader: new ObjectReader(
        this.scopeOf(selection),
        [set],
        oneTypeOf(set),
        layout,
        consumersAt(scope.schema, projection, rootTypeName, entry.paths),
        rewrites,
      ),
      isFinal: !isWrittenLater(layout),
      firstKey: firstKeyOf(set, selection.fragments),
      rewrites,
    })
  }

  private scopeOf(selection: PlannedSelection): ReaderScope {
    const { schema, types, access } = this.into.scope
    return { schema, types, access, fragments: selection.fragments }
  }

  /** Notes every key that a call fills, under the names that its renames may give it. */
  private layOut(
    selection: PlannedSelection,
    sets: readonly SelectionSetNode[],
    layout: Layout,
    unit: number,
    rewrites: readonly PendingRewrite[],
  ): void {
    const enter = (set: SelectionSetNode, at: Layout, pending: readonly PendingRewrite[]): void => {
      eachField(
        [set],
        selection.fragments,
        () => true,
        (field) => {
          const key = responseKeyOf(field)
          if (key === '__typename') {
            at.self.typeNameWriter = writerOf(at.self.typeNameWriter, unit)
            return
          }
          const renames = pending.flatMap(({ rest, action }) => (action.kind === 'rename' && isLastKey(rest, key) ? [action.to] : []))
          for (const name of [key, ...renames]) {
            const slot = at.slot(name)
            slot.writer = writerOf(slot.writer, unit)
          }
          if (!field.selectionSet) return
          const below = at.below(key)
          for (const name of renames) at.below(name).merge(below)
          enter(field.selectionSet, below, belowKey(pending, key))
        },
      )
    }
    for (const set of sets) enter(set, layout, rewrites)
  }
}

/** What is left of a path when the type conditions before its next key are passed over. */
const fromNextKey = (rest: PendingRewrite['rest']): PendingRewrite['rest'] => {
  const at = rest.findIndex((segment) => 'Key' in segment)
  return at < 0 ? [] : rest.slice(at)
}

const startsWithKey = (rest: PendingRewrite['rest'], key: string): boolean => {
  const segment = rest[0]
  return segment !== undefined && 'Key' in segment && segment.Key === key
}

const isLastKey = (rest: PendingRewrite['rest'], key: string): boolean => {
  const next = fromNextKey(rest)
  return next.length === 1 && startsWithKey(next, key)
}

const belowKey = (pending: readonly PendingRewrite[], key: string): PendingRewrite[] =>
  pending.flatMap(({ rest, action }) => {
    const next = fromNextKey(rest)
    return next.length > 1 && startsWithKey(next, key) ? [{ rest: next.slice(1), action }] : []
  })

/** The type that all entities of a selection have, if it names only one. */
const oneTypeOf = (set: SelectionSetNode): string | null => {
  const names = new Set(
    set.selections.map((selection) => (selection.kind === Kind.INLINE_FRAGMENT ? (selection.typeCondition?.name.value ?? null) : null)),
  )
  const [name] = names
  return names.size === 1 && name !== undefined ? name : null
}

// One literal for all calls: an object that another is spread into has a hidden class of its own.
const callOf = (
  node: FetchNode | BatchFetchNode,
  targets: readonly EntityTarget[] | null,
  reader: ObjectReader | null,
  firstKey: string | null,
  rewrites: readonly PendingRewrite[],
): CallStep => ({
  kind: 'call',
  party: node.serviceName,
  call: {
    party: node.serviceName,
    query: node.operation,
    bodyPrefix: byteTextOf(`{"query":${JSON.stringify(node.operation)},"variables":`),
    isMutation: node.operationKind === 'mutation',
  },
  variableUsages: node.variableUsages ?? NO_VARIABLES,
  targets,
  readers: targets === null ? NO_READERS : new Map(targets.map((target) => [target.alias, target.reader])),
  reader,
  firstKey,
  rewrites,
})

/** Compiles the plans of one operation together; null for a part that needs no party at all. */
export const compilePlans = (plans: readonly (QueryPlan | null)[], into: PlanScope): (Step | null)[] => {
  const compiler = new PlanCompiler(into)
  const finishes = plans.map((plan) => (plan?.node ? compiler.node(plan.node, []) : null))
  return finishes.map((finish) => finish?.() ?? null)
}

/** Compiles the plan of a subscription: the call whose events come, and what is fetched for each of them. */
export const compileSubscription = (plan: QueryPlan, into: PlanScope): { readonly source: CallStep | null; readonly rest: Step | null } => {
  const compiler = new PlanCompiler(into)
  const nodes = plan.node?.kind === 'Sequence' ? plan.node.nodes : plan.node ? [plan.node] : []
  const [first, ...others] = nodes
  if (first === undefined) return { source: null, rest: null }
  if (first.kind !== 'Subscription') throw new HubError('INTERNAL', { detail: 'the plan of a subscription begins with no source' })
  const source = compiler.fetch(first.primary, [])
  const rest = others.length === 0 ? null : compiler.node({ kind: 'Sequence', nodes: others }, [])
  return { source: source(), rest: rest?.() ?? null }
}

/** Number of calls in a plan and the number of its waves (calls that must wait for one another). */
export const planSize = (step: Step | null): { calls: number; waves: number } => {
  if (step === null) return { calls: 0, waves: 0 }
  if (step.kind === 'call') return { calls: 1, waves: 1 }
  const parts = step.steps.map(planSize)
  const calls = parts.reduce((sum, part) => sum + part.calls, 0)
  const waves =
    step.kind === 'sequence' ? parts.reduce((sum, part) => sum + part.waves, 0) : Math.max(0, ...parts.map((part) => part.waves))
  return { calls, waves }
}
