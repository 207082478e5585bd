import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

/** An operation with its variables, made from a seed: the same seed, the same operation. */
export interface RandomOperation {
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** A small generator of numbers (mulberry32), so that a printed seed brings a failure back. */
const numbersFrom = (seed: number) => {
  let state = seed | 0
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Literals of custom scalars and of text that means something to the schema under test, by type name. */
export type Samples = Readonly<Record<string, readonly unknown[]>>

const USUAL: Samples = {
  Int: [0, 1, 2, -7],
  Float: [0, 1.5, -2],
  String: ['', 'a', '社区 "x"'],
  ID: ['1', '2', 'x'],
  Boolean: [true, false],
}

/** Writes random valid operations on a schema: aliases, fragments, conditions, variables, literals, merged fields. */
export const randomOperation = (
  schema: GraphQLSchema,
  seed: number,
  options: { readonly samples?: Samples; readonly maxDepth?: number; readonly kind?: 'query' | 'mutation' } = {},
): RandomOperation => {
  const next = numbersFrom(seed)
  const samples = { ...USUAL, ...options.samples }
  const maxDepth = options.maxDepth ?? 4
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  const fragments: string[] = []

  const valueOf = (type: GraphQLInputType, depth: number): unknown => {
    if (isNonNullType(type)) return valueOf(type.ofType, depth)
    if (isListType(type)) return Array.from({ length: next(3) }, () => valueOf(type.ofType, depth))
    if (isEnumType(type)) return { enum: pick(type.getValues()).name }
    if (isInputObjectType(type)) {
      const entries = Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type) || (depth < 2 && next(2) === 0))
        .map((field) => [field.name, valueOf(field.type, depth + 1)])
      return Object.fromEntries(entries)
    }
    return pick(samples[type.name] ?? ['a'])
  }
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain)
    if (typeof value !== 'object' || value === null) return value
    if ('enum' in value) return value.enum
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  }
  const literal = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    if ('enum' in value) return String(value.enum)
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${literal(item)}`)
      .join(', ')}}`
  }
  const declare = (type: string, value: unknown, isGiven: boolean, fallback?: string): string => {
    const name = `v${declared.length}`
    declared.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`)
    if (isGiven) variables[name] = plain(value)
    return `$${name}`
  }
  const condition = (): string => {
    const choice = next(12)
    if (choice > 2) return ''
    const directive = next(2) === 0 ? 'include' : 'skip'
    return ` @${directive}(if: ${choice === 0 ? String(next(2) === 0) : declare('Boolean!', next(3) > 0, true)})`
  }
  const argument = (name: string, type: GraphQLInputType): string => {
    const value = valueOf(type, 0)
    const choice = next(4)
    if (choice === 0 && !isNonNullType(type)) return `${name}: ${next(2) === 0 ? 'null' : declare(String(type), value, false)}`
    if (choice === 1) return `${name}: ${declare(String(type), value, true)}`
    if (choice === 2 && !isNonNullType(type)) return `${name}: ${declare(String(type), value, next(2) === 0, literal(value))}`
    return `${name}: ${literal(value)}`
  }
  const selection = (type: GraphQLNamedType, depth: number): string => {
    if (isUnionType(type) || isInterfaceType(type)) {
      const parts = schema
        .getPossibleTypes(type)
        .filter(() => next(3) > 0)
        .map((concrete) => spread(concrete.name, selection(concrete, depth)))
      if (isInterfaceType(type)) parts.push(...fieldsOf(type, depth))
      return `{ __typename ${parts.join(' ')} }`
    }
    const fields = isObjectType(type) ? fieldsOf(type, depth) : []
    if (next(6) === 0 && isObjectType(type)) fields.push(spread(type.name, `{ ${fieldsOf(type, depth).join(' ') || '__typename'} }`))
    if (fields.length === 0 || next(5) === 0) fields.push('__typename')
    return `{ ${fields.join(' ')} }`
  }
  const spread = (on: string, body: string): string => {
    if (next(3) > 0) return `... on ${on}${condition()} ${body}`
    const name = `F${fragments.length}`
    fragments.push(`fragment ${name} on ${on} ${body}`)
    return `...${name}${condition()}`
  }
  let aliases = 0
  const fieldsOf = (type: GraphQLNamedType, depth: number): string[] => {
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields())
      .filter((field) => !field.name.startsWith('_') || options.samples?.[field.name] !== undefined)
      .filter((field) => next(depth === 0 ? 2 : 3) === 0 && (isLeafType(getNamedType(field.type)) || depth < maxDepth))
      .map((field) => {
        const given = field.args
          .filter((arg) => (isNonNullType(arg.type) && arg.defaultValue === undefined) || next(2) === 0)
          .map((arg) => argument(arg.name, arg.type))
        const isAliased = given.length > 0 || next(4) === 0
        const named = getNamedType(field.type as GraphQLOutputType)
        return `${isAliased ? `a${aliases++}: ` : ''}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${condition()}${
          isLeafType(named) ? '' : ` ${selection(named, depth + 1)}`
        }`
      })
  }
  const kind = options.kind ?? 'query'
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType()
  if (root === undefined || root === null) throw new Error(`The schema has no ${kind}.`)
  const body = selection(root, 0)
  const head = declared.length > 0 ? `(${declared.join(', ')})` : ''
  return { query: [`${kind} Q${head} ${body}`, ...fragments].join('\n'), variables }
}
