import {
  buildASTSchema,
  execute,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  subscribe,
  validate,
  type ConstDirectiveNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type GraphQLTypeResolver,
  type DocumentNode,
} from 'graphql'

import { eventsOf, type WorldEvent } from './monolith.js'
import { fieldSetOf, View, view, type FieldTree, type Side } from './side.js'
import type { Row, World, WorldData } from './world.js'

/** A call as it came over the wire. */
export interface WireCall {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly data?: unknown
  readonly errors?: unknown
}

/** A subgraph of a world: strict about what it is asked, so that a wrong plan cannot pass. */
export interface WorldSubgraph {
  readonly name: string
  readonly sdl: string
  readonly calls: WireCall[]
  execute(call: WireCall): Promise<WireAnswer>
  /** All events that its data holds, then the end. */
  subscribe(call: WireCall): AsyncIterable<WireAnswer>
}

interface TypeFacts {
  readonly external: Set<string>
  readonly keys: { readonly tree: FieldTree; readonly isResolvable: boolean }[]
  readonly provides: Map<string, FieldTree>
  isInterfaceObject: boolean
}

const named = (directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode[] =>
  (directives ?? []).filter((directive) => directive.name.value.replace('federation__', '') === name)

const argumentOf = (directive: ConstDirectiveNode, name: string): unknown => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value !== undefined && 'value' in value ? value.value : undefined
}

const readFacts = (document: DocumentNode): Map<string, TypeFacts> => {
  const facts = new Map<string, TypeFacts>()
  for (const definition of document.definitions) {
    if (!('fields' in definition) || !('name' in definition) || !definition.name) continue
    const name = definition.name.value
    const known: TypeFacts = facts.get(name) ?? { external: new Set(), keys: [], provides: new Map(), isInterfaceObject: false }
    facts.set(name, known)
    const directives = definition.directives
    if (named(directives, 'interfaceObject').length > 0) known.isInterfaceObject = true
    for (const key of named(directives, 'key'))
      known.keys.push({ tree: fieldSetOf(key), isResolvable: argumentOf(key, 'resolvable') !== false })
    for (const field of definition.fields ?? []) {
      if ([...named(field.directives, 'external'), ...named(directives, 'external')].length > 0) known.external.add(field.name.value)
      for (const provides of named(field.directives, 'provides')) known.provides.set(field.name.value, fieldSetOf(provides))
    }
  }
  return facts
}

/** Fields that another subgraph has taken over for good (`@override` without a label): asking the old owner is a wrong plan. */
const overridden = (world: World, from: string): Set<string> => {
  const taken = new Set<string>()
  for (const sdl of Object.values(world.subgraphs)) {
    for (const definition of parse(sdl).definitions) {
      if (!('fields' in definition) || !('name' in definition) || !definition.name) continue
      for (const field of definition.fields ?? [])
        for (const override of named((field as { directives?: readonly ConstDirectiveNode[] }).directives, 'override'))
          if (argumentOf(override, 'from') === from && argumentOf(override, 'label') === undefined)
            taken.add(`${definition.name.value}.${field.name.value}`)
    }
  }
  return taken
}

const executableSchema = (document: DocumentNode, facts: Map<string, TypeFacts>): GraphQLSchema => {
  const defined = new Set(
    document.definitions.flatMap((d) => ('name' in d && d.name && !d.kind.endsWith('Extension') ? [d.name.value] : [])),
  )
  const definitions = document.definitions.flatMap((definition) => {
    if (definition.kind === Kind.SCHEMA_EXTENSION) return []
    // Federation 1 extends types that nobody in this document defines.
    if (!('name' in definition) || !definition.name || !definition.kind.endsWith('Extension') || defined.has(definition.name.value))
      return [definition]
    defined.add(definition.name.value)
    return [{ ...definition, kind: definition.kind.replace('Extension', 'Definition') } as typeof definition]
  })
  const schemaNode = definitions.find((definition) => definition.kind === Kind.SCHEMA_DEFINITION)
  const query = schemaNode?.operationTypes.find(({ operation }) => operation === 'query')?.type.name.value ?? 'Query'
  const kinds = new Map(definitions.flatMap((d) => ('name' in d && d.name ? [[d.name.value, d.kind] as const] : [])))
  const entities = [...facts]
    .filter(([name, { keys }]) => keys.length > 0 && kinds.get(name) === Kind.OBJECT_TYPE_DEFINITION)
    .map(([name]) => name)
  const machinery = [
    'scalar _Any',
    ...(entities.length > 0 ? [`union _Entity = ${entities.join(' | ')}`] : []),
    `${defined.has(query) ? 'extend type' : 'type'} ${query} { _ping: Int ${entities.length > 0 ? '_entities(representations: [_Any!]!): [_Entity]!' : ''} }`,
  ]
  return buildASTSchema(
    { kind: Kind.DOCUMENT, definitions: [...definitions, ...parse(machinery.join('\n')).definitions] },
    { assumeValid: true, assumeValidSDL: true },
  )
}

/** Whether a representation carries a key, and whether a record has the same values in it. */
const carries = (given: unknown, tree: FieldTree): boolean =>
  Array.isArray(given)
    ? given.every((item) => carries(item, tree))
    : typeof given === 'object' &&
      given !== null &&
      [...tree].every(([name, inner]) => {
        const value = (given as Record<string, unknown>)[name]
        return value !== undefined && (inner.size === 0 || value === null || carries(value, inner))
      })
const agrees = (record: unknown, given: unknown, tree: FieldTree): boolean => {
  if (Array.isArray(given))
    return Array.isArray(record) && record.length === given.length && given.every((item, n) => agrees(record[n], item, tree))
  if (given === null || record === null || record === undefined) return given === record
  if (tree.size === 0) return record === given
  return [...tree].every(([name, inner]) => agrees((record as View).get(name), (given as Record<string, unknown>)[name], inner))
}

/** One subgraph of a world, over its own copy of the data. `isOfType` asks the composed schema. */
export const worldSubgraph = (
  world: World,
  name: string,
  data: WorldData,
  isOfType: (typeName: string, condition: string) => boolean,
): WorldSubgraph => {
  const sdl = world.subgraphs[name] ?? ''
  const document = parse(sdl)
  const facts = readFacts(document)
  const schema = executableSchema(document, facts)
  const taken = overridden(world, name)
  const interfaceObjects = [...facts].filter(([, fact]) => fact.isInterfaceObject).map(([typeName]) => typeName)
  const side: Side = {
    owns(typeName, field) {
      const fact = typeName === undefined ? undefined : facts.get(typeName)
      if (typeName !== undefined && taken.has(`${typeName}.${field}`)) return false
      if (fact === undefined || typeName === undefined) return true
      const type = schema.getType(typeName)
      if (isObjectType(type) && type.getFields()[field] === undefined) return false
      return !fact.external.has(field) || fact.keys.some(({ tree }) => tree.has(field))
    },
    provides: (typeName, field) => (typeName === undefined ? undefined : facts.get(typeName)?.provides.get(field)),
    typeNameOf(typeName) {
      if (typeName === undefined || isObjectType(schema.getType(typeName))) return typeName
      return interfaceObjects.find((candidate) => isOfType(typeName, candidate)) ?? typeName
    },
  }
  const entity = (given: Record<string, unknown>): View | null => {
    const typeName = String(given['__typename'])
    if (!schema.getType(typeName)) throw new Error(`${name} knows no ${typeName}`)
    const key = facts.get(typeName)?.keys.find(({ tree, isResolvable }) => isResolvable && carries(given, tree))
    if (key === undefined) throw new Error(`${name} got no key of ${typeName}: ${JSON.stringify(given)}`)
    const all = (row: Row): View => new View(row, { ...side, owns: () => true })
    const row = data.rows.find((candidate) => isOfType(candidate.__typename, typeName) && agrees(all(candidate), given, key.tree))
    return row ? new View(row, side, given) : null
  }
  const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args: Record<string, unknown>, _context, info) => {
    if (info.fieldName === '_entities')
      return (args['representations'] as Record<string, unknown>[]).map((given) => catching(() => entity(given)))
    if (info.path.prev === undefined) {
      const root = data.roots[info.fieldName]
      const provided = side.provides(info.parentType.name, info.fieldName)
      if (info.operation.operation === OperationTypeNode.SUBSCRIPTION) return view((source as WorldEvent).value, side, provided)
      return view(typeof root === 'function' ? (root as (args: unknown) => unknown)(args) : root, side, provided)
    }
    return (source as View).resolve(info.parentType.name, info.fieldName, args)
  }
  const typeResolver: GraphQLTypeResolver<unknown, unknown> = (value) => side.typeNameOf((value as View).typeName)
  const read = (call: WireCall): ExecutionArgs | WireAnswer => {
    subgraph.calls.push(call)
    const document = parse(call.query)
    const faults = validate(schema, document)
    if (faults.length > 0) return { errors: faults.map(({ message }) => ({ message: `${name} got an invalid document: ${message}` })) }
    return { schema, document, variableValues: call.variables, fieldResolver, typeResolver }
  }
  const subgraph: WorldSubgraph = {
    name,
    sdl,
    calls: [],
    async execute(call) {
      const asked = read(call)
      return 'schema' in asked ? onTheWire(await execute(asked)) : asked
    },
    async *subscribe(call) {
      const asked = read(call)
      if (!('schema' in asked)) return yield asked
      const events = await subscribe({
        ...asked,
        subscribeFieldResolver: (_source, args: Record<string, unknown>, _context, info) => eventsOf(data.roots[info.fieldName], args),
      })
      if (!(Symbol.asyncIterator in events)) return yield onTheWire(events)
      for await (const event of events) yield onTheWire(event)
    },
  }
  return subgraph
}

const onTheWire = ({ data, errors }: ExecutionResult): WireAnswer =>
  JSON.parse(JSON.stringify({ data, ...(errors ? { errors } : {}) })) as WireAnswer

const catching = <T>(make: () => T): T | Error => {
  try {
    return make()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
