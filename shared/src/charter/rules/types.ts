import { argumentOf, carries } from '../facts/model.js'
import type { SubgraphFacts, TypeFact } from '../facts/model.js'
import { isNullable, typeText } from '../facts/type-text.js'
import { shapeOfInput } from '../facts/sdl-facts.js'
import { COMMONS, contributionsTo, keyNames } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt, unlessGranted } from './breach.js'
import type { Breach } from './breach.js'
import { standingOf } from './standing.js'

/** A type in the schema of its owner: an object says so with @owner, and says the truth. */
function* checkOwnType(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  const { kind } = input.partyNamed(subgraph.party)!
  const owner = subgraph.party
  // @owner exists on objects and fields only; the other kinds are known by the charter alone.
  if (type.kind === 'OBJECT') {
    const stated = argumentOf(type, 'owner', 'party')
    if (stated === undefined) yield breachAt('OWNER_UNSTATED', subgraph, type, { coordinate: type.name, owner, detail: kind })
    else if (stated !== kind) yield breachAt('OWNER_DISAGREES', subgraph, type, { coordinate: type.name, owner, detail: stated })
  }
  for (const field of type.fields) {
    const holder = input.ownerOfField(type.name, field.name, owner) ?? owner
    const stated = argumentOf(field, 'owner', 'party')
    if (stated === undefined || stated === input.partyNamed(holder)?.kind) continue
    yield breachAt('OWNER_DISAGREES', subgraph, field, { coordinate: field.coordinate, owner: holder, detail: stated })
  }
}

/** A reference to another's entity: what it adds is signed, granted and nullable, and nothing of the owner's is answered twice. */
function* checkForeignType(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact, owner: string): Generator<Breach> {
  const ownKind = input.partyNamed(subgraph.party)!.kind
  const statedOnType = argumentOf(type, 'owner', 'party')
  if (statedOnType !== undefined && statedOnType !== input.partyNamed(owner)?.kind) {
    yield breachAt('OWNER_DISAGREES', subgraph, type, { coordinate: type.name, owner, detail: statedOnType })
  }
  const added = new Set(contributionsTo(input, subgraph, type))
  const keys = keyNames(type)
  for (const field of type.fields) {
    const { coordinate } = field
    const stated = argumentOf(field, 'owner', 'party')
    if (added.has(field)) {
      const ask = { kind: 'extend', coordinate: type.name } as const
      const subject = { coordinate, owner }
      // An interface says nothing by itself: its fields are signed where they are answered.
      const isAnswered = type.kind === 'OBJECT'
      if (isAnswered && stated !== ownKind) yield breachAt('CONTRIBUTION_UNSIGNED', subgraph, field, { ...subject, detail: ownKind })
      if (!carries(type, 'interfaceObject')) {
        yield* unlessGranted(input, breachAt('EXTEND_NOT_GRANTED', subgraph, field, { ...subject, detail: type.name, ask }))
      }
      if (!isNullable(field.type)) yield breachAt('CONTRIBUTION_NOT_NULLABLE', subgraph, field, subject)
      continue
    }
    const holder = input.ownerOfField(type.name, field.name, subgraph.party) ?? owner
    if (stated !== undefined && stated !== input.partyNamed(holder)?.kind) {
      yield breachAt('OWNER_DISAGREES', subgraph, field, { coordinate, owner: holder, detail: stated })
    }
    if (field.isExternal || carries(field, 'override')) continue
    const original = input.definersOf(type.name, field.name).find((definer) => definer.subgraph.party === holder)
    const isRepeated = keys.has(field.name) || type.kind === 'INTERFACE' || field.name === 'id'
    if (!isRepeated) yield breachAt('FIELD_TAKEN', subgraph, field, { coordinate, owner: holder })
    else if (original && signature(original.field) !== signature(field)) {
      yield breachAt('COPY_DIFFERS', subgraph, field, { coordinate, owner: holder, detail: signature(original.field) })
    }
  }
}

const signature = ({ name, type, inputs }: TypeFact['fields'][number]): string =>
  `${name}${inputs.length > 0 ? `(${inputs.map(shapeOfInput).sort().join(', ')})` : ''}: ${typeText(type)}`

/** Whether every field of an object may be answered by several subgraphs. */
const isShared = (subgraph: SubgraphFacts, type: TypeFact): boolean =>
  type.kind === 'OBJECT' &&
  (!subgraph.isFederation2 || carries(type, 'shareable') || type.fields.every((field) => carries(field, 'shareable')))

function* checkType(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): Generator<Breach> {
  const owner = input.ownerOfType(type.name)
  const others = input.typesNamed(type.name).filter((definer) => definer.subgraph.party !== subgraph.party)
  if (owner === COMMONS) return
  const subject = { coordinate: type.name, owner }
  if (owner === undefined) {
    const [other] = others
    if (other && isShared(subgraph, type)) yield breachAt('VALUE_SHARED', subgraph, type, { ...subject, owner: other.subgraph.party })
    else yield breachAt('TYPE_UNOWNED', subgraph, type, subject)
  } else if (owner === subgraph.party) {
    yield* checkOwnType(input, subgraph, type)
  } else if (standingOf(input, subgraph, type) === 'taken') {
    const isSharedWithOwner = isShared(subgraph, type) && others.some((definer) => definer.subgraph.party === owner)
    yield breachAt(isSharedWithOwner ? 'VALUE_SHARED' : 'TYPE_TAKEN', subgraph, type, subject)
  } else {
    yield* checkForeignType(input, subgraph, type, owner)
  }
}

/**
 * Every type has exactly one owner in the charter, which is the party that defines it; others may refer to it by key and add
 * fields under a grant. The commons are checked by their own rule.
 */
export function* checkTypes(input: CheckInput): Generator<Breach> {
  for (const subgraph of input.subgraphs) for (const type of subgraph.types.values()) yield* checkType(input, subgraph, type)
  for (const { party, types, file } of input.charter.parties) {
    const own = input.subgraphs.filter((subgraph) => subgraph.party === party)
    const [first] = own
    if (!first) continue
    for (const [name, line] of types) {
      if (own.some((subgraph) => subgraph.types.has(name))) continue
      yield { ...breachAt('TYPE_MISSING', first, { line, column: 1 }, { coordinate: name, owner: party }), file }
    }
  }
}
