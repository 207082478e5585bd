import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { assembleCharter } from './assemble.js'
import { checkCharter } from './check-charter.js'
import { briefly } from './examples.js'

const KINDS = ['GOVERNMENT', 'COMMITTEE', 'NONPROFIT', 'RESIDENT'] as const
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", ' +
  '"@provides", "@override", "@inaccessible", "@tag", "@authenticated", "@interfaceObject"])\n' +
  'directive @owner(party: PartyKind!) on OBJECT | FIELD_DEFINITION\nenum PartyKind { GOVERNMENT COMMITTEE NONPROFIT RESIDENT }\n' +
  'interface Node { id: ID! }\ntype Money @shareable { fen: Int! }\ninput Span { from: String to: String }\n'

/** How a random party is made: its entities, each with so many fields, and which entities of others it refers to, adds to or reads. */
interface Plan {
  readonly entities: readonly number[]
  readonly hasExtras: boolean
  readonly refers: readonly { readonly entity: number; readonly adds: boolean; readonly reads: boolean }[]
}

interface World {
  readonly files: Record<string, string>
  readonly sdls: Record<string, string>
  readonly plans: readonly Plan[]
}

const nameOf = (party: number): string => `party${'abcd'[party]}`
const entityOf = (party: number, entity: number): string => `E${'ABCD'[party]}${entity}`

/** The entity of the next party that a plan means; always another's. */
function targetOf(plans: readonly Plan[], party: number, entity: number): { readonly owner: number; readonly type: string } {
  const owner = (party + 1) % plans.length
  return { owner, type: entityOf(owner, entity % plans[owner]!.entities.length) }
}

function worldOf(plans: readonly Plan[]): World {
  const grants: string[][] = plans.map(() => [])
  const sdls = plans.map((plan, party) => {
    const kind = KINDS[party]!
    const own = plan.entities.map((fields, entity) => {
      const list = Array.from({ length: fields }, (_, index) => `f${index}(span: Span): String`).join(' ')
      return `type ${entityOf(party, entity)} implements Node @key(fields: "id") @owner(party: ${kind}) { id: ID! plain: String ${list} cost: Money }`
    })
    const extras = `enum Kind${party} { ONE TWO }\ninput Ask${party} { kind: Kind${party} }\nunion Any${party} = ${entityOf(party, 0)}\n`
    const seen = new Set<string>()
    const stubs = plan.refers.flatMap(({ entity, adds, reads }) => {
      const { owner, type } = targetOf(plans, party, entity)
      if (seen.has(type)) return []
      seen.add(type)
      if (adds || reads) grants[owner]!.push(`{ to: ${nameOf(party)}, extend: ${type} }`)
      if (reads) grants[owner]!.push(`{ to: ${nameOf(party)}, receive: [${type}.plain], purpose: CARE, until: 2030-01-01 }`)
      const added = adds ? `by${party}: Int @owner(party: ${kind})` : ''
      const read = reads ? `plain: String @external len${party}: Int @requires(fields: "plain") @owner(party: ${kind})` : ''
      return [`type ${type} @key(fields: "id") { id: ID! ${added} ${read} }`]
    })
    const leads = [...seen].map((type) => `to${type}: ${type}`).join(' ')
    const desk = `type Desk${party} @owner(party: ${kind}) { id: ID ${leads} }`
    const query = `type Query { q${party}(id: ID!): ${entityOf(party, 0)} desk${party}: Desk${party} }`
    return [LINK, ...own, plan.hasExtras ? extras : '', ...stubs, desk, query].join('\n')
  })
  const files = plans.map((plan, party) => {
    const types = plan.entities.map((_, entity) => entityOf(party, entity))
    const extras = plan.hasExtras ? [`Kind${party}`, `Ask${party}`, `Any${party}`] : []
    return `party: ${nameOf(party)}\nkind: ${KINDS[party]}\ntitle: { zh: 一方, en: Party }
owns: { types: [${[...types, ...extras, `Desk${party}`].join(', ')}], queries: [q${party}, desk${party}] }\nacts: []
grants: [${grants[party]!.join(', ')}]\n`
  })
  const commons =
    'commons: true\ntitle: { zh: 公共, en: Commons }\nscalars: []\ndirectives: [owner]\ntypes: [PartyKind, Node, Money, Span]\n'
  return {
    plans,
    files: { ...Object.fromEntries(files.map((text, party) => [nameOf(party), text])), commons },
    sdls: Object.fromEntries(sdls.map((text, party) => [nameOf(party), text])),
  }
}

const plan: fc.Arbitrary<Plan> = fc.record({
  entities: fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }),
  hasExtras: fc.boolean(),
  refers: fc.array(fc.record({ entity: fc.nat(3), adds: fc.boolean(), reads: fc.boolean() }), { maxLength: 4 }),
})
const world = fc.array(plan, { minLength: 2, maxLength: 4 }).map(worldOf)
// Of two parties that define the commons differently nobody can say which one changed them.
const street = fc.array(plan, { minLength: 3, maxLength: 4 }).map(worldOf)

function findingsOf({ files, sdls }: World, now = '2026-11-23T00:00:00Z'): string[] {
  const assembled = assembleCharter(Object.entries(files).map(([name, text]) => ({ file: `charter/${name}.yaml`, text })))
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.faults))
  const subgraphs = Object.entries(sdls).map(([name, sdl]) => ({ name, sdl }))
  return briefly(checkCharter({ charter: assembled.charter, subgraphs, now: new Date(now) }))
}

/** One crossing by party 0 on an entity of party 1, that no plan makes: what is added, and what the check must say. */
const CROSSINGS: readonly (readonly [text: (type: string, owner: number) => string, expected: (type: string, owner: number) => string])[] =
  [
    [(type) => `extend type ${type} @key(fields: "id") { cost: Money @shareable }`, (type) => `FIELD_TAKEN ${type}.cost`],
    [
      (type) => `extend type ${type} @key(fields: "id") { cost: Money @override(from: "${nameOf(1)}") }`,
      (type) => `OVERRIDE_NOT_GRANTED ${type}.cost`,
    ],
    [(type) => `extend type ${type} @key(fields: "id") { cost: Money @external @inaccessible }`, (type) => `HIDE_NOT_GRANTED ${type}.cost`],
    [(type) => `extend type ${type} @key(fields: "id") { cost: Money @external @tag(name: "t") }`, (type) => `MARK_FOREIGN ${type}.cost`],
    [(type) => `extend type ${type} @key(fields: "id") @authenticated`, (type) => `LOCK_FOREIGN ${type}`],
    [(type) => `extend type ${type} @key(fields: "id cost { fen }") { cost: Money }`, (type) => `RECEIVE_KEY ${type}.cost`],
    [
      (type) =>
        `extend type ${type} @key(fields: "id") { cost: Money @external }\nextend type Desk0 { x: ${type} @provides(fields: "cost { fen }") }`,
      (type) => `RECEIVE_PROVIDES ${type}.cost`,
    ],
    [(type) => `extend type Desk0 { x: ${type}! }\nextend type ${type} @key(fields: "id")`, () => 'REFERENCE_NOT_NULLABLE Desk0.x'],
    [(_, owner) => `extend type Query { q${owner}(id: ID!): String }`, (_, owner) => `ROOT_FIELD_TAKEN Query.q${owner}`],
    [(_, owner) => `type Desk${owner} { id: ID }`, (_, owner) => `TYPE_TAKEN Desk${owner}`],
    [() => 'extend type Query @authenticated', () => 'LOCK_SHARED Query'],
    [() => 'extend enum PartyKind { KING }', () => 'ENUM_NARROWED PartyKind.KING'],
    [() => 'extend input Span { zone: Int! }', () => 'INPUT_NARROWED Span.zone'],
    [() => 'type Nobody { a: Int }', () => 'TYPE_UNOWNED Nobody'],
    [() => 'extend type Desk0 @surprise', () => 'DIRECTIVE_UNKNOWN Desk0'],
  ]

describe('random honest parties', () => {
  it('hear nothing from the check', () => {
    fc.assert(
      fc.property(world, (honest) => expect(findingsOf(honest)).toEqual([])),
      { numRuns: 150 },
    )
  })

  it('hear of exactly the crossing that one of them makes', () => {
    fc.assert(
      fc.property(street, fc.constantFrom(...CROSSINGS), fc.nat(3), (honest, [text, expected], entity) => {
        const { owner, type } = targetOf(honest.plans, 0, entity)
        const name = nameOf(0)
        const sdls = { ...honest.sdls, [name]: `${honest.sdls[name]}\n${text(type, owner)}` }
        // A reference that the plan did not make has to be made first.
        const isReferred = honest.sdls[name]!.includes(`type ${type} @key`)
        if (!isReferred) sdls[name] = `${sdls[name]}\ntype ${type} @key(fields: "id") { id: ID! }`
        expect(findingsOf({ ...honest, sdls })).toEqual([`${expected(type, owner)} ${name}`])
      }),
      { numRuns: 300 },
    )
  })

  it('hear of every reading whose grant has ended, and of nothing else', () => {
    fc.assert(
      fc.property(world, (honest) => {
        const readings = honest.plans.flatMap(({ refers }, party) => {
          const first = new Map<string, boolean>()
          for (const { entity, reads } of refers) {
            const { type } = targetOf(honest.plans, party, entity)
            if (!first.has(type)) first.set(type, reads)
          }
          return [...first].flatMap(([type, reads]) => (reads ? [`RECEIVE_REQUIRES ${type}.plain ${nameOf(party)}`] : []))
        })
        expect(findingsOf(honest, '2030-01-02T00:00:00+08:00').sort()).toEqual(readings.sort())
      }),
      { numRuns: 100 },
    )
  })
})
