import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLEnumType,
  type GraphQLLeafType,
} from 'graphql'

/** Writes one leaf as JSON; throws what the type's own `serialize` throws. */
export type LeafWriter = (value: unknown) => string

// What JSON must escape, and halves of characters, which `JSON.stringify` writes as escapes so that the text stays well-formed.
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/
const MAX_INT = 2_147_483_647
const MIN_INT = -2_147_483_648

/** A string as JSON text, exactly as `JSON.stringify` writes it; most strings need no look beyond one test. */
export const quote = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`)

const isUsualInt = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) <= MAX_INT && (value as number) >= MIN_INT

/** Any other value through its type; what JSON has no word for is null. */
const bySerialize =
  (type: GraphQLLeafType): LeafWriter =>
  (value) => {
    const serialized: unknown = type.serialize(value)
    if (serialized === undefined || serialized === null)
      throw new Error(`Expected \`${type.name}.serialize\` to return a value that is not null.`)
    return typeof serialized === 'string' ? quote(serialized) : (JSON.stringify(serialized) ?? 'null')
  }

/** The texts of an enum's values, by the value that resolvers give. */
export const enumTexts = (type: GraphQLEnumType): ReadonlyMap<unknown, string> =>
  new Map(type.getValues().map(({ name, value }) => [value as unknown, `"${name}"`]))

/** Which JavaScript value a leaf usually is, so that generated code may write it without asking. */
export type UsualValue = 'text' | 'int' | 'float' | 'boolean' | 'enum' | 'other'

/** The usual value of a type; OTHER for custom scalars, which only their own `serialize` knows. */
export const usualValue = (type: GraphQLLeafType): UsualValue => {
  if (isEnumType(type)) return 'enum'
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return 'text'
    case GraphQLInt:
      return 'int'
    case GraphQLFloat:
      return 'float'
    case GraphQLBoolean:
      return 'boolean'
    default:
      return 'other'
  }
}

const ofEnum = (type: GraphQLEnumType): LeafWriter => {
  const slow = bySerialize(type)
  const texts = enumTexts(type)
  return (value) => texts.get(value) ?? slow(value)
}

/** The writer of a type: short ways for the usual values of the built-in types, its own `serialize` for the rest. */
export const leafWriter = (type: GraphQLLeafType): LeafWriter => {
  const slow = bySerialize(type)
  if (isEnumType(type)) return ofEnum(type)
  switch (type) {
    case GraphQLString:
    case GraphQLID:
      return (value) => (typeof value === 'string' ? quote(value) : slow(value))
    case GraphQLInt:
      return (value) => (isUsualInt(value) ? String(value) : slow(value))
    case GraphQLFloat:
      return (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : slow(value))
    case GraphQLBoolean:
      return (value) => (typeof value === 'boolean' ? (value ? 'true' : 'false') : slow(value))
    default:
      return slow
  }
}
