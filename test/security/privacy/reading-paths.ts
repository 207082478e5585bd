import {
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

/** A chain of fields from the root to a field that must not be shown, as one query. */
export interface ReadingPath {
  readonly name: string
  readonly query: string
}

/** Values of the arguments a path needs, by field, argument name and type. */
export type ArgumentValue = (field: string, argument: string, type: string) => string | null

const MAX_STEPS = 4

interface Step {
  readonly text: string
  readonly label: string
}

const argumentsOf = (field: GraphQLField<unknown, unknown>, valueOf: ArgumentValue): string | null => {
  const given: string[] = []
  for (const argument of field.args) {
    const value = valueOf(field.name, argument.name, getNamedType(argument.type).name)
    if (value !== null) given.push(`${argument.name}: ${value}`)
    else if (isNonNullType(argument.type) && argument.defaultValue === undefined) return null
  }
  return given.length === 0 ? '' : `(${given.join(', ')})`
}

/**
 * Every way to a personal field: from each root field over up to four steps, no type twice on the way, through interfaces and unions too.
 *
 * `isPersonal` names the fields by coordinate. A field whose required argument has no value is not followed.
 */
export const readingPaths = (schema: GraphQLSchema, isPersonal: (coordinate: string) => boolean, valueOf: ArgumentValue): ReadingPath[] => {
  const paths: ReadingPath[] = []
  const close = (steps: readonly Step[], leaf: string): string =>
    `{ ${steps.map(({ text }) => `${text} { `).join('')}${leaf}${' }'.repeat(steps.length)} }`
  const leafOf = (field: GraphQLField<unknown, unknown>): string => {
    const type = getNamedType(field.type)
    return isObjectType(type) || isAbstractType(type) ? `${field.name} { __typename ... on Node { id } }` : field.name
  }
  const walk = (type: GraphQLNamedType, steps: readonly Step[], seen: ReadonlySet<string>): void => {
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type))
        if (!seen.has(possible.name)) walk(possible, [...steps, { text: `... on ${possible.name}`, label: `[${possible.name}]` }], seen)
      return
    }
    if (!isObjectType(type) || steps.length >= MAX_STEPS * 2) return
    const deeper = new Set([...seen, type.name])
    for (const field of Object.values(type.getFields())) {
      const given = argumentsOf(field, valueOf)
      if (given === null) continue
      const label = [...steps.map((step) => step.label), field.name].join('.')
      if (isPersonal(`${type.name}.${field.name}`)) paths.push({ name: label, query: close(steps, leafOf(field)) })
      const next = getNamedType(field.type)
      const depth = steps.filter(({ text }) => !text.startsWith('...')).length
      if (depth < MAX_STEPS && !deeper.has(next.name)) walk(next, [...steps, { text: `${field.name}${given}`, label: field.name }], deeper)
    }
  }
  const query = schema.getQueryType()
  if (query) walk(query, [], new Set())
  return paths
}
