import fc from 'fast-check'
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

/** Draws numbers below a bound; fast-check records and shrinks them. */
type Draw = (below: number) => number

const argumentText = (argument: GraphQLArgument, draw: Draw): string => {
  const type = getNamedType(argument.type)
  if (isEnumType(type)) return `${argument.name}: ${type.getValues()[draw(type.getValues().length)]?.name ?? 'null'}`
  switch (type.name) {
    case 'Int':
      return `${argument.name}: ${draw(2) === 0 ? '$k' : draw(4)}`
    case 'Boolean':
      return `${argument.name}: ${draw(2) === 0 ? '$yes' : 'false'}`
    case 'ID':
      return `${argument.name}: "p${draw(8)}"`
    default:
      return `${argument.name}: { min: ${draw(5)}, tags: ["a"] }`
  }
}

const condition = (draw: Draw): string =>
  ['', '', '', '', '', ' @include(if: $yes)', ' @skip(if: $no)', ' @skip(if: $yes)', ' @include(if: $no)'][draw(9)] ?? ''

const fieldText = (schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, depth: number, draw: Draw): string | null => {
  const type = getNamedType(field.type)
  if (!isLeafType(type) && depth <= 0) return null
  const given = field.args
    .filter((argument) => isNonNullType(argument.type) || draw(2) === 0)
    .map((argument) => argumentText(argument, draw))
  // Aliases come from a small pool that contains names of keys, so that they collide across types and with keys.
  const alias = draw(4) === 0 ? `${['x', 'y', 'id', 'name', 'email', 'title'][draw(6)] ?? 'x'}: ` : ''
  const below = isLeafType(type) ? '' : ` ${selectionText(schema, type, depth - 1, draw)}`
  return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${condition(draw)}${below}`
}

const selectionText = (schema: GraphQLSchema, type: GraphQLNamedType, depth: number, draw: Draw): string => {
  const parts: string[] = draw(5) === 0 ? ['__typename'] : []
  const fields =
    isObjectType(type) || 'getFields' in type
      ? Object.values((type as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields())
      : []
  for (let n = 1 + draw(4); n > 0 && fields.length > 0; n--) {
    const field = fields[draw(fields.length)]
    const text = field === undefined ? null : fieldText(schema, field, depth, draw)
    if (text !== null) parts.push(text)
  }
  if (isAbstractType(type)) {
    for (const possible of schema.getPossibleTypes(type))
      if (draw(3) > 0) parts.push(`... on ${possible.name}${condition(draw)} ${selectionText(schema, possible, depth, draw)}`)
  } else if (draw(6) === 0 && depth > 0) {
    parts.push(`... on ${type.name}${condition(draw)} ${selectionText(schema, type, depth - 1, draw)}`)
  }
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`
}

/** Random documents over a schema, with variables `$k`, `$yes`, `$no`; most are valid, some collide and are not. */
export const randomOperation = (schema: GraphQLSchema): fc.Arbitrary<string> =>
  fc.infiniteStream(fc.nat({ max: 5039 })).map((stream) => {
    const draw: Draw = (below) => (stream.next().value ?? 0) % below
    const query = schema.getQueryType()
    if (!query) throw new Error('a schema without queries')
    return `query Q($k: Int, $yes: Boolean!, $no: Boolean!) ${selectionText(schema, query, 4, draw)}`
  })
