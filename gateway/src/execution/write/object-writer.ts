import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql'

import type { Denial } from '../../planning/access.js'
import { byteTextOf } from '../../transport/byte-text.js'
import type { ByteText } from '../../transport/party-link.js'
import type { Layout } from '../plan/layout.js'
import type { BoundAccess, ProjectedField, Projection } from './projection.js'

/** A type of a position, taken apart once: graphql-js asks several questions each time. */
export interface OutputType {
  readonly mayBeNull: boolean
  readonly item: OutputType | null
  readonly leaf: GraphQLLeafType | null
  readonly object: GraphQLObjectType | null
  readonly abstract: GraphQLAbstractType | null
}

const known = new WeakMap<GraphQLOutputType, OutputType>()

/** The parts of a type. */
export const outputTypeOf = (type: GraphQLOutputType): OutputType => {
  const made = known.get(type)
  if (made !== undefined) return made
  const inner = isNonNullType(type) ? type.ofType : type
  const output: OutputType = {
    mayBeNull: !isNonNullType(type),
    item: isListType(inner) ? outputTypeOf(inner.ofType) : null,
    leaf: isLeafType(inner) ? inner : null,
    object: isObjectType(inner) ? inner : null,
    abstract: isAbstractType(inner) ? inner : null,
  }
  known.set(type, output)
  return output
}

/** One field of the answer, ready to be written. */
export interface WriteOp {
  readonly field: ProjectedField
  /** `"name":`, and the same behind a comma. */
  readonly first: ByteText
  readonly next: ByteText
  readonly slot: number
  /** Null for `__typename`, introspection, denied and unknown fields. */
  readonly type: OutputType | null
  readonly isLeaf: boolean
  readonly mayBeNull: boolean
  readonly below: ObjectWriter | null
  /** Runs that begin with this field: a filled one stands for so many fields. */
  readonly runs: ReadonlyArray<{ readonly slot: number; readonly fields: number }>
}

/** The fields of one concrete type. */
export interface WriteOps {
  readonly ops: readonly WriteOp[]
  readonly typeText: ByteText
  /** Why no object of the type is given; null when it may be. */
  readonly denial: Denial
  /** Number of runs the layout had: more may be found when further answers are read. */
  readonly runs: number
}

/** How objects of one position are written: the client's fields over the slots of its layout. */
export class ObjectWriter {
  private readonly byType = new Map<GraphQLObjectType, WriteOps>()
  constructor(
    private readonly projection: Projection,
    private readonly layout: Layout,
    private readonly access: BoundAccess,
  ) {}

  /** The fields for a type of the schema. */
  opsFor(type: GraphQLObjectType): WriteOps {
    const made = this.byType.get(type)
    if (made !== undefined && made.runs === this.layout.self.runs.length) return made
    const ops = this.make(type)
    this.byType.set(type, ops)
    return ops
  }

  private make(type: GraphQLObjectType): WriteOps {
    const layout = this.layout.self
    const fields = this.projection.fieldsOf(type)
    const ops = fields.map((field, index): WriteOp => {
      const lead = leadsOf(field.responseKey)
      const isRead = field.kind === 'field' && field.type !== null && field.denial === null
      return {
        field,
        first: lead.first,
        next: lead.next,
        slot: isRead ? layout.slot(field.dataKey).index : -1,
        type: isRead && field.type !== null ? outputTypeOf(field.type) : null,
        isLeaf: isRead && field.type !== null && isLeafType(getNamedType(field.type)),
        mayBeNull: field.type === null || !isNonNullType(field.type),
        below: isRead && field.below !== null ? new ObjectWriter(field.below, layout.below(field.dataKey), this.access) : null,
        runs: runsAt(layout, fields, index),
      }
    })
    return { ops, typeText: byteTextOf(`"${type.name}"`), denial: this.access.type(type.name), runs: layout.runs.length }
  }
}

const NO_RUNS: WriteOp['runs'] = []

/** Runs that begin with a field; most begin none. */
const runsAt = (layout: Layout, fields: readonly ProjectedField[], index: number): WriteOp['runs'] => {
  let found: { slot: number; fields: number }[] | null = null
  for (const { keys, index: slot } of layout.runs) {
    let at = 0
    while (at < keys.length && isSameKey(fields[index + at], keys[at] as string)) at++
    if (at === keys.length) (found ??= []).push({ slot, fields: keys.length })
  }
  return found ?? NO_RUNS
}

/** Keys whose texts are kept; a schema has some thousand, and clients may alias as they like. */
const MAX_LEADS = 5000
const leads = new Map<string, { readonly first: ByteText; readonly next: ByteText }>()

/** The text before a value; shared by all operations. */
const leadsOf = (key: string): { readonly first: ByteText; readonly next: ByteText } => {
  const made = leads.get(key)
  if (made !== undefined) return made
  const first = byteTextOf(`${JSON.stringify(key)}:`)
  const lead = { first, next: byteTextOf(`,${JSON.stringify(key)}:`) }
  if (leads.size < MAX_LEADS) leads.set(key, lead)
  return lead
}

const isSameKey = (field: ProjectedField | undefined, key: string): boolean =>
  field !== undefined && field.responseKey === key && field.dataKey === key && field.denial === null
