import {
  isAbstractType,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

import type { Denial } from '../planning/access.js'
import { EMPTY_MARKER, internalName } from '../planning/response-names.js'

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

  const project = (sets: readonly SelectionSetNode[]): Projection => {
    const byType = new Map<string, readonly ProjectedField[]>()
    return {
      fieldsOf(type) {
        const known = byType.get(type.name)
        if (known) return known
        const fields = collect(sets, type)
        byType.set(type.name, fields)
        return fields
      },
    }
  }

  const collect = (sets: readonly SelectionSetNode[], type: GraphQLObjectType): ProjectedField[] => {
    const found = new Map<string, { name: string; alias: string | undefined; sets: SelectionSetNode[] }>()
    const visited = new Set<string>()
    const gather = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const alias = selection.alias?.value
          if (alias === EMPTY_MARKER) continue
          const key = alias ?? selection.name.value
          const entry = found.get(key) ?? { name: selection.name.value, alias, sets: [] }
          if (selection.selectionSet) entry.sets.push(selection.selectionSet)
          found.set(key, entry)
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          if (applies(selection.typeCondition?.name.value, type)) gather(selection.selectionSet)
        } else if (!visited.has(selection.name.value)) {
          visited.add(selection.name.value)
          const fragment = fragments.get(selection.name.value)
          if (fragment && applies(fragment.typeCondition.name.value, type)) gather(fragment.selectionSet)
        }
      }
    }
    sets.forEach(gather)
    return [...found].map(([responseKey, entry]) => fieldOf(responseKey, entry, type))
  }

  const fieldOf = (
    responseKey: string,
    entry: { readonly name: string; readonly alias: string | undefined; readonly sets: readonly SelectionSetNode[] },
    type: GraphQLObjectType,
  ): ProjectedField => {
    const base = {
      responseKey,
      dataKey: internalName(entry.name, entry.alias),
      fieldName: entry.name,
      type: null,
      below: null,
      denial: null,
    }
    if (entry.name === '__typename') return { ...base, kind: 'typename' }
    if (entry.name === '__schema' || entry.name === '__type') return { ...base, kind: 'introspection' }
    const definition = type.getFields()[entry.name]
    // Validation has passed, so the field exists; a missing one is answered as null rather than trusted.
    return {
      ...base,
      kind: 'field',
      type: definition?.type ?? null,
      below: entry.sets.length > 0 ? project(entry.sets) : null,
      denial: access.field(type.name, entry.name),
    }
  }

  return project(operation ? [operation.selectionSet] : [])
}
