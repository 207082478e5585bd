import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql'

import {
  FORBIDDEN_TEXTS,
  HOSTILE_BOOLEANS,
  HOSTILE_DATES,
  HOSTILE_DECIMALS,
  HOSTILE_ENUMS,
  HOSTILE_GEOMETRIES,
  HOSTILE_INTEGERS,
  hostileIds,
  STRANGE_TEXTS,
} from './values.js'

type Input = Readonly<Record<string, unknown>>

/** A good input with one thing wrong in it. */
export interface Mutant {
  /** What is wrong, for people. */
  readonly fault: string
  readonly input: Input
  /** Strange values may be lawful; all others must be refused. */
  readonly mayBeDone: boolean
}

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text
}

const scalarValues = (name: string, foreignId: string): readonly unknown[] => {
  switch (name) {
    case 'ID':
      return hostileIds(foreignId)
    case 'Int':
      return HOSTILE_INTEGERS
    case 'Float':
      return ['1', true, [], {}]
    case 'Boolean':
      return HOSTILE_BOOLEANS
    case 'GeoJSON':
      return HOSTILE_GEOMETRIES
    case 'Decimal':
      return HOSTILE_DECIMALS
    case 'Date':
    case 'DateTime':
      return HOSTILE_DATES
    default:
      return FORBIDDEN_TEXTS
  }
}

const valuesFor = (type: GraphQLInputType, foreignId: string): readonly unknown[] => {
  const nullable = isNonNullType(type) ? [null] : []
  const bare = isNonNullType(type) ? type.ofType : type
  const named = getNamedType(type)
  if (isListType(bare)) {
    const items = isScalarType(named) ? scalarValues(named.name, foreignId).filter((value) => !Array.isArray(value)) : HOSTILE_ENUMS
    return [
      ...nullable,
      ...items.map((item) => [item]),
      [null],
      [[[]]],
      Array.from({ length: 1_001 }, () => 'sug_00000000000000000000000000'),
    ]
  }
  if (isEnumType(named)) return [...nullable, ...HOSTILE_ENUMS]
  if (isInputObjectType(named)) return [...nullable, 'text', 7, [], ['x'], { unheardOf: 1 }]
  return [...nullable, ...scalarValues(named.name, foreignId)]
}

/** Every mutant of one input: each field wrong in every way, required ones missing, and one field too many. */
export const mutantsOf = (type: GraphQLInputObjectType, good: Input, foreignId: string, path = 'input'): Mutant[] => {
  const mutants: Mutant[] = [
    { fault: `${path}.unheardOf: 1`, input: { ...good, unheardOf: 1 }, mayBeDone: false },
    { fault: `${path}.__typename: "x"`, input: { ...good, __typename: 'x' }, mayBeDone: false },
  ]
  for (const field of Object.values(type.getFields())) {
    const at = `${path}.${field.name}`
    const set = (value: unknown): Input => ({ ...good, [field.name]: value })
    const isKey = field.name === 'clientKey'
    if (isNonNullType(field.type) && field.defaultValue === undefined) {
      const { [field.name]: _, ...rest } = good
      mutants.push({ fault: `${at} missing`, input: rest, mayBeDone: false })
    }
    const values = isKey
      ? ['', 'k\u0000', 'k'.repeat(256), 'k'.repeat(100_000), true, [], ['a', 'b'], {}]
      : valuesFor(field.type, foreignId)
    for (const value of values) mutants.push({ fault: `${at}: ${show(value)}`, input: set(value), mayBeDone: false })
    const named = getNamedType(field.type)
    if (named.name === 'String')
      for (const value of STRANGE_TEXTS) mutants.push({ fault: `${at}: ${show(value)}`, input: set(value), mayBeDone: true })
    const inner = good[field.name]
    if (isInputObjectType(named) && typeof inner === 'object' && inner !== null)
      for (const mutant of mutantsOf(named, inner as Input, foreignId, at)) mutants.push({ ...mutant, input: set(mutant.input) })
  }
  return mutants
}
