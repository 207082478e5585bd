import { finding } from './findings.js'
import type { Finding } from './findings.js'
import type { PartyCharter } from './model.js'
import { COMMONS, contributionsTo } from './ownership-index.js'
import type { CheckInput, OwnershipIndex } from './ownership-index.js'
import { argumentOf, isNullable } from './sdl-facts.js'
import type { SubgraphFacts, TypeFact } from './sdl-facts.js'

/** A type in the schema of its owner: an object says so with @owner, and says the truth. */
function checkOwnType(subgraph: SubgraphFacts, type: TypeFact, owner: PartyCharter): Finding[] {
  const subject = {
    coordinate: type.name,
    owner: owner.party,
    offender: { subgraph: subgraph.name, file: subgraph.file, line: type.line },
  }
  const findings: Finding[] = []
  // @owner exists on objects and fields only; the other kinds are known by the charter alone.
  if (type.kind === 'OBJECT') {
    const stated = argumentOf(type, 'owner', 'party')
    if (stated === undefined) findings.push(finding('OWNER_UNSTATED', subject, owner.kind))
    else if (stated !== owner.kind) findings.push(finding('OWNER_DISAGREES', subject, stated))
  }
  for (const field of type.fields) {
    const stated = argumentOf(field, 'owner', 'party')
    if (stated === undefined || stated === owner.kind) continue
    const coordinate = `${type.name}.${field.name}`
    findings.push(finding('OWNER_DISAGREES', { ...subject, coordinate, offender: { ...subject.offender, line: field.line } }, stated))
  }
  return findings
}

/** A type in the schema of somebody else: only an entity, with fields that are signed, granted and nullable. */
function checkForeignType(subgraph: SubgraphFacts, type: TypeFact, owner: string, ownership: OwnershipIndex): Finding[] {
  const offender = { subgraph: subgraph.name, file: subgraph.file, line: type.line }
  const isEntity = type.kind === 'OBJECT' && type.directives.some((directive) => directive.name.value === 'key')
  if (!isEntity) return [finding('TYPE_TAKEN', { coordinate: type.name, owner, offender })]
  const ownKind = ownership.partyNamed(subgraph.name)?.kind
  const findings: Finding[] = []
  const statedOnType = argumentOf(type, 'owner', 'party')
  if (statedOnType !== undefined && statedOnType !== ownership.partyNamed(owner)?.kind) {
    findings.push(finding('OWNER_DISAGREES', { coordinate: type.name, owner, offender }, statedOnType))
  }
  for (const field of contributionsTo(type)) {
    const subject = { coordinate: `${type.name}.${field.name}`, owner, offender: { ...offender, line: field.line } }
    if (argumentOf(field, 'owner', 'party') !== ownKind) findings.push(finding('CONTRIBUTION_UNSIGNED', subject, ownKind ?? subgraph.name))
    if (!ownership.mayExtend(owner, subgraph.name, type.name)) findings.push(finding('EXTEND_NOT_GRANTED', subject, type.name))
    if (!isNullable(field.type)) findings.push(finding('CONTRIBUTION_NOT_NULLABLE', subject))
  }
  return findings
}

/**
 * Every type has exactly one owner in the charter, which is the subgraph that defines it; others may refer to it by key and add
 * fields under a grant. The commons are checked by their own rule.
 */
export function checkTypes({ ownership, subgraphs }: CheckInput): Finding[] {
  const findings: Finding[] = []
  for (const subgraph of subgraphs) {
    for (const type of subgraph.types.values()) {
      const owner = ownership.ownerOfType(type.name)
      if (owner === COMMONS) continue
      const offender = { subgraph: subgraph.name, file: subgraph.file, line: type.line }
      if (owner === undefined) findings.push(finding('TYPE_UNOWNED', { coordinate: type.name, owner, offender }))
      else if (owner !== subgraph.name) findings.push(...checkForeignType(subgraph, type, owner, ownership))
      else findings.push(...checkOwnType(subgraph, type, ownership.partyNamed(owner)!))
    }
    const charter = ownership.partyNamed(subgraph.name)
    for (const [name, line] of charter?.types ?? []) {
      if (subgraph.types.has(name)) continue
      const offender = { subgraph: subgraph.name, file: charter!.file, line }
      findings.push(finding('TYPE_MISSING', { coordinate: name, owner: subgraph.name, offender }))
    }
  }
  return findings
}
