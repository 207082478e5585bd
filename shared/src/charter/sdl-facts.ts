import { Kind, parse } from 'graphql'
import type { ConstDirectiveNode, DefinitionNode, DocumentNode, FieldDefinitionNode, NameNode, TypeNode } from 'graphql'

/** A subgraph as the check sees it: its party's name, its SDL, and the file to name in findings. */
export interface SubgraphSdl {
  readonly name: string
  readonly sdl: string
  /** For findings; `subgraphs/<name>/schema.graphql` unless given. */
  readonly file?: string
}

export type TypeKind = 'OBJECT' | 'INTERFACE' | 'UNION' | 'ENUM' | 'INPUT' | 'SCALAR'
export type RootType = 'Query' | 'Mutation' | 'Subscription'

/** A field as one subgraph defines it. Directive names are the specification's, whatever the subgraph renamed them to. */
export interface FieldFact {
  readonly name: string
  readonly line: number
  readonly type: TypeNode
  readonly directives: readonly ConstDirectiveNode[]
}

/** A type as one subgraph defines it, extensions included. */
export interface TypeFact {
  readonly name: string
  readonly kind: TypeKind
  readonly line: number
  readonly directives: readonly ConstDirectiveNode[]
  readonly fields: readonly FieldFact[]
  /** Members of a union. */
  readonly members: readonly string[]
  readonly definitions: readonly DefinitionNode[]
}

/** Everything one subgraph defines, by name. */
export interface SubgraphFacts {
  readonly name: string
  readonly file: string
  readonly types: ReadonlyMap<string, TypeFact>
  readonly roots: Readonly<Record<RootType, readonly FieldFact[]>>
  readonly directives: ReadonlyMap<string, { readonly line: number; readonly definition: DefinitionNode }>
}

const kindOf: Partial<Record<Kind, TypeKind>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'OBJECT',
  [Kind.OBJECT_TYPE_EXTENSION]: 'OBJECT',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'INTERFACE',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'INTERFACE',
  [Kind.UNION_TYPE_DEFINITION]: 'UNION',
  [Kind.UNION_TYPE_EXTENSION]: 'UNION',
  [Kind.ENUM_TYPE_DEFINITION]: 'ENUM',
  [Kind.ENUM_TYPE_EXTENSION]: 'ENUM',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'INPUT',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'INPUT',
  [Kind.SCALAR_TYPE_DEFINITION]: 'SCALAR',
  [Kind.SCALAR_TYPE_EXTENSION]: 'SCALAR',
}

/** What federation and GraphQL themselves bring along when a subgraph prints its whole schema: nobody's to own. */
const isPlumbing = (name: string): boolean => name.startsWith('_') || name.includes('__')
const PLUMBING_DIRECTIVES = new Set(
  (
    'link key external requires provides shareable override inaccessible tag extends interfaceObject authenticated requiresScopes ' +
    'policy composeDirective context fromContext cost listSize deprecated specifiedBy oneOf skip include'
  ).split(' '),
)

const lineOf = (node: { readonly loc?: { readonly startToken: { readonly line: number } } }): number => node.loc?.startToken.line ?? 1

function stringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined
}

/** The argument of the first directive of that name: `argumentOf(field, 'act', 'code')`. */
export function argumentOf(
  element: { readonly directives: readonly ConstDirectiveNode[] },
  directiveName: string,
  name: string,
): string | undefined {
  const directive = element.directives.find((candidate) => candidate.name.value === directiveName)
  return directive && stringArgument(directive, name)
}

/** Whether the element carries a directive. */
export function carries(element: { readonly directives: readonly ConstDirectiveNode[] }, directiveName: string): boolean {
  return element.directives.some((candidate) => candidate.name.value === directiveName)
}

/** Local names of imported directives → their names in the specification (`@link(import: [{ name: "@key", as: "@id" }])`). */
function renamedDirectives(document: DocumentNode): Map<string, string> {
  const renamed = new Map<string, string>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const link of definition.directives?.filter((directive) => directive.name.value === 'link') ?? []) {
      const list = link.arguments?.find((argument) => argument.name.value === 'import')?.value
      for (const item of list?.kind === Kind.LIST ? list.values : []) {
        if (item.kind !== Kind.OBJECT) continue
        const text = (key: string) => {
          const value = item.fields.find((field) => field.name.value === key)?.value
          return value?.kind === Kind.STRING ? value.value.replace('@', '') : undefined
        }
        const [name, as] = [text('name'), text('as')]
        if (name && as) renamed.set(as, name)
      }
    }
  }
  return renamed
}

const rootNamesOf = (document: DocumentNode): Map<string, RootType> => {
  const roots = new Map<string, RootType>([
    ['Query', 'Query'],
    ['Mutation', 'Mutation'],
    ['Subscription', 'Subscription'],
  ])
  const operationRoot = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const { operation, type } of definition.operationTypes ?? []) roots.set(type.name.value, operationRoot[operation])
  }
  return roots
}

interface NamedDefinition {
  readonly name: NameNode
  readonly directives?: readonly ConstDirectiveNode[]
  readonly fields?: readonly FieldDefinitionNode[]
  readonly types?: readonly { readonly name: NameNode }[]
}

/**
 * Lists what a subgraph's SDL defines, for the charter check. Federation 1 syntax (`extend type`) and 2 alike; renamed imports are
 * read under their own names; what federation adds itself (`_Entity`, `link__Import`, `@key` …) is left out.
 *
 * Throws GraphQLError with its line when the text is not SDL.
 */
export function readSubgraphFacts({ name, sdl, file = `subgraphs/${name}/schema.graphql` }: SubgraphSdl): SubgraphFacts {
  const document = parse(sdl)
  const renamed = renamedDirectives(document)
  const canonical = (directives: readonly ConstDirectiveNode[] = []): ConstDirectiveNode[] =>
    directives.map((directive) => {
      const local = directive.name.value
      const value = renamed.get(local) ?? local.replace(/^[a-z]+__/, '')
      return { ...directive, name: { ...directive.name, value } }
    })
  const roots = rootNamesOf(document)
  const types = new Map<string, TypeFact>()
  const directives = new Map<string, { line: number; definition: DefinitionNode }>()
  const rootFields: Record<RootType, FieldFact[]> = { Query: [], Mutation: [], Subscription: [] }
  const fieldsOf = (fields: readonly FieldDefinitionNode[] = []): FieldFact[] =>
    fields.map((field) => ({
      name: field.name.value,
      line: lineOf(field.name),
      type: field.type,
      directives: canonical(field.directives),
    }))

  for (const definition of document.definitions) {
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      const directive = renamed.get(definition.name.value) ?? definition.name.value
      if (!isPlumbing(directive) && !PLUMBING_DIRECTIVES.has(directive)) {
        directives.set(directive, { line: lineOf(definition.name), definition })
      }
      continue
    }
    const kind = kindOf[definition.kind]
    if (!kind) continue
    const named = definition as unknown as NamedDefinition
    const typeName = named.name.value
    const root = roots.get(typeName)
    if (root) {
      rootFields[root].push(...fieldsOf(named.fields).filter((field) => !isPlumbing(field.name)))
      continue
    }
    if (isPlumbing(typeName)) continue
    const before = types.get(typeName)
    types.set(typeName, {
      name: typeName,
      kind,
      line: before?.line ?? lineOf(named.name),
      directives: [...(before?.directives ?? []), ...canonical(named.directives)],
      fields: [...(before?.fields ?? []), ...(kind === 'INPUT' ? [] : fieldsOf(named.fields))],
      members: [...(before?.members ?? []), ...(named.types ?? []).map((member) => member.name.value)],
      definitions: [...(before?.definitions ?? []), definition],
    })
  }
  return { name, file, types, roots: rootFields, directives }
}

/** Name of the type at the bottom of lists and non-nulls. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type)
}

/** Whether the field itself may be null. */
export const isNullable = (type: TypeNode): boolean => type.kind !== Kind.NON_NULL_TYPE

/** Whether a failure at the bottom of the type stops at or below this field: some level of it may be null. */
export function containsFailure(type: TypeNode): boolean {
  if (type.kind !== Kind.NON_NULL_TYPE) return true
  return type.type.kind === Kind.LIST_TYPE ? containsFailure(type.type.type) : false
}

/** Names of the fields that stand in a type's keys, nested selections included: `@key(fields: "id cell { id }")`. */
export function keyFieldsOf(type: TypeFact): ReadonlySet<string> {
  const keys = type.directives.filter((directive) => directive.name.value === 'key')
  return new Set(keys.flatMap((key) => stringArgument(key, 'fields')?.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []))
}
