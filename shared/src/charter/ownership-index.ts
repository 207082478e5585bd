import type { Act, Charter, PartyCharter } from './model.js'
import type { FieldFact, RootType, SubgraphFacts, TypeFact } from './sdl-facts.js'
import { carries, keyFieldsOf } from './sdl-facts.js'

/** GraphQL's own scalars: nobody's, and everybody's. */
const BUILT_IN = new Set(['ID', 'String', 'Int', 'Float', 'Boolean'])

/** The charter, asked by name. */
export interface OwnershipIndex {
  readonly charter: Charter
  /** `commons` for the shared vocabulary and GraphQL's scalars. */
  ownerOfType(name: string): string | undefined
  ownerOfRootField(root: Exclude<RootType, 'Mutation'>, name: string): string | undefined
  actOf(code: string): { readonly party: string; readonly act: Act } | undefined
  partyNamed(name: string): PartyCharter | undefined
  mayExtend(owner: string, contributor: string, type: string): boolean
}

export const COMMONS = 'commons'

/** Indexes a charter for many questions; each answer is one map lookup. */
export function indexOwnership(charter: Charter): OwnershipIndex {
  const typeOwners = new Map<string, string>()
  const rootOwners = new Map<string, string>()
  const acts = new Map<string, { party: string; act: Act }>()
  const grants = new Set<string>()
  const parties = new Map(charter.parties.map((party) => [party.party, party]))
  for (const name of [...BUILT_IN, ...charter.commons.scalars.keys(), ...charter.commons.types.keys()]) typeOwners.set(name, COMMONS)
  for (const { party, types, queries, subscriptions, acts: ownActs, grants: ownGrants } of charter.parties) {
    for (const name of types.keys()) typeOwners.set(name, party)
    for (const name of queries.keys()) rootOwners.set(`Query.${name}`, party)
    for (const name of subscriptions.keys()) rootOwners.set(`Subscription.${name}`, party)
    for (const act of ownActs) acts.set(act.code, { party, act })
    for (const { to, extend } of ownGrants) grants.add(`${party}>${to}:${extend}`)
  }
  return {
    charter,
    ownerOfType: (name) => typeOwners.get(name),
    ownerOfRootField: (root, name) => rootOwners.get(`${root}.${name}`),
    actOf: (code) => acts.get(code),
    partyNamed: (name) => parties.get(name),
    mayExtend: (owner, contributor, type) => grants.has(`${owner}>${contributor}:${type}`),
  }
}

/**
 * Fields a subgraph adds to a type it does not own: all but the key and what it marks `@external`.
 *
 * The key fields of an entity repeat in every subgraph that refers to it; they are no contribution.
 */
export function contributionsTo(type: TypeFact): readonly FieldFact[] {
  const keys = keyFieldsOf(type)
  return type.fields.filter((field) => !keys.has(field.name) && !carries(field, 'external'))
}

/** What every rule of the check gets: who owns what, and what each subgraph defines. */
export interface CheckInput {
  readonly ownership: OwnershipIndex
  readonly subgraphs: readonly SubgraphFacts[]
}
