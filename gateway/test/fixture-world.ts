/** A record of the fixture: its type, its keys, and fields as values or functions of their arguments. */
export type Row = Record<string, unknown> & { __typename: string }

/** Rows and roots shared by the subgraphs and the monolith they are compared with. */
export interface World {
  readonly root: Record<string, unknown>
  /** What mutations and reads of `score` did, in order. */
  readonly acts: string[]
  /** The row a representation names, with what the representation carries on top; null when there is none. */
  readonly entity: (representation: Row) => Row | null
}

type Fields = Record<string, unknown>

const KEYS = ['id', 'imdb'] as const

/** Builds the fixture's world: six persons, books, films, permits, pets; some fields fail on purpose. */
export const createWorld = (): World => {
  const rows: Row[] = []
  const acts: string[] = []
  const add = (typename: string, fields: Fields): Row => {
    const row: Row = { __typename: typename, ...fields }
    rows.push(row)
    return row
  }
  const of = (typename: string, id: string): Row | null => rows.find((row) => row.__typename === typename && row['id'] === id) ?? null

  const person = (n: number): Row =>
    add('Person', {
      id: `p${n}`,
      email: `p${n}@example.org`,
      name: n === 4 ? null : `Person ${n}`,
      nick: ({ upper }: { upper: boolean }) => (upper ? `NICK${n}` : `nick${n}`),
      friends: () => [(n % 6) + 1, ((n + 1) % 6) + 1].map((other) => of('Person', `p${other}`)),
      pet: () => (n % 3 === 0 ? null : of(n % 2 === 0 ? 'Cat' : 'Dog', `t${n}`)),
      address: () => ({ street: `Street ${n}`, city: { name: 'Tiansheng', mayor: () => of('Person', 'p1') } }),
      fails: () => {
        if (n % 2 === 0) throw new Error('fails on purpose')
        return 'fine'
      },
      score: ({ k }: { k: number | null }) => {
        acts.push(`score ${n}`)
        return n * 10 * (k ?? 1)
      },
      greeting(this: Row) {
        return this['name'] === null ? null : `Hello ${String(this['name'])}`
      },
      favourite: () => of('Book', `b${(n % 3) + 1}`),
      stats: () => ({ likes: n, dislikes: n * 2 }),
      strict: () => {
        if (n === 5) throw new Error('strict on purpose')
        return n
      },
      permits: () => (n === 2 ? null : [of('Permit', `m${n}`), of('Permit', `m${(n % 6) + 1}`)]),
      level: n % 2 === 0 ? 'HIGH' : 'LOW',
    })
  for (let n = 1; n <= 6; n++) {
    person(n)
    add(n % 2 === 0 ? 'Cat' : 'Dog', {
      id: `t${n}`,
      nick: `Pet ${n}`,
      owner: () => of('Person', `p${n}`),
      size: n % 2 === 0 ? n : `size ${n}`,
      lives: 9,
    })
    add('Permit', {
      id: `m${n}`,
      code: `C${n}`,
      holder: () => of('Person', `p${n}`),
      about: () => of(n % 2 === 0 ? 'Book' : 'Film', n % 2 === 0 ? `b${n / 2}` : `f${((n - 1) % 3) + 1}`),
      city: { name: 'Tiansheng', mayor: () => of('Person', 'p2') },
    })
  }
  for (let n = 1; n <= 3; n++) {
    add('Book', {
      id: `b${n}`,
      title: `Book ${n}`,
      tags: [`tag${n}`, 'all'],
      pages: n * 100,
      kind: n === 1 ? 'NOVEL' : 'ESSAY',
      author: () => (n === 3 ? null : of('Person', `p${n}`)),
      rating: ({ scale }: { scale: number | null }) => `${n}/${scale ?? 5}`,
      weight(this: Row) {
        return Number(this['pages']) * 2
      },
      reviews: ({ first }: { first: number }) =>
        [1, 2, 3].slice(0, first).map((r) => ({ text: `Review ${r} of ${n}`, stars: r, by: () => of('Person', `p${r + n}`) })),
      shelf: () => [[of('Book', 'b1')], [], [of('Book', 'b2'), null]],
    })
    add('Film', {
      id: `f${n}`,
      imdb: `tt${n}`,
      title: `Film ${n}`,
      tags: null,
      mins: n * 30,
      director: () => of('Person', `p${n + 3}`),
      rating: () => {
        if (n === 2) throw new Error('no rating on purpose')
        return n
      },
    })
  }
  const feed = (): (Row | null)[] => [of('Book', 'b1'), of('Film', 'f1'), of('Person', 'p3'), of('Film', 'f2'), of('Book', 'b3')]
  const root = {
    me: () => of('Person', 'p1'),
    people: () => rows.filter((row) => row.__typename === 'Person'),
    person: ({ id }: { id: string }) => of('Person', id),
    grid: () => [[of('Person', 'p1'), null], [], null, [of('Person', 'p2'), of('Person', 'p5')]],
    feed,
    things: () => [of('Book', 'b1'), of('Film', 'f3'), null, of('Film', 'f2')],
    search: ({ kind, first }: { kind: string | null; first: number }) => (kind === 'ESSAY' ? [of('Book', 'b2')] : feed()).slice(0, first),
    broken: () => {
      throw new Error('broken on purpose')
    },
    top: () => [of('Book', 'b2'), of('Book', 'b1')],
    permits: () => rows.filter((row) => row.__typename === 'Permit'),
    permit: ({ id }: { id: string }) => of('Permit', id),
    count: ({ filter }: { filter: { min: number; tags: string[] | null } }) => filter.min + (filter.tags?.length ?? 0),
  }
  const act =
    <T>(name: string, value: () => T) =>
    (): T => {
      acts.push(name)
      return value()
    }
  Object.assign(root, {
    first: ({ n }: { n: number | null }) => act('first', () => of('Person', `p${n ?? 1}`))(),
    second: act('second', () => of('Book', 'b2')),
    third: act('third', () => 3),
    fatal: act('fatal', () => {
      throw new Error('fatal on purpose')
    }),
  })
  return {
    root,
    acts,
    entity(representation) {
      const found = rows.find(
        (row) =>
          row.__typename === representation.__typename &&
          KEYS.some((key) => representation[key] !== undefined && row[key] === representation[key]),
      )
      return found === undefined ? null : (Object.assign(Object.create(found) as Row, representation) as Row)
    },
  }
}
