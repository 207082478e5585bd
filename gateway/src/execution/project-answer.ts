import {
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

import { isHubObject, newHubObject, type HubObject, type HubValue } from './adopt-answer.js'
import { typeNameOf } from './locate.js'
import type { OperationErrors } from './operation-errors.js'
import type { BoundAccess, ProjectedField, Projection } from './projection.js'

/** A null that has been explained: where its position forbids null, the object above becomes null without another error. */
const BUBBLE = Symbol('bubble')
type Projected = HubValue | typeof BUBBLE

/** What shaping one answer needs. */
export interface ProjectionRun {
  readonly schema: GraphQLSchema
  readonly errors: OperationErrors
  readonly access: BoundAccess
  readonly introspection: Readonly<Record<string, unknown>>
  /** True when a party failed: then an unknown value is explained by that party's one error. */
  readonly hasFailedParty: () => boolean
  readonly missing: WeakSet<HubObject>
  readonly present: WeakSet<HubObject>
  /** Response keys of the root fields `node` and `nodes`: an id that nobody knows gives null there, without an error. */
  readonly lookupKeys: ReadonlySet<string>
}

type Path = ReadonlyArray<string | number>

const invalid = (run: ProjectionRun, path: Path): typeof BUBBLE => {
  if (!run.errors.explains(path)) run.errors.add('INTERNAL', path, { reason: 'INVALID_ANSWER' })
  return BUBBLE
}

const projectLeaf = (value: HubValue, type: GraphQLLeafType, run: ProjectionRun, path: Path): Projected => {
  // An enum value that the API does not show (inaccessible, or invented) never leaves the hub, not even in a message.
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined ? value : invalid(run, path)
  try {
    const leaf = type.serialize(value) as HubValue
    return leaf === undefined ? null : leaf
  } catch {
    return invalid(run, path)
  }
}

const concreteType = (value: HubObject, type: GraphQLOutputType, run: ProjectionRun): GraphQLObjectType | null => {
  const declared = typeNameOf(value)
  if (isObjectType(type)) return declared === undefined || declared === type.name ? type : null
  if (!isAbstractType(type) || declared === undefined) return null
  const found = run.schema.getType(declared)
  return isObjectType(found) && run.schema.isSubType(type, found) ? found : null
}

const projectValue = (value: HubValue, type: GraphQLOutputType, below: Projection | null, run: ProjectionRun, path: Path): Projected => {
  if (!isNonNullType(type)) {
    const nullable = projectNullable(value, type, below, run, path)
    return nullable === BUBBLE ? null : nullable
  }
  const inner = projectNullable(value, type.ofType, below, run, path)
  if (inner !== null) return inner
  const isExplained = run.errors.explains(path) || (value === undefined && (run.hasFailedParty() || run.lookupKeys.has(String(path[0]))))
  if (!isExplained) run.errors.add('INTERNAL', path, { reason: 'NULL_IN_NON_NULL' })
  return BUBBLE
}

const projectNullable = (value: HubValue, type: GraphQLOutputType, below: Projection | null, run: ProjectionRun, path: Path): Projected => {
  if (value === null || value === undefined) return null
  if (isListType(type)) {
    if (!Array.isArray(value)) return invalid(run, path)
    const items: HubValue[] = []
    for (let index = 0; index < value.length; index++) {
      const item = projectValue(value[index], type.ofType, below, run, [...path, index])
      if (item === BUBBLE) return BUBBLE
      items.push(item)
    }
    return items
  }
  if (isLeafType(type)) return projectLeaf(value, type, run, path)
  if (!isHubObject(value)) return invalid(run, path)
  const concrete = concreteType(value, type, run)
  if (concrete === null) return invalid(run, path)
  if (run.missing.has(value) && !run.present.has(value) && path.length <= 2 && run.lookupKeys.has(String(path[0]))) return null
  const denial = run.access.type(concrete.name)
  if (denial !== null) {
    run.errors.add(denial, path)
    return BUBBLE
  }
  return below === null ? newHubObject() : projectObject(value, concrete, below, run, path)
}

const projectField = (field: ProjectedField, value: HubObject, type: GraphQLObjectType, run: ProjectionRun, path: Path): Projected => {
  if (field.kind === 'typename') return type.name
  if (field.kind === 'introspection') return run.introspection[field.responseKey] as HubValue
  if (field.denial !== null) {
    run.errors.add(field.denial, path)
    return field.type !== null && isNonNullType(field.type) ? BUBBLE : null
  }
  return field.type === null ? null : projectValue(value[field.dataKey], field.type, field.below, run, path)
}

const projectObject = (
  value: HubObject,
  type: GraphQLObjectType,
  shape: Projection,
  run: ProjectionRun,
  path: Path,
): HubObject | typeof BUBBLE => {
  const object = newHubObject()
  let hasBubbled = false
  for (const field of shape.fieldsOf(type)) {
    const projected = projectField(field, value, type, run, [...path, field.responseKey])
    // The other fields are still walked: each of them may hold an error of its own that the client should see.
    if (projected === BUBBLE) hasBubbled = true
    else object[field.responseKey] = projected
  }
  return hasBubbled ? BUBBLE : object
}

/**
 * Shapes the hub's tree into the answer: exactly the client's fields in the client's order, nulls propagated, leaves checked.
 *
 * Returns null where a null has reached the root. Adds errors for what parties answered wrongly; paths are client paths.
 */
export const projectAnswer = (data: HubObject, rootType: GraphQLObjectType, shape: Projection, run: ProjectionRun): HubObject | null => {
  const object = projectObject(data, rootType, shape, run, [])
  return object === BUBBLE ? null : object
}
