import { describe, expect, it } from '@jest/globals'
import { buildSchema, type GraphQLObjectType } from 'graphql'

import { createBoundedCache } from './bounded-cache.js'
import { createExecutor } from './executor.js'
import { quote } from './leaf-text.js'

type Resolvers = Record<string, (source: never, args: never, context: never) => unknown>

const executorOf = (sdl: string, resolvers: Record<string, Resolvers>) => {
  const schema = buildSchema(sdl)
  for (const [type, fields] of Object.entries(resolvers))
    for (const [name, resolve] of Object.entries(fields)) {
      const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]
      if (field === undefined) throw new Error(`${type}.${name}`)
      if (type === 'Subscription') field.subscribe = resolve as never
      else field.resolve = resolve as never
    }
  return createExecutor(schema)
}

const operationOf = (executor: ReturnType<typeof executorOf>, query: string) => {
  const operation = executor.prepare(query)
  if ('errors' in operation) throw new Error(operation.errors.join())
  return operation
}

const run = async (executor: ReturnType<typeof executorOf>, query: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await operationOf(executor, query).run({ context: {}, variables })
  return { data, errors: errors.map(({ message, path }) => `${message} at ${path?.join('.')}`) }
}

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(resolve, value))

describe('an operation', () => {
  it('writes texts exactly as JSON.stringify does', () => {
    const halves = ['\ud83d', '\ude00', 'a\ud83d\ude00', '\ud83dx']
    const texts = ['', 'plain', '社区', 'a"b', 'back\\slash', 'line\nend', '\u0000\u001f\u007f', '\u2028', '</script>', ...halves]
    expect(texts.map(quote)).toEqual(texts.map((text) => JSON.stringify(text)))
  })

  it('runs root fields of a mutation one after the other, each with all that it asks below', async () => {
    const acts: string[] = []
    const executor = executorOf('type Query { x: Int } type Done { late: Int } type Mutation { do(n: Int!): Done }', {
      Mutation: { do: (_, { n }: { n: number }) => (acts.push(`do ${n}`), later({ n })) },
      Done: { late: async ({ n }: { n: number }) => (await later(null), acts.push(`late ${n}`), n) },
    })
    expect((await run(executor, 'mutation { a: do(n: 1) { late } b: do(n: 2) { late } }')).data).toBe('{"a":{"late":1},"b":{"late":2}}')
    expect(acts).toEqual(['do 1', 'late 1', 'do 2', 'late 2'])
  })

  it('empties the nearest place that may be null, hears every rejection beside it, and tells why', async () => {
    const executor = executorOf('type Query { list: [[Int!]!] things: [Thing!] } type Thing { sure: Int! maybe: Int }', {
      Query: { list: () => [[1, later(null)], [later(2)]], things: () => [{ n: 1 }, { n: 2 }, { n: 3 }] },
      Thing: {
        sure: async ({ n }: { n: number }) => {
          await later(null)
          if (n > 1) throw new Error(`not ${n}`)
          return n
        },
        maybe: ({ n }: { n: number }) => Promise.reject(new Error(`maybe ${n}`)),
      },
    })
    const answer = await run(executor, '{ list things { sure maybe } }')
    expect(answer.data).toBe('{"list":null,"things":null}')
    expect(answer.errors).toContain('Cannot return null for non-nullable field Query.list. at list.0.1')
    expect(answer.errors).toContain('not 2 at things.1.sure')
    await later(null)
  })

  it('hears rejections of items beside one that throws at once, where graphql-js lets the process end', async () => {
    const executor = executorOf('type Query { list: [Thing!] } type Thing { n: Int! }', {
      Query: { list: () => [{ n: later('no number') }, { n: 'at once' }, Promise.reject(new Error('late'))] },
    })
    expect((await run(executor, '{ list { n } }')).data).toBe('{"list":null}')
    await later(null)
  })

  it('decides @skip and @include for each call, whatever was compiled before', async () => {
    const executor = executorOf('type Query { a: Int b: Int }', { Query: { a: () => 1, b: () => 2 } })
    const query = 'query ($x: Boolean!, $y: Boolean = true) { a @include(if: $x) ...F @skip(if: $y) } fragment F on Query { b }'
    const operation = operationOf(executor, query)
    const answers = []
    for (const [x, y] of [
      [true, true],
      [false, false],
      [true, false],
      [false, true],
      [true, undefined],
    ] as const)
      answers.push((await operation.run({ context: {}, variables: { x, ...(y === undefined ? {} : { y }) } })).data)
    expect(answers).toEqual(['{"a":1}', '{"b":2}', '{"a":1,"b":2}', '{}', '{"a":1}'])
  })

  it('refuses variables that are not what was declared, and executes nothing', async () => {
    let calls = 0
    const executor = executorOf('type Query { a(n: Int!): Int }', { Query: { a: () => (calls += 1) } })
    for (const variables of [{}, { n: 'one' }, { n: null }, { n: 2 ** 40 }]) {
      const { data, errors } = await run(executor, 'query ($n: Int!) { a(n: $n) }', variables)
      expect([data, errors.length, errors[0]]).toEqual([undefined, 1, expect.stringContaining('"$n"')])
    }
    expect(calls).toBe(0)
  })

  it('lets no resolver change the arguments of the next call', async () => {
    const executor = executorOf('type Query { a(n: Int = 1): Int }', {
      Query: { a: (_, args: { n: number }) => (args.n += 1) },
    })
    expect((await run(executor, '{ a }')).errors).toEqual([expect.stringContaining('read only')])
  })

  it('gives a subscription its events, and a refusal instead of them', async () => {
    const executor = executorOf('type Query { x: Int } type Subscription { up(to: Int!): Int }', {
      Subscription: {
        async *up(_: never, { to }: { to: number }) {
          for (let up = 1; up <= to; up++) yield { up }
        },
      },
    })
    const operation = operationOf(executor, 'subscription ($to: Int!) { n: up(to: $to) }')
    const events = await operation.events({ context: {}, variables: { to: 2 } })
    if ('errors' in events) throw new Error(events.errors.join())
    const answers = []
    for await (const rootValue of events) answers.push((await operation.run({ context: {}, rootValue, variables: { to: 2 } })).data)
    expect(answers).toEqual(['{"n":1}', '{"n":2}'])
    const refused = await operation.events({ context: {}, variables: {} })
    expect('errors' in refused && refused.errors[0]?.message).toContain('"$to"')
  })
})

describe('an executor', () => {
  const executor = executorOf('type Query { a: Int }', { Query: { a: () => 1 } })

  it('compiles a text once', () => {
    expect(executor.prepare('{ a }')).toBe(executor.prepare('{ a }'))
    expect(executor.prepare('query A { a } query B { x: a }', 'A')).not.toBe(executor.prepare('query A { a } query B { x: a }', 'B'))
  })

  it.each([
    ['broken', '{ a', undefined, 'Syntax Error'],
    ['too long', `{ ${'a '.repeat(20_001)} }`, undefined, 'tokens'],
    ['too deep', `{ a(x: ${'['.repeat(9_000)}${']'.repeat(9_000)}) }`, undefined, ''],
    ['not of this schema', '{ b }', undefined, 'Cannot query field "b"'],
    ['curious about the schema', '{ __schema { types { name } } }', undefined, 'introspection'],
    ['of several operations without a name', 'query A { a } query B { a }', undefined, 'Must provide operation name'],
    ['without the operation that is named', 'query A { a }', 'B', 'Unknown operation named "B"'],
    ['of a kind that the schema has not', 'mutation { a }', undefined, 'mutation'],
  ])('refuses a text that is %s', (_, query, name, message) => {
    const refused = executor.prepare(query, name)
    expect('errors' in refused && refused.errors[0]?.message).toContain(message)
  })
})

describe('a bounded cache', () => {
  it('forgets what was longest unused, and never keeps more than it may', () => {
    const cache = createBoundedCache<number>(10)
    for (const key of ['a', 'b', 'c']) cache.set(key, 1, 4)
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 1, 1])
    cache.get('b')
    cache.set('d', 1, 4)
    expect([cache.get('b'), cache.get('c'), cache.get('d')]).toEqual([1, undefined, 1])
    cache.set('giant', 1, 11)
    expect([cache.get('giant'), cache.get('b')]).toEqual([undefined, 1])
    cache.set('b', 2, 9)
    expect([cache.get('b'), cache.get('d')]).toEqual([2, undefined])
  })
})
