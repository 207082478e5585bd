import { carries } from '../facts/model.js'
import type { SubgraphFacts, TypeFact } from '../facts/model.js'
import { COMMONS, isPlainId } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt, unlessGranted } from './breach.js'
import type { Breach } from './breach.js'
import { isForeign, newMembers } from './standing.js'

/**
 * Who enters the interfaces and unions of others: implementers, members, @interfaceObject; and interfaces that a stranger puts on
 * another's type. The commons are open to implementers, that is what they are for, and closed to everything else.
 */
export function* checkJoining(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) {
    for (const type of subgraph.types.values()) {
      yield* checkInterfaceObject(input, subgraph, type)
      const isOwn = input.ownerOfType(type.name) === subgraph.party
      if (isOwn) yield* checkImplementer(input, subgraph, type)
      else if (isForeign(input, subgraph, type.name)) {
        yield* checkAddedInterfaces(input, subgraph, type)
        if (type.kind === 'UNION') yield* checkMembers(input, subgraph, type)
      }
    }
  }
}

function* checkImplementer(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  for (const entered of type.interfaces) {
    if (!isForeign(input, subgraph, entered.name)) continue
    const owner = input.ownerOfType(entered.name)
    const ask = { kind: 'implement', coordinate: entered.name } as const
    const subject = { coordinate: entered.name, owner, detail: type.name, ask }
    yield* unlessGranted(input, breachAt('IMPLEMENTER_INJECTED', subgraph, entered, subject))
  }
}

function* checkMembers(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  const owner = input.ownerOfType(type.name)
  for (const member of newMembers(input, type)) {
    const ask = { kind: 'implement', coordinate: type.name } as const
    yield* unlessGranted(input, breachAt('MEMBER_INJECTED', subgraph, member, { coordinate: type.name, owner, detail: member.name, ask }))
  }
}

function* checkAddedInterfaces(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  const owner = input.ownerOfType(type.name)
  const originals = input.typesNamed(type.name).filter((definer) => definer.subgraph.party === owner)
  if (originals.length === 0) return
  const declared = new Set(originals.flatMap((definer) => definer.type.interfaces.map(({ name }) => name)))
  for (const added of type.interfaces) {
    if (declared.has(added.name)) continue
    yield breachAt('INTERFACE_ADDED', subgraph, added, { coordinate: type.name, owner, detail: added.name })
  }
}

function* checkInterfaceObject(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  if (!carries(type, 'interfaceObject')) return
  const owner = input.ownerOfType(type.name)
  if (owner !== undefined && owner !== subgraph.party) {
    const ask = owner === COMMONS ? undefined : ({ kind: 'implement', coordinate: type.name } as const)
    yield* unlessGranted(input, breachAt('INTERFACE_OBJECT', subgraph, type, { coordinate: type.name, owner, detail: type.name, ask }))
    return
  }
  // Fields on one's own interface reach the types of whoever implements it: that is adding to those types.
  if (type.fields.every(({ name }) => isPlainId(input, type.name, name))) return
  for (const other of input.subgraphs) {
    for (const implementer of other.types.values()) {
      if (!implementer.interfaces.some(({ name }) => name === type.name) || !isForeign(input, subgraph, implementer.name)) continue
      const ask = { kind: 'extend', coordinate: implementer.name } as const
      const subject = { coordinate: implementer.name, owner: input.ownerOfType(implementer.name), detail: type.name, ask }
      yield* unlessGranted(input, breachAt('INTERFACE_OBJECT', subgraph, type, subject))
    }
  }
}
