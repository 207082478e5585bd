import { buildASTSchema, Kind, parse, specifiedDirectives, type DefinitionNode, type GraphQLSchema } from 'graphql'

const MACHINERY = /^(__|join__|link__|core__)/
const SPECIFIED = new Set(specifiedDirectives.map(({ name }) => name))

const isOwnDefinition = (definition: DefinitionNode): boolean => {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return !SPECIFIED.has(definition.name.value) && !MACHINERY.test(definition.name.value)
  return !('name' in definition) || definition.name === undefined || !MACHINERY.test(definition.name.value)
}

/**
 * The schema that clients see, from the planner's consumer schema, which contains introspection types and composition machinery.
 *
 * The parties' own directives (owner, act, purpose) stay declared; those of the specification are graphql-js's own.
 */
export const buildApiSchema = (consumerSdl: string): GraphQLSchema => {
  const document = parse(consumerSdl, { noLocation: true })
  const definitions = document.definitions.filter(isOwnDefinition).map((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition
    return { ...definition, fields: definition.fields?.filter((field) => !field.name.value.startsWith('__')) ?? [] }
  })
  return buildASTSchema({ ...document, definitions }, { assumeValidSDL: true })
}
