import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql'

const invalid = (what: string): never => {
  throw new GraphQLError(what, { extensions: { code: 'BAD_REQUEST' } })
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/

const parseDateTime = (value: unknown): Date => {
  if (typeof value !== 'string' || !RFC_3339.test(value))
    return invalid('DateTime must be RFC 3339 with an offset, for example 2026-03-01T09:00:00+08:00.')
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? invalid('DateTime names no instant of the calendar.') : date
}

const parseDate = (value: unknown): string => {
  if (typeof value !== 'string' || !ISO_DATE.test(value)) return invalid('Date must be an ISO 8601 calendar date, for example 2026-03-01.')
  const date = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value ? invalid('Date names no day of the calendar.') : value
}

const parseDecimal = (value: unknown): string =>
  typeof value === 'string' && DECIMAL.test(value) ? value : invalid("Decimal must be a number as a string, for example '1250.00'.")

const parseGeoJson = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : invalid('GeoJSON must be an RFC 7946 geometry object.')

const stringLiteral = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : null)

/** RFC 3339 instant with offset, millisecond precision; a `Date` inside. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'RFC 3339 instant with offset, millisecond precision.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(stringLiteral(node)),
})

/** ISO 8601 calendar date in the time zone of the community; a string inside. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'ISO 8601 calendar date in the time zone of the community.',
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(stringLiteral(node)),
})

/** Exact decimal number as a string; never a float. */
export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: "Exact decimal number as a string, for example '1250.00'.",
  serialize: String,
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(stringLiteral(node)),
})

/** RFC 7946 geometry. Only its being an object is checked here; what an act accepts (point, ranges, size) its service decides. */
export const GeoJsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'GeoJSON',
  description: 'RFC 7946 geometry. Coordinates of residents are rounded to 4 decimals for readers other than the handler.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc7946',
  serialize: (value) => value,
  parseValue: parseGeoJson,
  parseLiteral: (node, variables) => parseGeoJson(valueFromASTUntyped(node, variables)),
})
