import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** Draws numbers from 0 to below a bound. */
export type Draw = (below: number) => number

/** A document and the values of its variables. */
export interface RandomOperation {
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** Numbers from a seed (mulberry32), so that a failing operation is drawn again from the seed it printed. */
export const drawFrom = (seed: number): Draw => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Names that collide with keys, with what others require, and with words of JavaScript; and some that no schema knows. */
const ALIASES = ['x', 'y', 'id', 'name', 'rent', 'title', 'size', 'toString', '_e0', 'e', 'q1', 'q2']

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value instanceof Word) return value.name
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${literal(inner)}`)
    .join(', ')} }`
}

/** An enum value: a bare word in documents, a string in variables. */
class Word {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  toJSON(): string {
    return this.name
  }
}

class Writer {
  readonly declared = new Map<string, string>()
  readonly variables: Record<string, unknown> = {}
  readonly fragments: string[] = []
  private size = 0

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly draw: Draw,
    private readonly scalars: Readonly<Record<string, readonly unknown[]>>,
    private readonly maxSize: number,
  ) {}

  private pick<T>(list: readonly T[]): T {
    return list[this.draw(list.length)] as T
  }

  private value(type: GraphQLInputType, depth: number): unknown {
    if (!isNonNullType(type) && this.draw(8) === 0) return null
    const nullable = getNullableType(type)
    if (isListType(nullable))
      return depth > 3 ? [] : Array.from({ length: this.draw(3) }, () => this.value(nullable.ofType as GraphQLInputType, depth + 1))
    if (isEnumType(nullable)) return new Word(this.pick(nullable.getValues()).name)
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter(
        (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth < 3 && this.draw(2) === 0),
      )
      return Object.fromEntries(fields.map((field) => [field.name, this.value(field.type, depth + 1)]))
    }
    const known = this.scalars[(nullable as GraphQLNamedType).name]
    if (known) return this.pick(known)
    switch ((nullable as GraphQLNamedType).name) {
      case 'Int':
        return this.draw(4)
      case 'Float':
        return this.pick([0, 1.5, -2])
      case 'Boolean':
        return this.draw(2) === 0
      default:
        return `v${this.draw(3)}`
    }
  }

  /** Declares a variable, with or without default and value. */
  private variable(type: GraphQLInputType, hasDefault: boolean): string {
    const name = `v${this.declared.size}`
    const isOptional = !isNonNullType(type) || hasDefault
    const withDefault =
      this.draw(3) === 0 ? ` = ${literal(this.value(getNullableType(type) as GraphQLInputType, 0) ?? this.value(type, 0))}` : ''
    const isNull = withDefault.endsWith('= null')
    this.declared.set(name, `$${name}: ${String(type)}${isNull && isNonNullType(type) ? '' : withDefault}`)
    if ((!isOptional && withDefault === '') || this.draw(2) === 0)
      this.variables[name] = JSON.parse(JSON.stringify(this.value(type, 0) ?? null)) as unknown
    if (isNonNullType(type) && (withDefault === '' || isNull) && this.variables[name] === undefined)
      this.variables[name] = JSON.parse(JSON.stringify(this.value(type, 0))) as unknown
    return `$${name}`
  }

  private condition(): string {
    const at = this.draw(14)
    if (at > 3) return ''
    const directive = at % 2 === 0 ? 'include' : 'skip'
    if (this.draw(4) === 0) return ` @${directive}(if: ${String(this.draw(2) === 0)})`
    const name = `c${this.draw(3)}`
    if (!this.declared.has(name)) {
      this.declared.set(name, `$${name}: Boolean${this.draw(3) === 0 ? '! = true' : '!'}`)
      this.variables[name] = this.draw(2) === 0
    }
    return ` @${directive}(if: $${name})`
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string | null {
    const type = getNamedType(field.type)
    if (!isLeafType(type) && depth <= 0) return null
    this.size += 1
    const given = field.args
      .filter((argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || this.draw(2) === 0)
      .map((argument) => {
        const isVariable = this.draw(3) === 0
        return `${argument.name}: ${isVariable ? this.variable(argument.type, false) : literal(this.value(argument.type, 0))}`
      })
    const alias = this.draw(4) === 0 ? `${this.pick(ALIASES)}: ` : this.draw(12) === 0 ? `${field.name}: ` : ''
    const below = isLeafType(type) ? '' : ` ${this.selection(type, depth - 1)}`
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${this.condition()}${below}`
  }

  private fragment(type: GraphQLNamedType, depth: number): string {
    const body = this.selection(type, depth)
    if (this.draw(4) > 0) return `... on ${type.name}${this.condition()} ${body}`
    const name = `F${this.fragments.length}`
    this.fragments.push(`fragment ${name} on ${type.name} ${body}`)
    return `...${name}${this.condition()}`
  }

  /** A selection of one field, as subscriptions have. */
  event(root: GraphQLObjectType, depth: number): string {
    const text = this.field(this.pick(Object.values(root.getFields())), depth)
    return `{ ${text ?? '__typename'} }`
  }

  selection(type: GraphQLNamedType, depth: number): string {
    const parts: string[] = this.draw(6) === 0 ? [this.draw(4) === 0 ? 't: __typename' : '__typename'] : []
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : []
    const wanted = 1 + this.draw(4)
    for (let n = 0; n < wanted && fields.length > 0 && this.size < this.maxSize; n++) {
      const text = this.field(this.pick(fields), depth)
      if (text !== null) parts.push(text)
    }
    if (isAbstractType(type)) {
      for (const possible of this.schema.getPossibleTypes(type))
        if (this.draw(3) > 0 && this.size < this.maxSize) parts.push(this.fragment(possible, depth))
      const others = Object.values(this.schema.getTypeMap()).filter((other) => isAbstractType(other) && this.overlaps(type.name, other))
      if (this.draw(4) === 0 && others.length > 0 && depth > 0) parts.push(this.fragment(this.pick(others), depth - 1))
    } else if (this.draw(6) === 0 && depth > 0 && this.size < this.maxSize) {
      const above: GraphQLNamedType[] = isObjectType(type) ? [type, ...type.getInterfaces()] : [type]
      parts.push(this.fragment(this.pick(above), depth - 1))
    }
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`
  }

  private overlaps(typeName: string, other: GraphQLNamedType): boolean {
    const type = this.schema.getType(typeName)
    if (!isAbstractType(type) || !isAbstractType(other) || other.name.startsWith('__')) return false
    const mine = new Set(this.schema.getPossibleTypes(type).map(({ name }) => name))
    return this.schema.getPossibleTypes(other).some(({ name }) => mine.has(name))
  }
}

const INTROSPECTION = ['__schema { queryType { name } }', '__type(name: "Query") { kind name }', 'i: __type(name: "Nothing") { name }']

/** One document over a schema; most are valid, some collide and are not: ask `validate`. */
export const randomOperation = (
  schema: GraphQLSchema,
  draw: Draw,
  options: { readonly kind?: 'query' | 'mutation' | 'subscription'; readonly scalars?: Readonly<Record<string, readonly unknown[]>> } = {},
): RandomOperation => {
  const kind = options.kind ?? 'query'
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }
  const root = roots[kind] as GraphQLObjectType
  const writer = new Writer(schema, draw, options.scalars ?? {}, 25 + draw(30))
  let body = kind === 'subscription' ? writer.event(root, 3) : writer.selection(root, 4 + draw(2))
  if (kind === 'query' && draw(25) === 0) body = `${body.slice(0, -1)}${INTROSPECTION[draw(3)] ?? ''} }`
  // A variable stands only where its field was kept, so all that are declared are used.
  const declared = [...writer.declared.values()]
  return {
    query: [`${kind} Q${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body}`, ...writer.fragments].join('\n'),
    variables: writer.variables,
  }
}
