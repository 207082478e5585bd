import { buildASTSchema, execute, Kind, parse } from 'graphql'

/** Schema of one party with what federation adds, answered from the world. */
export const partySchema = (sdl, world) => {
  const entities = parse(sdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.directives.some(({ name }) => name.value === 'key')
      ? [definition.name.value]
      : [],
  )
  const machinery = `scalar _Any type _Service { sdl: String! } union _Entity = ${entities.join(' | ')}
    extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }`
  const schema = buildASTSchema(parse(`${sdl}\n${machinery}`), { assumeValid: true, assumeValidSDL: true })
  const query = schema.getQueryType().getFields()
  for (const [name, resolve] of Object.entries(world.root)) if (query[name] !== undefined) query[name].resolve = (_, args) => resolve(args)
  query._service.resolve = () => ({ sdl })
  query._entities.resolve = (_, { representations }) => representations.map(world.entity)
  return schema
}

/** Executes operations for one party over the world; documents are parsed once. Everything in it is synchronous. */
export const createPartyExecutor = (sdl, world) => {
  const schema = partySchema(sdl, world)
  const documents = new Map()
  return {
    execute({ query, variables, operationName }) {
      let document = documents.get(query)
      if (document === undefined) {
        document = parse(query)
        // Distinct documents of a run are some thousands; without a bound a soak would look like a leak of ours.
        if (documents.size > 20_000) documents.clear()
        documents.set(query, document)
      }
      return execute({ schema, document, variableValues: variables, operationName })
    },
  }
}
