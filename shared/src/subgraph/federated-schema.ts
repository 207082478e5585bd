import { buildSubgraphSchema } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { Kind, parse, print, visit, type DocumentNode, type GraphQLObjectType, type GraphQLSchema, type ValueNode } from 'graphql'
import { buildSchema, createResolversMap, getMetadataStorage } from 'type-graphql'

import { CHARTER_DIRECTIVES, DIRECTIVE_ENUMS, SCHEMA_EXTENSION } from '../vocabulary/index.js'

/** How an entity is found from its key, by type name; each goes through a loader of the context, so a batch is one statement. */
export type ReferenceResolvers<Context> = Readonly<Record<string, (reference: { readonly id: string }, context: Context) => unknown>>

/** What a party's schema is made of. */
export interface SchemaParts<Context> {
  readonly resolvers: readonly Function[]
  /** Types that no root field leads to, such as implementations of an interface. */
  readonly orphanedTypes?: readonly Function[]
  readonly references: ReferenceResolvers<Context>
  /** Resolver instances come from here: composition without a container. */
  readonly instances: ReadonlyMap<Function, object>
}

/**
 * Makes the federated schema of a party from its type-graphql classes (the way of stack.md, "type-graphql → a federated subgraph").
 *
 * The printed SDL is the contract: it is committed, composed, and checked against the charter.
 */
export const buildFederatedSchema = async <Context>(parts: SchemaParts<Context>): Promise<{ schema: GraphQLSchema; sdl: string }> => {
  readPropertiesDirectly()
  const plain = await buildSchema({
    resolvers: parts.resolvers as [Function, ...Function[]],
    orphanedTypes: [...(parts.orphanedTypes ?? [])],
    validate: false,
    // Federation's and the charter's directives are not defined yet.
    skipCheck: true,
    pubSub: NO_TOPICS,
    container: { get: (type: Function) => parts.instances.get(type) ?? Reflect.construct(type, []) },
  })
  const vocabulary = Object.entries(DIRECTIVE_ENUMS)
    .filter(([name]) => plain.getType(name) === undefined)
    .map(([, text]) => text.trim())
  const printed = `${SCHEMA_EXTENSION.trim()}\n\n${[CHARTER_DIRECTIVES.trim(), ...vocabulary].join('\n\n')}\n\n${printSchemaWithDirectives(plain).replace(/^schema \{[^}]*\}\s*/m, '')}\n`
  const document = withEnumArguments(parse(printed))
  const sdl = `${print(document)}\n`
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>
  for (const [typeName, resolve] of Object.entries(parts.references)) {
    resolvers[typeName] = { ...resolvers[typeName], __resolveReference: resolve }
  }
  const schema = buildSubgraphSchema([{ typeDefs: document, resolvers: resolvers as never }])
  copyExtensions(plain, schema)
  return { schema, sdl }
}

const noTopics = (): never => {
  throw new Error('A live field names its own source with `subscribe`.')
}
/** type-graphql wants one as soon as there is a subscription; ours are fed by the event log (shared/live). */
const NO_TOPICS = { publish: noTopics, subscribe: noTopics }

/**
 * Lets fields without a resolver of their own be plain properties, as graphql-js reads them.
 *
 * type-graphql gives each a function that makes three objects to read one property: half the cost of an answer of leaves.
 */
const readPropertiesDirectly = (): void => {
  for (const field of getMetadataStorage().fields) {
    const isPlain = field.name === field.schemaName && (field.middlewares ?? []).length === 0
    if (isPlain) field.simple ??= true
  }
}

/** `buildSubgraphSchema` loses the fields' extensions (complexity and the like); they are put back. */
const copyExtensions = (from: GraphQLSchema, to: GraphQLSchema): void => {
  for (const type of Object.values(from.getTypeMap())) {
    const target = to.getType(type.name)
    if (!('getFields' in type) || target === undefined || !('getFields' in target)) continue
    const targetFields = (target as GraphQLObjectType).getFields()
    for (const [name, field] of Object.entries((type as GraphQLObjectType).getFields())) {
      const targetField = targetFields[name]
      if (targetField !== undefined) targetField.extensions = { ...targetField.extensions, ...field.extensions }
    }
  }
}

const ENUM_ARGUMENTS: Readonly<Record<string, string>> = { owner: 'party', personal: 'class', purpose: 'allow' }

/** The printer does not know the charter's directives and writes their enum values as strings; here they become enum values again. */
const withEnumArguments = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Directive: (directive) => ({
      ...directive,
      arguments: directive.arguments?.map((argument) =>
        argument.name.value === ENUM_ARGUMENTS[directive.name.value] ? { ...argument, value: asEnum(argument.value) } : argument,
      ),
    }),
  })

const asEnum = (value: ValueNode): ValueNode => {
  if (value.kind === Kind.LIST) return { ...value, values: value.values.map(asEnum) }
  return value.kind === Kind.STRING ? { kind: Kind.ENUM, value: value.value } : value
}
