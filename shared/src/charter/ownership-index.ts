import { argumentOf, carries } from './facts/model.js'
import type { FieldFact, RootType, SubgraphFacts, TypeFact } from './facts/model.js'
import { topLevelFields } from './facts/selections.js'
import { namedTypeOf } from './facts/type-text.js'
import { indexGrants } from './grants.js'
import type { GrantIndex } from './grants.js'
import type { Act, Charter, PartyCharter } from './model.js'

export const COMMONS = 'commons'
const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean']

/** A field with the subgraph that defines it. */
export interface Definer {
  readonly subgraph: SubgraphFacts
  readonly type: TypeFact
  readonly field: FieldFact
}

/** What every rule of the check gets: who owns what at this instant, and what each subgraph defines. */
export interface CheckInput {
  readonly charter: Charter
  readonly grants: GrantIndex
  readonly subgraphs: readonly SubgraphFacts[]
  /** `commons` for the shared vocabulary and GraphQL's scalars. */
  ownerOfType(name: string): string | undefined
  ownerOfRootField(root: RootType, name: string): string | undefined
  /** The owner as `asker` has to see it: of a field that two strangers add, each sees the other. */
  ownerOfField(type: string, field: string, asker: string): string | undefined
  /** Who defines a field without `@external`; for root fields and types alike. */
  definersOf(type: string, field: string): readonly Definer[]
  typesNamed(name: string): readonly { readonly subgraph: SubgraphFacts; readonly type: TypeFact }[]
  /** Name of the type a field leads to, or undefined when no schema at hand defines it. */
  targetOf(type: string, field: string): string | undefined
  actOf(code: string): { readonly party: string; readonly act: Act } | undefined
  partyNamed(name: string): PartyCharter | undefined
}

/** Appends to the list under a key. */
function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

/** Indexes charter and schemas for many questions; each answer is a lookup or two. */
export function indexOwnership(charter: Charter, subgraphs: readonly SubgraphFacts[], now: Date): CheckInput {
  const typeOwners = new Map<string, string>()
  const rootOwners = new Map<string, string>()
  const acts = new Map<string, { party: string; act: Act }>()
  const parties = new Map(charter.parties.map((party) => [party.party, party]))
  for (const name of [...BUILT_IN, ...charter.commons.scalars.keys(), ...charter.commons.types.keys()]) typeOwners.set(name, COMMONS)
  for (const { party, types, queries, subscriptions, acts: ownActs } of charter.parties) {
    for (const name of types.keys()) typeOwners.set(name, party)
    for (const name of queries.keys()) rootOwners.set(`Query.${name}`, party)
    for (const name of subscriptions.keys()) rootOwners.set(`Subscription.${name}`, party)
    for (const act of ownActs) {
      acts.set(act.code, { party, act })
      rootOwners.set(`Mutation.${act.mutation}`, party)
    }
  }

  const types = new Map<string, { subgraph: SubgraphFacts; type: TypeFact }[]>()
  const definers = new Map<string, Definer[]>()
  const targets = new Map<string, string>()
  const present = new Set(subgraphs.map(({ party }) => party))
  for (const subgraph of subgraphs) {
    for (const type of subgraph.types.values()) {
      push(types, type.name, { subgraph, type })
      for (const field of type.fields) {
        const key = `${type.name}.${field.name}`
        if (!targets.has(key)) targets.set(key, namedTypeOf(field.type))
        if (!field.isExternal) push(definers, key, { subgraph, type, field })
      }
    }
  }

  const ownerOfField = (type: string, field: string, asker: string): string | undefined => {
    const owner = typeOwners.get(type)
    if (owner === undefined || owner === COMMONS) return owner
    const found = definers.get(`${type}.${field}`) ?? []
    if (found.some(({ subgraph }) => subgraph.party === owner)) return owner
    const claimants = found.filter((definer) => !carries(definer.field, 'override'))
    // Without the owner's schema nobody can tell a key's field from an addition: it counts as the owner's.
    if (!present.has(owner) && claimants.every((definer) => keyNames(definer.type).has(field))) return owner
    // Of several that add one field, the one that alone signs it is believed; where nobody or everybody does, each is in the other's way.
    const signed = claimants.filter(({ subgraph, field: one }) => argumentOf(one, 'owner', 'party') === parties.get(subgraph.party)?.kind)
    const [holder] = signed
    if (holder && signed.every(({ subgraph }) => subgraph.party === holder.subgraph.party)) return holder.subgraph.party
    return (claimants.find(({ subgraph }) => subgraph.party !== asker) ?? claimants[0])?.subgraph.party ?? owner
  }
  return {
    charter,
    subgraphs,
    grants: indexGrants(charter, now),
    ownerOfType: (name) => typeOwners.get(name),
    ownerOfRootField: (root, name) => rootOwners.get(`${root}.${name}`),
    ownerOfField,
    definersOf: (type, field) => definers.get(`${type}.${field}`) ?? [],
    typesNamed: (name) => types.get(name) ?? [],
    targetOf: (type, field) => targets.get(`${type}.${field}`),
    actOf: (code) => acts.get(code),
    partyNamed: (name) => parties.get(name),
  }
}

/** Fields of the type that stand in its keys. */
export const keyNames = (type: TypeFact): ReadonlySet<string> =>
  new Set(type.directives.filter(({ name }) => name.value === 'key').flatMap(topLevelFields))

/** The plain key of the house: `id`, of type ID. It says nothing about the record. */
export function isPlainId({ definersOf }: CheckInput, type: string, field: string): boolean {
  return field === 'id' && definersOf(type, field).every((definer) => namedTypeOf(definer.field.type) === 'ID')
}

/**
 * Fields a subgraph adds to a type it does not own: those that neither the owner nor another defines.
 *
 * Fields of a key count as well when only this party defines them: a key is no way to add a field unseen.
 */
export function contributionsTo(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): readonly FieldFact[] {
  return type.fields.filter(
    (field) =>
      !field.isExternal &&
      !isPlainId(input, type.name, field.name) &&
      input.ownerOfField(type.name, field.name, subgraph.party) === subgraph.party,
  )
}
