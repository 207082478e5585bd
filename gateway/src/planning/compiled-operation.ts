import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { compilePlans, compileSubscription, planSize, type CallStep, type Step } from '../execution/plan/executable-plan.js'
import { Layout } from '../execution/plan/layout.js'
import { ObjectWriter } from '../execution/write/object-writer.js'
import { typeNamesOf, type TypeNames } from '../execution/plan/planned-selection.js'
import { compileProjection, type BoundAccess, type Projection } from '../execution/write/projection.js'
import type { QueryPlan } from './plan-nodes.js'
import type { Planner } from './planner.js'
import { rootFields } from './root-fields.js'
import { decideConditions, isolate, toPlannerDocument } from './specialize.js'

/** One unit of work: a whole query, or one root field of a mutation (they run strictly one after the other). */
export interface CompiledUnit {
  readonly plan: Step | null
  readonly rootKeys: readonly string[]
}

/** An operation ready to run for every caller with the same access and the same steering variables. */
export interface CompiledOperation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  readonly rootType: GraphQLObjectType
  readonly units: readonly CompiledUnit[]
  /** Of a subscription: the call whose events start the units, once for each. Null when no party is asked. */
  readonly source: CallStep | null
  /** As the planner wrote them, for those who may see plans. */
  readonly plans: readonly QueryPlan[]
  readonly projection: Projection
  /** Where everything that the plans fetch is kept, and how the answer is written from it. */
  readonly layout: Layout
  readonly writer: ObjectWriter
  readonly types: TypeNames
  /** The part that asks about the schema itself; null when nothing does. */
  readonly introspection: DocumentNode | null
  /** Response keys of the root fields `node` and `nodes`. */
  readonly lookupKeys: ReadonlySet<string>
  readonly calls: number
  readonly waves: number
  /** For the bound of the cache, roughly. */
  readonly bytes: number
}

const operationOf = (document: DocumentNode): OperationDefinitionNode => {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) throw new HubError('INTERNAL', { detail: 'no operation in an isolated document' })
  return operation
}

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment] as const),
  )

const namesBySchema = new WeakMap<GraphQLSchema, TypeNames>()

const typeNames = (schema: GraphQLSchema): TypeNames => {
  const known = namesBySchema.get(schema) ?? typeNamesOf(schema)
  namesBySchema.set(schema, known)
  return known
}

const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type'

/**
 * Compiles one operation: conditions decided, forbidden fields pruned, introspection split off, planned, masks and projector made.
 *
 * The document must have passed validation. A subscription has one root field and one unit: what follows each event.
 */
export const compileOperation = async (
  input: {
    readonly document: DocumentNode
    readonly operation: OperationDefinitionNode
    readonly variables: Readonly<Record<string, unknown>>
    readonly access: BoundAccess
    /** The hub's own graph answers `node` and `nodes`: a record that its owner does not know is null there, and no error. */
    readonly hasLookups: boolean
    /** Tokens of the document, or twice its expanded selections if that is more: what the bound of the cache is estimated from. */
    readonly size?: number
  },
  schema: GraphQLSchema,
  planner: Planner,
): Promise<CompiledOperation> => {
  const kind = input.operation.operation
  const rootType = schema.getRootType(kind)
  if (!rootType) throw new HubError('BAD_REQUEST', { detail: `no root type for ${kind}` })

  const decided = decideConditions(isolate(input.operation, fragmentsOf(input.document)), input.variables)
  const fragments = fragmentsOf(decided)
  const operation = operationOf(decided)
  const groups = rootFields(operation, fragments)
  const isOwnField = (name: string): boolean => name !== '__typename' && !isIntrospection(name)
  const isDenied = (typeName: string, fieldName: string): boolean => input.access.field(typeName, fieldName) !== null

  const plans: (QueryPlan | null)[] = []
  const rootKeys: (readonly string[])[] = []
  const planUnit = async (part: OperationDefinitionNode, keys: readonly string[]): Promise<void> => {
    const planned = toPlannerDocument(isolate(part, fragments), schema, isDenied)
    const remaining = [...rootFields(operationOf(planned), fragmentsOf(planned)).values()].flat()
    const isNeeded = remaining.some((field) => isOwnField(field.name.value))
    plans.push(isNeeded ? await planner.plan(planned, isDenied) : null)
    rootKeys.push(keys)
  }
  if (kind !== 'mutation') {
    await planUnit(operation, [...groups.keys()])
  } else {
    for (const [key, fields] of groups) {
      await planUnit({ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: fields } }, [key])
    }
  }

  const layout = new Layout()
  const types = typeNames(schema)
  const projection = compileProjection(schema, decided, input.access)
  const into = { scope: { schema, types, access: input.access }, root: layout, rootTypeName: rootType.name, projection }
  const live = kind === 'subscription' && plans[0] ? compileSubscription(plans[0], into) : null
  const steps = kind === 'subscription' ? [live?.rest ?? null] : compilePlans(plans, into)
  const units = steps.map((plan, index): CompiledUnit => ({ plan, rootKeys: rootKeys[index] ?? [] }))
  const asked = [...groups.values()].flat().filter((field) => isIntrospection(field.name.value))
  const lookups = [...groups].filter(([, fields]) => fields.some((field) => field.name.value === 'node' || field.name.value === 'nodes'))
  const sizes = units.map(({ plan }) => planSize(plan))
  return {
    kind,
    rootType,
    units,
    source: live?.source ?? null,
    plans: plans.filter((plan) => plan !== null),
    projection,
    layout,
    writer: new ObjectWriter(projection, layout, input.access),
    types,
    introspection:
      asked.length === 0 ? null : isolate({ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: asked } }, fragments),
    lookupKeys: new Set(input.hasLookups && kind === 'query' ? lookups.map(([key]) => key) : []),
    calls: sizes.reduce((sum, size) => sum + size.calls, live?.source ? 1 : 0),
    waves: sizes.reduce((sum, size) => sum + size.waves, live?.source ? 1 : 0),
    // Measured on three shapes of documents: 12 KB, and 620 bytes for each token.
    bytes: 12_000 + (input.size ?? 50) * 620,
  }
}
