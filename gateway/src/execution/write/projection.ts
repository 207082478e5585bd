import {
  isAbstractType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  isObjectType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

import type { Denial } from '../../planning/access.js'
import type { PathSegment } from '../../planning/plan-nodes.js'
import { EMPTY_MARKER, internalName } from '../../planning/response-names.js'

/** One field of an answer, for one concrete type. */
export interface ProjectedField {
  readonly responseKey: string
  /** Key of the value in the hub's tree. */
  readonly dataKey: string
  readonly fieldName: string
  readonly kind: 'field' | 'typename' | 'introspection'
  /** Absent for `__typename` and introspection. */
  readonly type: GraphQLOutputType | null
  readonly below: Projection | null
  readonly denial: Denial
}

/** The answer's shape below one position: which fields, in which order, for each concrete type. */
export interface Projection {
  fieldsOf(type: GraphQLObjectType): readonly ProjectedField[]
}

/** Access questions as the projector asks them, already bound to the caller. */
export interface BoundAccess {
  field(typeName: string, fieldName: string): Denial
  type(typeName: string): Denial
}

/**
 * Compiles the shape of the answer from the client's own document (conditions already decided).
 *
 * Fields are collected per concrete type when first met and kept: order, aliases and merged selections as in section 6.3.2 of
 * the GraphQL specification.
 */
export const compileProjection = (schema: GraphQLSchema, document: DocumentNode, access: BoundAccess): Projection => {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let operation: OperationDefinitionNode | undefined
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition
  }

  const applies = (condition: string | undefined, type: GraphQLObjectType): boolean => {
    if (condition === undefined || condition === type.name) return true
    const wanted = schema.getType(condition)
    return isAbstractType(wanted) && schema.isSubType(wanted, type)
  }

  // Objects of several types at one position mostly share their selection sets, and so do places that spread one fragment; then
  // they share the projection too.
  const made = new Map<SelectionSetNode | undefined, { sets: readonly SelectionSetNode[]; projection: Projection }[]>()
  const project = (sets: readonly SelectionSetNode[]): Projection => {
    const alike = made.get(sets[0])
    if (alike !== undefined)
      for (const one of alike)
        if (one.sets.length === sets.length && one.sets.every((set, index) => set === sets[index])) return one.projection
    const projection = projectNew(sets)
    if (alike === undefined) made.set(sets[0], [{ sets, projection }])
    else alike.push({ sets, projection })
    return projection
  }

  const projectNew = (sets: readonly SelectionSetNode[]): Projection => {
    const byType = new Map<GraphQLObjectType, readonly ProjectedField[]>()
    return {
      fieldsOf(type) {
        let fields = byType.get(type)
        if (fields === undefined) byType.set(type, (fields = collect(sets, type)))
        return fields
      },
    }
  }

  const collect = (sets: readonly SelectionSetNode[], type: GraphQLObjectType): ProjectedField[] => {
    const found = new Map<string, Found>()
    let visited: Set<string> | null = null
    const gather = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const alias = selection.alias?.value
          if (alias === EMPTY_MARKER) continue
          const key = alias ?? selection.name.value
          let entry = found.get(key)
          if (entry === undefined) found.set(key, (entry = { name: selection.name.value, alias, sets: [] }))
          if (selection.selectionSet) entry.sets.push(selection.selectionSet)
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (applies(selection.typeCondition?.name.value, type)) gather(selection.selectionSet)
        } else {
          visited ??= new Set()
          if (visited.has(selection.name.value)) continue
          visited.add(selection.name.value)
          const fragment = fragments.get(selection.name.value)
          if (fragment && applies(fragment.typeCondition.name.value, type)) gather(fragment.selectionSet)
        }
      }
    }
    sets.forEach(gather)
    const fields: ProjectedField[] = []
    for (const [responseKey, entry] of found) fields.push(fieldOf(responseKey, entry, type))
    // A copy has no room to grow, which is kept for as long as the operation.
    return fields.slice()
  }

  // One literal for all fields: an object that another is spread into has a hidden class of its own, half a kilobyte each.
  const fieldOf = (responseKey: string, { name, alias, sets }: Found, type: GraphQLObjectType): ProjectedField => {
    const kind = name === '__typename' ? 'typename' : name === '__schema' || name === '__type' ? 'introspection' : 'field'
    const isField = kind === 'field'
    return {
      responseKey,
      dataKey: internalName(schema, name, alias),
      fieldName: name,
      kind,
      // Validation has passed, so the field exists; a missing one is answered as null rather than trusted.
      type: isField ? (type.getFields()[name]?.type ?? null) : null,
      below: isField && sets.length > 0 ? project(sets) : null,
      denial: isField ? access.field(type.name, name) : null,
    }
  }

  return project(operation ? [operation.selectionSet] : [])
}

/** What is asked under one response key. */
interface Found {
  readonly name: string
  readonly alias: string | undefined
  readonly sets: SelectionSetNode[]
}

/** More selections than this at the places of one entity target are not compared: then nothing is spliced there. */
const MAX_CONSUMERS = 4
const MAX_TYPES = 32

/**
 * The client's selections that read objects at the ends of plan paths; null when they are too many to look at.
 *
 * A path that only the hub walks (for a required field) has none.
 */
export const consumersAt = (
  schema: GraphQLSchema,
  root: Projection,
  rootTypeName: string,
  paths: ReadonlyArray<readonly PathSegment[]>,
): Projection[] | null => {
  const ends = new Set<Projection>()
  const concreteTypes = (name: string): readonly GraphQLObjectType[] => {
    const type = schema.getType(name)
    if (isObjectType(type)) return [type]
    return isAbstractType(type) ? schema.getPossibleTypes(type) : []
  }
  for (const path of paths) {
    // Selections at the walk's place, each with the types its objects may have.
    let here = new Map<Projection, Set<GraphQLObjectType>>([[root, new Set(concreteTypes(rootTypeName))]])
    for (const segment of path) {
      if (segment === '@') continue
      const next = new Map<Projection, Set<GraphQLObjectType>>()
      const conditions = 'TypeCondition' in segment ? new Set(segment.TypeCondition.flatMap(concreteTypes)) : null
      for (const [projection, types] of here) {
        if (types.size > MAX_TYPES && conditions === null) return null
        for (const type of types) {
          if (conditions !== null) {
            if (conditions.has(type)) next.set(projection, (next.get(projection) ?? new Set()).add(type))
            continue
          }
          const field = projection.fieldsOf(type).find(({ dataKey }) => 'Field' in segment && dataKey === segment.Field)
          if (field === undefined || field.below === null || field.type === null) continue
          const below = next.get(field.below) ?? new Set()
          for (const inner of concreteTypes(getNamedType(field.type).name)) below.add(inner)
          next.set(field.below, below)
        }
      }
      here = next
    }
    for (const projection of here.keys()) ends.add(projection)
  }
  return ends.size > MAX_CONSUMERS ? null : [...ends]
}
