import { Kind, parse, print } from 'graphql'
import type { ConstDirectiveNode, FieldDefinitionNode, InputValueDefinitionNode } from 'graphql'

interface AnyDefinition {
  readonly kind: Kind
  readonly name: { readonly value: string }
  readonly description?: { readonly value: string }
  readonly directives?: readonly ConstDirectiveNode[]
  readonly fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[]
  readonly values?: readonly AnyDefinition[]
  readonly types?: readonly { readonly name: { readonly value: string } }[]
  readonly interfaces?: readonly { readonly name: { readonly value: string } }[]
}

/** What a supergraph says about one coordinate: who answers it, and everything else as text. */
export interface CoordinateFacts {
  /** Graphs that answer the coordinate, in the order of their names; empty for what is no field. */
  readonly answeredBy: readonly string[]
  /** Shape and directives, without the description. */
  readonly text: string
  readonly description: string
}

const argumentText = (directive: ConstDirectiveNode, name: string): string | undefined => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value && print(value)
}
const isJoin = ({ name }: ConstDirectiveNode): boolean => name.value.startsWith('join__')
const wordsOf = ({ directives = [] }: AnyDefinition): string =>
  directives
    .filter((directive) => !isJoin(directive))
    .map((directive) => print(directive))
    .sort()
    .join(' ')
const graphsOf = ({ directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] }, name: string): ConstDirectiveNode[] =>
  directives.filter((directive) => directive.name.value === name)

function answerersOf(field: FieldDefinitionNode | InputValueDefinitionNode, typeGraphs: readonly string[]): string[] {
  const joins = graphsOf(field, 'join__field')
  if (joins.length === 0) return [...typeGraphs]
  const answering = joins.filter((join) => argumentText(join, 'external') !== 'true' && argumentText(join, 'usedOverridden') !== 'true')
  return answering.flatMap((join) => argumentText(join, 'graph') ?? [...typeGraphs])
}

/**
 * Every coordinate of a supergraph with who answers it and what else is said of it, for comparing two supergraphs.
 *
 * Two supergraphs that agree on a coordinate give the same answers for it from the same graphs. Join metadata that only describes
 * references (types and external fields of further graphs) is left out. Linear in the text.
 */
export function coordinatesOf(supergraphSdl: string): ReadonlyMap<string, CoordinateFacts> {
  const all = new Map<string, CoordinateFacts>()
  for (const node of parse(supergraphSdl, { noLocation: true }).definitions) {
    const definition = node as unknown as AnyDefinition
    if (
      node.kind === Kind.SCHEMA_DEFINITION ||
      node.kind === Kind.DIRECTIVE_DEFINITION ||
      /^(join|link|core|federation|requiresScopes|policy|context)(__|$)/.test(definition.name.value)
    )
      continue
    const type = definition.name.value
    const graphs = [...new Set(graphsOf(definition, 'join__type').flatMap((join) => argumentText(join, 'graph') ?? []))].sort()
    const names = [...(definition.types ?? []), ...(definition.interfaces ?? [])].map(({ name }) => name.value).sort()
    const describe = ({ description }: AnyDefinition): string => description?.value ?? ''
    all.set(type, { answeredBy: [], text: [definition.kind, ...names, wordsOf(definition)].join(' '), description: describe(definition) })
    for (const field of definition.fields ?? []) {
      const plain = { ...field, directives: [], description: undefined }
      const text = `${print(plain)} ${wordsOf(field)}`
      all.set(`${type}.${field.name.value}`, { answeredBy: answerersOf(field, graphs).sort(), text, description: describe(field) })
      for (const argument of 'arguments' in field ? (field.arguments ?? []) : []) {
        all.set(`${type}.${field.name.value}(${argument.name.value}:)`, {
          answeredBy: [],
          text: wordsOf(argument),
          description: describe(argument),
        })
      }
    }
    for (const value of definition.values ?? []) {
      all.set(`${type}.${value.name.value}`, { answeredBy: [], text: wordsOf(value), description: describe(value) })
    }
  }
  return all
}
