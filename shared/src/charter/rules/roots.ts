import { argumentOf, carries } from '../facts/model.js'
import type { FieldFact, RootType, SubgraphFacts } from '../facts/model.js'
import { namedTypeOf } from '../facts/type-text.js'
import { COMMONS, contributionsTo } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt } from './breach.js'
import type { Breach } from './breach.js'

const ROOTS: readonly RootType[] = ['Query', 'Mutation', 'Subscription']

/** Root fields have one owner each, which defines them; what the charter names exists. A mutation belongs to the party of its act. */
export function* checkRootFields(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) {
    for (const root of ROOTS) {
      for (const field of subgraph.roots[root]) {
        const owner = input.ownerOfRootField(root, field.name)
        const subject = { coordinate: field.coordinate, owner }
        // A mutation nobody has is told by its act.
        if (owner === undefined && root !== 'Mutation') yield breachAt('ROOT_FIELD_UNOWNED', subgraph, field, subject)
        if (owner === undefined || owner === subgraph.party || carries(field, 'override')) continue
        yield breachAt('ROOT_FIELD_TAKEN', subgraph, field, subject)
      }
    }
  }
  for (const { party, file, queries, subscriptions, acts } of input.charter.parties) {
    const own = input.subgraphs.filter((subgraph) => subgraph.party === party)
    const [first] = own
    if (!first) continue
    const isDefined = (root: RootType, name: string): boolean =>
      own.some((subgraph) => subgraph.roots[root].some((field) => field.name === name))
    for (const [root, names] of [['Query', queries] as const, ['Subscription', subscriptions] as const]) {
      for (const [name, line] of names) {
        if (isDefined(root, name)) continue
        yield { ...breachAt('ROOT_FIELD_MISSING', first, { line, column: 1 }, { coordinate: `${root}.${name}`, owner: party }), file }
      }
    }
    for (const { mutation, code, line } of acts) {
      if (isDefined('Mutation', mutation)) continue
      const subject = { coordinate: `Mutation.${mutation}`, owner: party, detail: code }
      yield { ...breachAt('ACT_DEAD', first, { line, column: 1 }, subject), file }
    }
  }
}

/** Types a mutation hands out: itself, or through unions their members, however deep. */
function returnedTypes(name: string, subgraph: SubgraphFacts, seen = new Set<string>()): Set<string> {
  const type = subgraph.types.get(name)
  if (type?.kind !== 'UNION') return seen.add(name)
  for (const member of type.members) if (!seen.has(member.name)) returnedTypes(member.name, subgraph, seen)
  return seen
}

function* checkMutation(input: CheckInput, subgraph: SubgraphFacts, field: FieldFact): Generator<Breach> {
  const { party } = subgraph
  const subject = { coordinate: field.coordinate, owner: party }
  const code = argumentOf(field, 'act', 'code')
  const entry = code === undefined ? undefined : input.actOf(code)
  if (code === undefined) yield breachAt('MUTATION_WITHOUT_ACT', subgraph, field, subject)
  else if (!entry) yield breachAt('ACT_UNKNOWN', subgraph, field, { ...subject, owner: undefined, detail: code })
  else if (entry.party !== party) yield breachAt('ACT_NOT_YOURS', subgraph, field, { ...subject, owner: entry.party, detail: code })
  else if (entry.act.mutation !== field.name) {
    yield breachAt('ACT_FOR_OTHER_MUTATION', subgraph, field, { ...subject, detail: `${code} (${entry.act.mutation})` })
  }
  for (const name of returnedTypes(namedTypeOf(field.type), subgraph)) {
    const owner = input.ownerOfType(name)
    // What nobody owns is a finding of its own already.
    if (name === 'Refusal' || owner === party || owner === undefined) continue
    const type = subgraph.types.get(name)
    if (type && owner !== COMMONS && contributionsTo(input, subgraph, type).length > 0) continue
    yield breachAt('MUTATION_RETURNS_FOREIGN', subgraph, field, { ...subject, owner, detail: name })
  }
}

/** Every mutation performs one act of its own party's charter and returns only own or contributed types, or Refusal. */
export function* checkMutations(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) {
    for (const field of subgraph.roots.Mutation) {
      const owner = input.ownerOfRootField('Mutation', field.name)
      // A mutation of another is taken or overridden: what its act and result are is the owner's matter.
      if (owner === undefined || owner === subgraph.party) yield* checkMutation(input, subgraph, field)
    }
  }
}
