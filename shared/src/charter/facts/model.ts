import type { ConstDirectiveNode, NameNode, TypeNode } from 'graphql'
import type { ElementKind } from './known-directives.js'

/** A subgraph as the check sees it: its name, its SDL, and the file to name in findings. */
export interface SubgraphSdl {
  readonly name: string
  readonly sdl: string
  /** For findings; `subgraphs/<name>/schema.graphql` unless given. */
  readonly file?: string
}

export type RootType = 'Query' | 'Mutation' | 'Subscription'

/** A place in a schema file. Both start at 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Anything of a schema that can carry a directive. Directives bear the specification's names, whatever the subgraph calls them. */
export interface Element extends Position {
  readonly kind: ElementKind
  /** `Type`, `Type.member`, `Type.field(argument:)`, `@directive(argument:)` or `schema`; roots as Query, Mutation, Subscription. */
  readonly coordinate: string
  readonly hasDescription: boolean
  readonly directives: readonly ConstDirectiveNode[]
}

/** An argument, or a field of an input. */
export interface InputFact extends Element {
  readonly name: string
  readonly type: TypeNode
  readonly defaultText: string | undefined
}

/** A field as one subgraph defines it. */
export interface FieldFact extends Element {
  readonly name: string
  readonly type: TypeNode
  readonly inputs: readonly InputFact[]
  /** `@external` on the field or on its type: named here, answered elsewhere. */
  readonly isExternal: boolean
}

/** A value of an enum. */
export interface ValueFact extends Element {
  readonly name: string
}

/** A member of a union, or an interface that a type implements. */
export interface MemberFact extends Position {
  readonly name: string
}

/** A type as one subgraph defines it, extensions included. */
export interface TypeFact extends Element {
  readonly name: string
  readonly fields: readonly FieldFact[]
  readonly inputs: readonly InputFact[]
  readonly values: readonly ValueFact[]
  readonly members: readonly MemberFact[]
  readonly interfaces: readonly MemberFact[]
}

/** Something the reader cannot judge: a construct of the language or a feature of a link. */
export interface Doubt extends Position {
  readonly reason: 'construct' | 'link'
  readonly what: string
}

/** Everything one subgraph defines, by name. */
export interface SubgraphFacts {
  readonly name: string
  readonly party: string
  readonly file: string
  readonly isFederation2: boolean
  readonly types: ReadonlyMap<string, TypeFact>
  readonly roots: Readonly<Record<RootType, readonly FieldFact[]>>
  /** What all parties share: the schema itself, its root types, arguments of directives that carry directives. */
  readonly shared: readonly Element[]
  readonly directives: ReadonlyMap<string, { readonly element: Element; readonly text: string }>
  readonly doubts: readonly Doubt[]
}

/** Where a name stands. */
export const placeOf = ({ loc }: NameNode): Position => ({ line: loc?.startToken.line ?? 1, column: loc?.startToken.column ?? 1 })

/** Whether the element carries a directive. */
export const carries = ({ directives }: Pick<Element, 'directives'>, name: string): boolean =>
  directives.some((directive) => directive.name.value === name)

/** A string or enum argument of the first directive of that name: `argumentOf(field, 'act', 'code')`. */
export function argumentOf({ directives }: Pick<Element, 'directives'>, directiveName: string, name: string): string | undefined {
  const directive = directives.find((candidate) => candidate.name.value === directiveName)
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === 'StringValue' || value?.kind === 'EnumValue' ? value.value : undefined
}

/** Every element of a subgraph that can carry a directive, what is shared first. */
export function* elementsOf({ shared, types, roots }: SubgraphFacts): Generator<Element> {
  yield* shared
  for (const fields of [...[...types.values()].map((type) => type.fields), ...Object.values(roots)]) {
    for (const field of fields) {
      yield field
      yield* field.inputs
    }
  }
  for (const type of types.values()) {
    yield type
    yield* type.inputs
    yield* type.values
  }
}
