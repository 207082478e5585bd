import { FED2, find, operations, rowsOf, type RecordView, type Row, type World } from '../world.js'

/** Acts whose answers other graphs fill, of which each must see the state of its moment; events that other graphs fill. */
export const actsAndEvents: World = {
  name: 'acts and events',
  subgraphs: {
    lamps: `${FED2}
      type Query { lamps: [Lamp!]! }
      type Mutation { turn(id: ID!, by: Int! = 1): Lamp swap: [Lamp!]! fuse: Lamp strictFuse: Lamp! total: Int! }
      type Subscription { turned(times: Int = 2): Lamp strictly: Lamp! oddly(id: ID): [Lamp] }
      type Lamp @key(fields: "id") { id: ID! level: Int next: Lamp room: Room }
      type Room @key(fields: "name") { name: ID! }`,
    names: `${FED2}
      type Mutation { rename(id: ID!, name: String!): Lamp! renameAll(name: String = "all"): [Lamp] }
      type Subscription { renamed: Lamp anything: Thing }
      union Thing = Lamp | Room
      type Lamp @key(fields: "id") { id: ID! name: String strict: String! level: Int @external label: String @requires(fields: "level") }
      type Room @key(fields: "name") { name: ID! size: Int! lamps: [Lamp!] }`,
    notes: `${FED2}
      type Mutation { note(id: ID!, text: String): Note }
      type Lamp @key(fields: "id") { id: ID! notes: [Note!]! }
      type Note { text: String of: Lamp }`,
  },
  data: () => {
    const rooms = rowsOf('Room', [{ name: 'north', size: 3, lamps: () => lamps.slice(0, 2) }])
    const lamps: Row[] = rowsOf(
      'Lamp',
      [0, 1, 2].map((n) => ({
        id: `l${n}`,
        level: n,
        name: `Lamp ${n}`,
        next: () => lamps[(n + 1) % 3],
        room: n === 1 ? null : rooms[0],
        strict: () => {
          if (n === 2) throw new Error('strict on purpose')
          return `s${n}`
        },
        label: (_: unknown, self: RecordView) => `at ${String(self.get('level'))}`,
        notes: [],
      })),
    )
    const lamp = (id: string): Row | null => find(lamps, 'id', id)
    const set = (id: string, field: string, value: (row: Row) => unknown): Row | null => {
      const row = lamp(id)
      if (row) row[field] = value(row)
      return row
    }
    const fuse = (): never => {
      throw new Error('fuse on purpose')
    }
    return {
      rows: [...rooms, ...lamps],
      roots: {
        lamps,
        // Levels stay small, so that a long run of random acts never leaves the range of Int.
        turn: ({ id, by }: { id: string; by: number }) => set(id, 'level', (row) => (Number(row['level']) + by) % 1000),
        swap: () => {
          const [first, second] = [lamps[0] as Row, lamps[1] as Row]
          ;[first['level'], second['level']] = [second['level'], first['level']]
          return [first, second]
        },
        fuse,
        strictFuse: fuse,
        total: () => lamps.reduce((sum, row) => sum + Number(row['level']), 0),
        rename: ({ id, name }: { id: string; name: string }) => set(id, 'name', () => name),
        renameAll: ({ name }: { name: string | null }) => lamps.map(({ id }) => set(String(id), 'name', () => name)),
        note: ({ id, text }: { id: string; text?: string | null }) => {
          const note = { text: text ?? null, of: lamp(id) }
          set(id, 'notes', (row) => [...(row['notes'] as unknown[]), note].slice(-2))
          return note
        },
        turned: ({ times }: { times: number | null }) => Array.from({ length: times ?? 1 }, (_, n) => lamps[n % 3]),
        strictly: [lamps[0], null, lamps[1]],
        oddly: ({ id }: { id?: string | null }) => [[lamp(id ?? 'l0'), null], null, [lamps[2]]],
        renamed: [lamps[2], null],
        anything: [rooms[0], lamps[2], null, lamps[1]],
      },
    }
  },
  scalars: { ID: ['l0', 'l1', 'l2', 'nobody'], String: ['a', 'b'] },
  operations: operations([
    [
      'acts of three graphs in turn, each with the state of its moment',
      'mutation { a: turn(id: "l0", by: 5) { level label name notes { text } } b: rename(id: "l0", name: "N") { level name label next { level label } } c: note(id: "l0", text: "x") { of { level name notes { text } } } d: turn(id: "l0") { level label name notes { text } } swap { level label name } total }',
    ],
    [
      'an act that fails between others, and one that ends the series',
      'mutation { a: turn(id: "l1") { name } fuse { name } b: turn(id: "l1") { level label } strictFuse { id } c: turn(id: "l1") { level } }',
    ],
    ['what was done before the series ended stays done', '{ lamps { level } }'],
    ['an act upon nobody', 'mutation { turn(id: "nobody") { name label } note(id: "nobody") { text of { name } } }'],
    ['events that two other graphs fill', 'subscription { turned { level name label notes { text } room { size lamps { level } } } }'],
    ['events of another graph', 'subscription { renamed { name level label } }'],
    ['events that are null where they may be, and where they may not', 'subscription { strictly { name label } }'],
    ['events that are lists, with arguments', 'subscription Q($id: ID) { oddly(id: $id) { strict level } }', { id: 'l1' }],
    ['events of a union', 'subscription { anything { __typename ... on Room { size name } ... on Lamp { label strict } } }'],
  ]),
}
