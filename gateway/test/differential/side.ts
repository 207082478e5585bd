import { Kind, parse, type ConstDirectiveNode, type FieldNode, type SelectionSetNode, type StringValueNode } from 'graphql'

import type { RecordView, Row } from './world.js'

/** Fields below a place that its owner hands out beside its own (`@provides`), or that make up a key. */
export type FieldTree = ReadonlyMap<string, FieldTree>

/** What a side (one subgraph, or the monolith) may read of the records. */
export interface Side {
  /** Whether the side answers a field by itself. */
  owns(typeName: string | undefined, field: string): boolean
  /** What the field hands out of the records behind it. */
  provides(typeName: string | undefined, field: string): FieldTree | undefined
  /** Name under which the side knows records of a type: an interface object where it knows no implementer. */
  typeNameOf(typeName: string | undefined): string | undefined
}

/** One schema with everything: reads what it likes. */
export const MONOLITH: Side = { owns: () => true, provides: () => undefined, typeNameOf: (typeName) => typeName }

/** Fields of a selection, type conditions merged. */
export const treeOf = (set: SelectionSetNode | undefined): FieldTree => {
  const tree = new Map<string, FieldTree>()
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD)
      tree.set(selection.name.value, new Map([...(tree.get(selection.name.value) ?? []), ...below(selection)]))
    else if (selection.kind === Kind.INLINE_FRAGMENT) for (const [name, inner] of treeOf(selection.selectionSet)) tree.set(name, inner)
  }
  return tree
}
const below = (field: FieldNode): FieldTree => treeOf(field.selectionSet)

/** The field set of a directive (`fields: "id owner { id }"`) as a tree. */
export const fieldSetOf = (directive: ConstDirectiveNode): FieldTree => {
  const text = directive.arguments?.find(({ name }) => name.value === 'fields')?.value as StringValueNode | undefined
  const operation = parse(`{ ${text?.value ?? '__typename'} }`).definitions[0]
  return operation?.kind === Kind.OPERATION_DEFINITION ? treeOf(operation.selectionSet) : new Map()
}

const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null

/** Views of whatever records stand in a value, lists entered. */
export const view = (value: unknown, side: Side, provided?: FieldTree): unknown => {
  if (value instanceof View) return provided ? new View(value.row, side, value.given, provided) : value
  if (Array.isArray(value)) return value.map((item) => view(item, side, provided))
  return isRecord(value) && !(value instanceof Date) ? new View(value, side, undefined, provided) : value
}

/** Records as read, each with what the representation carries of it. */
const carrying = (value: unknown, given: unknown): unknown => {
  if (Array.isArray(value)) return Array.isArray(given) ? value.map((item, at) => carrying(item, given[at])) : value
  if (!(value instanceof View) || typeof given !== 'object' || given === null) return value
  return new View(value.row, value.side, given as Readonly<Record<string, unknown>>, value.provided)
}

/** A record seen from one side. */
export class View implements RecordView {
  readonly row: Row
  readonly side: Side
  /** What the representation carried, when the record was reached as an entity. */
  readonly given: Readonly<Record<string, unknown>> | undefined
  readonly provided: FieldTree | undefined

  constructor(row: Row, side: Side, given?: Readonly<Record<string, unknown>>, provided?: FieldTree) {
    this.row = row
    this.side = side
    this.given = given
    this.provided = provided
  }

  get typeName(): string | undefined {
    return this.row.__typename
  }

  get(field: string, args: Readonly<Record<string, unknown>> = {}): unknown {
    const asType = this.side.typeNameOf(this.typeName)
    // What was required below an own field came with the representation: `@requires(fields: "ownField { fieldOfAnother }")`.
    if (this.side.owns(asType, field)) return carrying(this.read(asType, field, args), this.given?.[field])
    if (this.given !== undefined && Object.hasOwn(this.given, field)) return view(this.given[field], MONOLITH)
    throw new Error(`needed ${asType ?? 'a value'}.${field}, which the representation does not carry`)
  }

  /** Reads for the schema of a side: a field of another owner only where it is provided. */
  resolve(asType: string, field: string, args: Readonly<Record<string, unknown>>): unknown {
    if (!this.side.owns(asType, field) && this.provided?.get(field) === undefined)
      throw new Error(`asked for ${asType}.${field}, which belongs to another subgraph`)
    return this.read(asType, field, args)
  }

  private read(asType: string | undefined, field: string, args: Readonly<Record<string, unknown>>): unknown {
    const value = this.row[field]
    const provided = this.side.provides(asType, field) ?? this.provided?.get(field)
    return view(typeof value === 'function' ? (value as (...all: unknown[]) => unknown)(args, this) : value, this.side, provided)
  }
}
