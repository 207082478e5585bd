import type { GraphQLObjectType, GraphQLOutputType } from 'graphql'

import type { Layout } from '../plan/layout.js'
import type { Words } from './key-words.js'
import type { LeafCheck } from './leaf-check.js'

/** What reading asks of the reader of a position. */
export interface Reader {
  readonly layout: Layout
  /** The one shape of a position whose type is an object type; null where the type is told by the answer. */
  readonly staticShape: Shape | null
  /** The shape for objects that do not say early enough what they are. */
  readonly anyShape: Shape
  /** The shape for a type name as the answer has it; the general one for a name that the API does not know. */
  shapeFor(typeName: string): Shape
  /** Whether every client selection at this position has exactly so many fields for a type. */
  isWholeFor(type: GraphQLObjectType, fields: number): boolean
}

/** What is expected under one key. */
export interface Entry {
  readonly name: string
  readonly key: Words
  readonly kind: 'leaf' | 'object' | 'typename'
  /** Index of the slot that takes the value; -1: nobody uses it, it is only checked. */
  readonly slot: number
  readonly check: LeafCheck
  readonly below: Reader | null
  /** The field's type in the API schema; null when the API does not show it. */
  readonly type: GraphQLOutputType | null
  /** A run that begins here. */
  run: Run | null
  /** Slot of the run of which this entry is a part, or -1. */
  runSlot: number
}

/** Neighbouring keys that the client asks in the same order: checked one by one, kept as one slice. */
export interface Run {
  readonly slot: number
  readonly parts: readonly RunPart[]
  /** What `__typename` must say where it is one of the keys. */
  readonly typeName: { readonly name: string; readonly words: Words } | null
}

/** One key of a run. */
export interface RunPart {
  readonly entry: Entry
  /** Whether a later call sends the value, so that it is kept on its own too. */
  readonly isKept: boolean
  /** Of objects inside the run. */
  readonly below: { readonly run: Run; readonly check: LeafCheck } | null
}

/** The fields of objects of one concrete type, in the order in which an honest answer has them. */
export class Shape {
  private byName: Map<string, number> | null = null
  constructor(
    /** Null: objects that do not say what they are; the fields of every type are expected. */
    readonly typeName: string | null,
    /** `"Person"` as words, to recognize the type without cutting it out. */
    readonly typeWords: Words | null,
    readonly entries: readonly Entry[],
    /** The planner's settings, and renames that wait for the type. */
    readonly late: readonly LateRewrite[],
  ) {}

  /** The entry of a key, for answers in another order. */
  entry(name: string): Entry | undefined {
    this.byName ??= new Map(this.entries.map((entry, index) => [entry.name, index]))
    const index = this.byName.get(name)
    return index === undefined ? undefined : this.entries[index]
  }
}

/** A rewrite that is applied when an object has been read. */
export interface LateRewrite {
  readonly types: readonly string[] | null
  readonly from: number
  readonly to: number
  /** JSON of the value to set; null: move `from` to `to`. */
  readonly set: string | null
  readonly setsTypeName: string | null
}
