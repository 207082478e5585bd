import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

import { jsonBytes } from '../json-bytes.js'
import { keyWordsOf, typeWordsOf } from './key-words.js'
import type { Layout } from '../plan/layout.js'
import { ANY_JSON, leafCheckOf } from './leaf-check.js'
import { rewritesBelow, rewritesHere, type FieldRewrites, type PendingRewrite } from '../plan/output-rewrites.js'
import { eachField, responseKeyOf, type TypeNames } from '../plan/planned-selection.js'
import type { BoundAccess, ProjectedField, Projection } from '../write/projection.js'
import { findRuns } from './find-runs.js'
import { Shape, type Entry, type LateRewrite, type Reader } from './shape.js'

const NO_REWRITES: readonly FieldRewrites[] = []
const NO_LATE: readonly LateRewrite[] = []

/** What all readers of one call share. */
export interface ReaderScope {
  readonly schema: GraphQLSchema
  readonly types: TypeNames
  readonly access: BoundAccess
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/** Reads the objects of one position of a call; its shapes are compiled when they are first met. */
export class ObjectReader implements Reader {
  private shapes: Map<string, Shape> | null = null
  private anyShapeMade: Shape | null = null
  private staticShapeMade: Shape | null | undefined = undefined
  private readonly layoutAsked: Layout

  constructor(
    readonly scope: ReaderScope,
    private readonly sets: readonly SelectionSetNode[],
    /** Name of the declared type; null when the API does not know it. */
    private readonly declared: string | null,
    layout: Layout,
    /** The client's selections at this position; null when unknown, then everything is kept. */
    private readonly consumers: readonly Projection[] | null,
    private readonly rewrites: readonly PendingRewrite[],
  ) {
    this.layoutAsked = layout
  }

  get layout(): Layout {
    return this.layoutAsked.self
  }

  /** The one shape of a position whose type is an object type; null where the type is told by the answer. */
  get staticShape(): Shape | null {
    if (this.staticShapeMade === undefined) {
      const type = this.declared === null ? undefined : this.scope.schema.getType(this.declared)
      this.staticShapeMade = isObjectType(type) ? this.make(type) : null
    }
    return this.staticShapeMade
  }

  /** The shape for objects that do not say early enough what they are. */
  get anyShape(): Shape {
    this.anyShapeMade ??= this.make(null)
    return this.anyShapeMade
  }

  /** The shape for a type name as the answer has it; the general one for a name that the API does not know. */
  shapeFor(typeName: string): Shape {
    const known = this.shapes?.get(typeName)
    if (known !== undefined) return known
    const type = this.scope.schema.getType(typeName)
    if (!isObjectType(type)) return this.anyShape
    const shape = this.make(type)
    // The schema's string: the answer's would hold on to the whole answer.
    this.shapes ??= new Map()
    this.shapes.set(type.name, shape)
    return shape
  }

  /** Whether every client selection at this position has exactly so many fields for a type. */
  isWholeFor(type: GraphQLObjectType, fields: number): boolean {
    return this.consumers !== null && this.consumers.every((consumer) => consumer.fieldsOf(type).length === fields)
  }

  private make(type: GraphQLObjectType | null): Shape {
    const found = new Map<string, { field: FieldNode; condition: string | null; sets: SelectionSetNode[]; isMixed: boolean }>()
    const { schema, types, fragments } = this.scope
    const enters = (condition: string): boolean =>
      type === null || schema.getType(condition) === undefined || types.satisfies(type.name, condition)
    eachField(this.sets, fragments, enters, (field, condition) => {
      const key = responseKeyOf(field)
      const entry = found.get(key)
      if (entry === undefined) found.set(key, { field, condition, sets: field.selectionSet ? [field.selectionSet] : [], isMixed: false })
      else {
        if (field.selectionSet) entry.sets.push(field.selectionSet)
        if (entry.condition !== condition) entry.isMixed = true
      }
    })
    const here = this.rewrites.length === 0 ? NO_REWRITES : rewritesHere(this.rewrites)
    const entries = Array.from(found, ([key, { field, condition, sets, isMixed }]) => {
      const owner = type?.name ?? condition ?? this.declared
      return this.entryOf(key, field, sets, isMixed && type === null ? null : owner, type, here)
    }).slice()
    const late = here.length === 0 ? NO_LATE : this.lateRewrites(type, here)
    const shape = new Shape(type?.name ?? null, type === null ? null : typeWordsOf(type.name), entries, late)
    if (type !== null && shape.late.length === 0 && this.consumers !== null && this.consumers.length > 0)
      findRuns(this.layout, type, entries, this.consumers, this.scope.access)
    return shape
  }

  // One literal for all entries: an object that another is spread into has a hidden class of its own, half a kilobyte each.
  private entryOf(
    name: string,
    field: FieldNode,
    sets: readonly SelectionSetNode[],
    owner: string | null,
    type: GraphQLObjectType | null,
    here: readonly FieldRewrites[],
  ): Entry {
    const key = keyWordsOf(name)
    const isTypeName = name === '__typename'
    let slot = -1
    let below: Reader | null = null
    let fieldType: GraphQLOutputType | null = null
    let check = ANY_JSON
    if (!isTypeName) {
      const dataKey = here.length === 0 ? name : this.renamed(name, type, here)
      const taken = this.layout.slot(dataKey)
      fieldType = owner === null ? null : typeOfField(this.scope.schema, owner, field.name.value)
      const consumers = type === null || this.consumers === null ? null : consumersOf(this.consumers, type, dataKey)
      slot = taken.index
      if (sets.length > 0) {
        const named = fieldType ? getNamedType(fieldType).name : null
        const rewrites = this.rewrites.length === 0 ? this.rewrites : rewritesBelow(this.rewrites, name, type?.name ?? null)
        below = new ObjectReader(this.scope, sets, named, this.layout.below(dataKey), belowOf(consumers), rewrites)
      } else {
        if (fieldType) check = leafCheckOf(fieldType)
        // A field that neither the client nor a later call reads (a type name under an alias, a key nobody needs) is only checked.
        if (consumers?.length === 0 && !taken.isRequired && taken.below === null) slot = -1
      }
    }
    const kind = isTypeName ? 'typename' : below === null ? 'leaf' : 'object'
    return { name, key, kind, slot, check, below, type: fieldType, run: null, runSlot: -1 }
  }

  /** The internal key of an answered key, where the planner's rename is certain for the type. */
  private renamed(key: string, type: GraphQLObjectType | null, here: readonly FieldRewrites[]): string {
    for (const rewrite of here) {
      const isCertain = rewrite.types === null || (type !== null && rewrite.types.includes(type.name))
      if (rewrite.action.kind === 'rename' && rewrite.key === key && isCertain) return rewrite.action.to
    }
    return key
  }

  private lateRewrites(type: GraphQLObjectType | null, here: readonly FieldRewrites[]): LateRewrite[] {
    return here.flatMap((rewrite): LateRewrite[] => {
      const { types, key, action } = rewrite
      if (type !== null && types !== null && !types.includes(type.name)) return []
      if (action.kind === 'set') {
        const setsTypeName = key === '__typename' ? action.value : null
        return [
          { types, from: -1, to: setsTypeName === null ? this.layout.slot(key).index : -1, set: jsonBytes(action.value), setsTypeName },
        ]
      }
      if (type !== null || types === null) return []
      return [{ types, from: this.layout.slot(key).index, to: this.layout.slot(action.to).index, set: null, setsTypeName: null }]
    })
  }
}

const typeOfField = (schema: GraphQLSchema, owner: string, field: string): GraphQLOutputType | null => {
  const type = schema.getType(owner)
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[field]?.type ?? null) : null
}

const consumersOf = (consumers: readonly Projection[], type: GraphQLObjectType, dataKey: string): ProjectedField[] => {
  const found: ProjectedField[] = []
  for (const consumer of consumers)
    for (const field of consumer.fieldsOf(type)) if (field.dataKey === dataKey && field.kind === 'field') found.push(field)
  return found
}

const belowOf = (consumers: readonly ProjectedField[] | null): Projection[] | null => {
  if (consumers === null) return null
  const below: Projection[] = []
  for (const field of consumers) if (field.below !== null) below.push(field.below)
  return below
}
