import type { GraphQLScalarType } from 'graphql'
import { type GraphQLObjectType, type GraphQLSchema, type GraphQLUnionType, buildSchema, type GraphQLEnumType } from 'graphql'

const SDL = `
  scalar Odd
  enum Mood { GLAD SAD }
  input Filter { text: String = "none" moods: [Mood!] deep: Filter count: Int! = 3 }
  interface Named { name: String place(of: Int = 1): Place }
  type Place implements Named { name: String! place(of: Int = 1): Place near: [Place!] odd: Odd! }
  type Person implements Named { id: ID! name: String mood: Mood strict: Mood! place(of: Int = 1): Place friends(first: Int! = 2, filter: Filter): [Person]!
    grid: [[Int!]]  pets: [Pet] best: Pet! age: Int! score: Float later: String! echo(text: String, filter: Filter, mood: Mood = GLAD, ids: [ID!]): String odd: Odd }
  type Cat { name: String! lives: Int owner: Person! }
  type Dog { name: String! barks: Boolean! owner: Person }
  union Pet = Cat | Dog
  type Query { person(id: ID! = "1"): Person people(first: Int = 3): [Person] pet(n: Int! = 1): Pet named: [Named] strict: Person! thrown: String! }
  type Mutation { add(text: String!): Person bump: Int! fail: Person slow: Int }
`

type Resolver = (source: never, args: Record<string, unknown>, context: never) => unknown

const later = <T>(value: T): Promise<T> => Promise.resolve(value)

/** A value chosen by a number: sometimes what the type wants, sometimes late, missing, wrong, returned or thrown as an error. */
const oddly = (n: number, good: unknown): unknown => {
  switch (n % 9) {
    case 3:
      return null
    case 4:
      throw new Error(`thrown ${n}`)
    case 5:
      return later(good)
    case 6:
      return Promise.reject(new Error(`rejected ${n}`))
    case 7:
      return new Error(`returned ${n}`)
    case 8:
      return later(undefined)
    default:
      return good
  }
}

/** A schema whose resolvers behave badly in every way that they can, and differently for each seed. */
export const awkwardSchema = (seed: number): { readonly schema: GraphQLSchema; readonly acts: string[] } => {
  const schema = buildSchema(SDL)
  const acts: string[] = []
  const person = (n: number): object => ({
    n,
    id: n % 5 === 0 ? n : `p${n}`,
    name: n % 4 === 0 ? null : `人 "${n}"`,
    mood: n % 3 === 0 ? 'glad inside' : n % 7 === 0 ? 'unknown mood' : 'sad inside',
    strict: n % 11 === 0 ? null : 'glad inside',
    grid: n % 5 === 1 ? [[1, 2], null, [3, n % 2 === 0 ? 1.5 : 4]] : n % 5 === 2 ? 'no list' : [later([1]), [later(2)]],
    age: n % 6 === 0 ? 'old' : n,
    score: n % 8 === 0 ? Number.NaN : n / 3,
    odd: n,
  })
  const place = (n: number): object => ({ n, name: n % 6 === 5 ? null : `place ${n}`, odd: n })
  const pet = (n: number): object =>
    n % 2 === 0
      ? { kind: 'Cat', n, name: `cat ${n}`, lives: n }
      : { kind: 'Dog', n, name: n % 9 === 0 ? null : 'dog', barks: n % 5 !== 0 || 7 }
  const of = (typeName: string, resolvers: Record<string, Resolver>): void => {
    const fields = (schema.getType(typeName) as GraphQLObjectType).getFields()
    for (const [name, resolve] of Object.entries(resolvers)) {
      const field = fields[name]
      if (field === undefined) throw new Error(`${typeName}.${name} is not in the schema`)
      field.resolve = resolve as never
    }
  }
  type Numbered = { readonly n: number }
  const mix = (n: number, salt: number): number => Math.abs((n * 31 + salt * 17 + seed * 7) % 97)
  of('Query', {
    person: (_, { id }) => oddly(mix(Number(id) || 2, 1), person(mix(Number(id) || 2, 2))),
    people: (_, { first }) =>
      oddly(
        mix(1, 3),
        Array.from({ length: Number(first) || 0 }, (__, n) => (n % 3 === 2 ? later(person(mix(n, 4))) : person(mix(n, 4)))),
      ),
    pet: (_, { n }) => oddly(mix(Number(n), 5), pet(mix(Number(n), 6))),
    named: () => [person(mix(1, 7)), later(place(mix(2, 7))), null, { n: 1, nobody: true }],
    strict: () => oddly(mix(1, 8) % 4, person(mix(1, 9))),
    thrown: () => oddly(mix(1, 10), 'fine'),
  })
  of('Person', {
    place: ({ n }: Numbered, { of: from }) => oddly(mix(n, 11), place(mix(n + Number(from ?? 0), 12))),
    friends: ({ n }: Numbered, { first }) =>
      oddly(
        mix(n, 13),
        Array.from({ length: Math.min(Number(first), 3) }, (_, m) => oddly(mix(n + m, 14) % 6, person(mix(n + m, 15)))),
      ),
    pets: ({ n }: Numbered) => new Set([pet(mix(n, 16)), pet(mix(n, 17)), null]),
    best: ({ n }: Numbered) => oddly(mix(n, 18), pet(mix(n, 19))),
    later: ({ n }: Numbered) => later(n % 5 === 0 ? null : `later ${n}`),
    echo: (_, args) => JSON.stringify(args),
  })
  of('Place', {
    place: ({ n }: Numbered) => oddly(mix(n, 20), place(mix(n, 21))),
    // All late or none: graphql-js leaves rejections unheard when one item throws at once, and Node ends for that.
    near: ({ n }: Numbered) => [place(mix(n, 22)), place(mix(n, 23))].map((one) => (n % 2 === 0 ? later(one) : one)),
  })
  of('Cat', { owner: ({ n }: Numbered) => oddly(mix(n, 24), person(mix(n, 25))) })
  of('Dog', { owner: ({ n }: Numbered) => oddly(mix(n, 26), person(mix(n, 27))) })
  of('Mutation', {
    add: (_, { text }) => {
      acts.push(`add ${String(text)}`)
      return later(person(mix(1, 28)))
    },
    bump: () => acts.push('bump'),
    fail: () => {
      acts.push('fail')
      throw new Error('failed')
    },
    slow: async () => {
      acts.push('slow begins')
      await later(null)
      return acts.push('slow ends')
    },
  })
  const mood = schema.getType('Mood') as GraphQLEnumType
  const insides = [mood.getValue('GLAD'), mood.getValue('SAD')]
  insides.forEach((value, index) => Object.assign(value ?? {}, { value: index === 0 ? 'glad inside' : 'sad inside' }))
  ;(schema.getType('Pet') as GraphQLUnionType).resolveType = (value: { kind?: string; n: number }) => {
    if (value.n % 13 === 0) throw new Error('no type to tell')
    return value.n % 10 === 0 ? 'Place' : value.n % 3 === 0 ? later(value.kind) : value.kind
  }
  Object.assign(schema.getType('Named') ?? {}, {
    resolveType: (value: object) => ('age' in value ? 'Person' : 'odd' in value ? later('Place') : undefined),
  })
  const odd = schema.getType('Odd') as GraphQLScalarType
  odd.serialize = (value) => {
    if (Number(value) % 7 === 0) throw new Error('too odd')
    return Number(value) % 5 === 0 ? null : Number(value) % 3 === 0 ? { n: value, text: '"怪"' } : new Date(Number(value))
  }
  return { schema, acts }
}
