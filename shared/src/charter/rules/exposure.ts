import { argumentOf, carries } from '../facts/model.js'
import type { FieldFact, InputFact, SubgraphFacts, TypeFact } from '../facts/model.js'
import { visitedBy } from '../facts/selections.js'
import { containsFailure, namedTypeOf } from '../facts/type-text.js'
import { COMMONS } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt } from './breach.js'
import type { Breach } from './breach.js'
import { fieldSetsOf } from './receive.js'

/** Classes that lead to a person when they are searched for; an opinion or a place is what a matter is about. */
const IDENTIFYING = new Set(['IDENTITY', 'CONTACT', 'AGE', 'FAMILY', 'HEALTH', 'ECONOMIC'])

/** Personal values stay out of keys, ids and the arguments of root fields: those end in logs, addresses and other parties' hands. */
export function* checkExposure(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) {
    yield* personalKeys(input, subgraph)
    for (const type of subgraph.types.values()) {
      for (const field of type.fields) {
        if (!carries(field, 'personal') || (field.name !== 'id' && namedTypeOf(field.type) !== 'ID')) continue
        yield breachAt('PERSONAL_ID', subgraph, field, { coordinate: field.coordinate, owner: subgraph.party })
      }
    }
    for (const root of ['Query', 'Subscription'] as const) {
      for (const field of subgraph.roots[root]) yield* personalArguments(input, subgraph, field)
    }
  }
}

function* personalKeys(input: CheckInput, subgraph: SubgraphFacts): Generator<Breach> {
  for (const { code, at, start, directive } of fieldSetsOf(subgraph)) {
    if (code !== 'RECEIVE_KEY') continue
    for (const { parent, field } of visitedBy(directive, start, input.targetOf) ?? []) {
      const isPersonal = input
        .typesNamed(parent)
        .some(({ type }) => type.fields.some((one) => one.name === field && carries(one, 'personal')))
      const coordinate = `${parent}.${field}`
      if (isPersonal) yield breachAt('PERSONAL_KEY', subgraph, at, { coordinate, owner: subgraph.party, detail: start })
    }
  }
}

/** Names of the identifying personal fields of what a root field returns, also behind a connection. */
function personalNames(input: CheckInput, typeName: string): Set<string> {
  const behind = ['nodes', 'node'].flatMap((name) => input.targetOf(typeName, name) ?? [])
  const edge = input.targetOf(typeName, 'edges')
  const node = edge === undefined ? undefined : input.targetOf(edge, 'node')
  const names = new Set<string>()
  for (const name of [typeName, ...behind, ...(node === undefined ? [] : [node])]) {
    for (const { type } of input.typesNamed(name)) {
      for (const field of type.fields) {
        if (IDENTIFYING.has(argumentOf(field, 'personal', 'class') ?? '')) names.add(field.name)
      }
    }
  }
  return names
}

function* personalArguments(input: CheckInput, subgraph: SubgraphFacts, field: FieldFact): Generator<Breach> {
  const names = personalNames(input, namedTypeOf(field.type))
  if (names.size === 0) return
  const nested = field.inputs.flatMap((argument): readonly InputFact[] => subgraph.types.get(namedTypeOf(argument.type))?.inputs ?? [])
  for (const argument of [...field.inputs, ...nested]) {
    if (!names.has(argument.name)) continue
    yield breachAt('PERSONAL_ARGUMENT', subgraph, argument, {
      coordinate: argument.coordinate,
      owner: subgraph.party,
      detail: field.coordinate,
    })
  }
}

/** Whether a value of the type may be another party's: its object, or an interface or union that can hold one. */
function mayBeForeign(input: CheckInput, subgraph: SubgraphFacts, name: string, seen = new Set<string>()): boolean {
  const type = subgraph.types.get(name)
  const owner = input.ownerOfType(name)
  if (!type || seen.has(name)) return false
  seen.add(name)
  // What nobody owns is a finding of its own; calling it foreign as well would only be noise.
  if (type.kind === 'OBJECT') return owner !== undefined && owner !== subgraph.party && owner !== COMMONS
  if (type.kind === 'UNION') return type.members.some((member) => mayBeForeign(input, subgraph, member.name, seen))
  if (type.kind !== 'INTERFACE') return false
  const implementers = [...subgraph.types.values()].filter((one: TypeFact) => one.interfaces.some((item) => item.name === name))
  return implementers.some((implementer) => mayBeForeign(input, subgraph, implementer.name, seen))
}

/** A field that leads to what another owns can fail without erasing what is ours. */
export function* checkNullability(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) {
    const own = [...subgraph.types.values()].filter((type) => input.ownerOfType(type.name) === subgraph.party)
    for (const field of [...own.flatMap((type) => type.fields), ...Object.values(subgraph.roots).flat()]) {
      const target = namedTypeOf(field.type)
      if (containsFailure(field.type) || !mayBeForeign(input, subgraph, target)) continue
      yield breachAt('REFERENCE_NOT_NULLABLE', subgraph, field, { coordinate: field.coordinate, owner: subgraph.party, detail: target })
    }
  }
}
