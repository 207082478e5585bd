import type { FieldNode, FragmentDefinitionNode, GraphQLError, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode } from 'graphql'

/** Where in the answer something stands, innermost first; in the form that `GraphQLResolveInfo` has. */
export interface Place {
  readonly prev: Place | undefined
  readonly key: string | number
  readonly typename: string | undefined
}

/** What all that is compiled of one document has in common. */
export interface Compilation {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
  /** Variables by which fields are chosen; those of them that steer are the same whenever the compiled form is used. */
  readonly steering: Readonly<Record<string, unknown>>
  /** What these fields ask of an object of this type below them. */
  readonly subselection: (type: GraphQLObjectType, nodes: readonly FieldNode[]) => ObjectWriter
}

/** What one execution gathers. */
export interface Run {
  readonly context: unknown
  readonly rootValue: unknown
  readonly variables: Record<string, unknown>
  readonly errors: GraphQLError[]
}

/** JSON text, now or later. A rejection (or a throw) is an error on its way to the nearest place that may be null. */
export type Text = string | Promise<string>

/** Writes the object that a selection makes of a value. */
export type ObjectWriter = (run: Run, source: unknown, at: Place | undefined) => Text

/** The text of null, by which a place that may not be null knows it. */
export const NULL = 'null'

export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

/** The path of a place, outermost first, as errors tell it. */
export const pathOf = (place: Place | undefined): (string | number)[] => {
  const path: (string | number)[] = []
  for (let at = place; at !== undefined; at = at.prev) path.push(at.key)
  return path.reverse()
}

/** Pieces in their order, some of them still on their way. Two arrays instead of one promise for each piece. */
export class Pieces {
  private readonly texts: string[] = []
  private readonly waiting: Promise<string>[] = []
  private readonly indexes: number[] = []

  /** Adds what is there already, and something that is not. */
  add(before: string, later: Promise<string>): void {
    this.indexes.push(this.texts.push(before, '') - 1)
    this.waiting.push(later)
  }

  /** The whole text, once every piece is there; rejects with the first piece that does. */
  join(end: string): Promise<string> {
    this.texts.push(end)
    return new Promise((resolve, reject) => {
      let left = this.waiting.length
      this.waiting.forEach((later, nth) => {
        later.then((text) => {
          this.texts[this.indexes[nth] ?? 0] = text
          if (--left === 0) resolve(this.texts.join(''))
        }, reject)
      })
    })
  }

  /** Waits for the pieces as graphql-js does before it hands on an error that was thrown beside them. */
  async abandon(error: unknown): Promise<never> {
    await this.join('').catch(() => undefined)
    throw error
  }
}
