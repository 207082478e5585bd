import fc from 'fast-check'
import { Kind, parse, type SelectionNode } from 'graphql'

/** One party whose types have every kind of leaf, lists of lists, an interface, a union, and objects that can be taken over whole. */
export const SDL = `
type Query { list: [Thing!] one: Thing grid: [[Thing]!] any: [Some] named: Named json: Json numbers: [[Int!]] }
scalar Json
enum Mood { GLAD SAD }
interface Named { name: String! }
type Thing implements Named {
  id: ID! name: String! note: String count: Int! ratio: Float isOpen: Boolean! mood: Mood tags: [String!]! moods: [Mood]
  part: Part parts: [Part!]! next: Thing json: Json grid: [[Float]]
}
type Part { size: Int label: String! inner: Part }
type Other implements Named { name: String! mood: Mood! other: Int }
union Some = Thing | Other
`

/** All leaves of a `Thing`. */
export const LEAVES = 'id name note count ratio isOpen mood tags moods json grid'

/** Free JSON without the keys that the hub refuses; the generator likes to draw them. */
const freeJson = fc.jsonValue({ maxDepth: 2 }).filter((value) => !/"(__proto__|constructor|prototype)"/.test(JSON.stringify(value)))

/** What may stand in place of a leaf. */
const oddLeaf = fc.oneof(
  fc.constant(null),
  fc.constantFrom<unknown>(
    0,
    -0,
    5,
    1.5,
    1e300,
    2147483647,
    2147483648,
    -2147483648,
    123456789012,
    true,
    'x',
    '',
    '5',
    'GLAD',
    'HIDDEN',
    [],
    {},
  ),
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 }),
  freeJson,
)
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('天生社区', 'a "quoted" word', 'back\\slash', 'line\nbreak', '\u0000', '\ud83d\ude00', '\ud800', '{"x":1}'),
)
const GOOD: Record<string, fc.Arbitrary<unknown>> = {
  id: text,
  name: text,
  note: fc.option(text),
  label: text,
  count: fc.integer(),
  size: fc.option(fc.integer({ min: -2147483648, max: 2147483647 })),
  other: fc.option(fc.nat()),
  ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  isOpen: fc.boolean(),
  mood: fc.constantFrom('GLAD', 'SAD'),
  tags: fc.array(text, { maxLength: 3 }),
  moods: fc.array(fc.constantFrom('GLAD', 'SAD', null), { maxLength: 3 }),
  json: freeJson,
  grid: fc.array(fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 2 }), { maxLength: 2 }),
}

/** How often a leaf is odd, a key missing, an object null: out of a hundred. */
export interface Oddness {
  readonly leaf: number
  readonly missing: number
  readonly none: number
}

const leafOf = (name: string, odd: Oddness): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 100 - odd.leaf, arbitrary: GOOD[name] ?? oddLeaf }, { weight: odd.leaf, arbitrary: oddLeaf })

const record = (odd: Oddness, typeName: string | null, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.record(fields), fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 1 }), fc.nat(1000))
    .map(([object, [[isMissing, isNone] = [99, 99]], which]) => {
      if (isNone < odd.none) return null
      const keys = Object.keys(object)
      const gone = isMissing < odd.missing ? keys[which % keys.length] : undefined
      const kept = Object.fromEntries(Object.entries(object).filter(([key]) => key !== gone))
      return typeName === null ? kept : { __typename: typeName, ...kept }
    })

/** Root values of the party: leaves mostly of their types. */
export const worldOf = (odd: Oddness): fc.Arbitrary<unknown> => {
  const leaves = (names: string): Record<string, fc.Arbitrary<unknown>> =>
    Object.fromEntries(names.split(' ').map((name) => [name, leafOf(name, odd)]))
  const part = (depth: number): fc.Arbitrary<unknown> =>
    record(odd, null, { ...leaves('size label'), inner: depth > 0 ? part(depth - 1) : fc.constant(null) })
  const thing = (depth: number): fc.Arbitrary<unknown> =>
    record(odd, 'Thing', {
      ...leaves(LEAVES),
      part: fc.option(part(2)),
      parts: fc.array(part(1), { maxLength: 3 }),
      next: depth > 0 ? thing(depth - 1) : fc.constant(null),
    })
  const other = record(odd, 'Other', leaves('name mood other'))
  return fc.record({
    list: fc.option(fc.array(thing(0), { maxLength: 4 })),
    one: thing(2),
    grid: fc.array(fc.option(fc.array(fc.option(thing(0)), { maxLength: 2 })), { maxLength: 3 }),
    any: fc.array(fc.option(fc.oneof(thing(0), other)), { maxLength: 3 }),
    named: fc.oneof(thing(0), other),
    json: freeJson,
    numbers: fc.array(fc.oneof(fc.constant(null), fc.array(fc.oneof(fc.integer(), oddLeaf), { maxLength: 3 })), { maxLength: 3 }),
  })
}

/** How JSON may be written by somebody who follows no habit. */
export interface Hand {
  readonly indent: string
  readonly isReversed: boolean
  readonly isEscaped: boolean
  readonly hasExtras: boolean
}

/** Every hand. */
export const anyHand: fc.Arbitrary<Hand> = fc.record({
  indent: fc.constantFrom('', '', '  ', '\t'),
  isReversed: fc.boolean(),
  isEscaped: fc.boolean(),
  hasExtras: fc.boolean(),
})

const EXTRAS = '"extra" : {"deep":[1, {"deeper":null}],"text":"}"}'

const writeText = (text: string, hand: Hand): string => {
  if (!hand.isEscaped) return JSON.stringify(text)
  const escaped = text.split('').map((unit) => (/[a-z]/.test(unit) ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
  return `"${escaped.join('')}"`
}

/** A value as JSON in some hand. */
export const write = (value: unknown, hand: Hand, depth = 0): string => {
  const space = hand.indent === '' ? '' : `\n${hand.indent.repeat(depth + 1)}`
  const gap = hand.indent === '' ? '' : ' '
  if (typeof value === 'string') return writeText(value, hand)
  if (Array.isArray(value)) return `[${value.map((item) => space + write(item, hand, depth + 1)).join(',')}${space}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).map(([key, item]) => `${space}${JSON.stringify(key)}${gap}:${gap}${write(item, hand, depth + 1)}`)
  if (hand.isReversed) members.reverse()
  // Not into free JSON, where they would be data.
  if (hand.hasExtras && CUT in value) members.push(EXTRAS)
  return `{${members.join(',')}${space}}`
}

/** Marks objects of types; free JSON has none. */
const CUT = Symbol('cut')

const cut = (value: unknown, selections: readonly SelectionNode[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => cut(item, selections))
  if (typeof value !== 'object' || value === null) return value
  const row = value as Record<string, unknown>
  const picked: Record<string | symbol, unknown> = { [CUT]: true }
  const pick = (nodes: readonly SelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value
        if (condition === undefined || condition === row['__typename'] || condition === 'Named') pick(node.selectionSet.selections)
      } else if (node.kind === Kind.FIELD && Object.hasOwn(row, node.name.value)) {
        const found = row[node.name.value]
        picked[node.alias?.value ?? node.name.value] = node.selectionSet ? cut(found, node.selectionSet.selections) : found
      }
    }
  }
  pick(selections)
  return picked
}

/** What a party without types answers to an operation: the keys of its selection, in their order, whatever stands there. */
export const rawAnswer = (operation: string, world: unknown): { data: unknown } => {
  const definition = parse(operation).definitions[0]
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  return { data: cut(world, definition.selectionSet.selections) }
}
