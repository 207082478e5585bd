import { finding } from './findings.js'
import type { Finding } from './findings.js'
import { COMMONS, contributionsTo } from './ownership-index.js'
import type { CheckInput, OwnershipIndex } from './ownership-index.js'
import { argumentOf, namedTypeOf } from './sdl-facts.js'
import type { FieldFact, SubgraphFacts } from './sdl-facts.js'

/** Root fields of Query and Subscription have one owner each, which defines them; what the charter names exists. */
export function checkRootFields({ ownership, subgraphs }: CheckInput): Finding[] {
  const findings: Finding[] = []
  for (const subgraph of subgraphs) {
    const charter = ownership.partyNamed(subgraph.name)
    for (const root of ['Query', 'Subscription'] as const) {
      for (const field of subgraph.roots[root]) {
        const owner = ownership.ownerOfRootField(root, field.name)
        const offender = { subgraph: subgraph.name, file: subgraph.file, line: field.line }
        const subject = { coordinate: `${root}.${field.name}`, owner, offender }
        if (owner === undefined) findings.push(finding('ROOT_FIELD_UNOWNED', subject))
        else if (owner !== subgraph.name) findings.push(finding('ROOT_FIELD_TAKEN', subject))
      }
      const defined = new Set(subgraph.roots[root].map((field) => field.name))
      for (const [name, line] of (root === 'Query' ? charter?.queries : charter?.subscriptions) ?? []) {
        if (defined.has(name)) continue
        const offender = { subgraph: subgraph.name, file: charter!.file, line }
        findings.push(finding('ROOT_FIELD_MISSING', { coordinate: `${root}.${name}`, owner: subgraph.name, offender }))
      }
    }
  }
  return findings
}

/** Types a mutation hands out: itself, or through own unions their members, however deep. */
function returnedTypes(name: string, subgraph: SubgraphFacts, seen = new Set<string>()): Set<string> {
  const type = subgraph.types.get(name)
  if (type?.kind !== 'UNION') return seen.add(name)
  for (const member of type.members) if (!seen.has(member)) returnedTypes(member, subgraph, seen)
  return seen
}

function checkMutation(field: FieldFact, subgraph: SubgraphFacts, ownership: OwnershipIndex): Finding[] {
  const coordinate = `Mutation.${field.name}`
  const offender = { subgraph: subgraph.name, file: subgraph.file, line: field.line }
  const subject = { coordinate, owner: subgraph.name, offender }
  const findings: Finding[] = []

  const code = argumentOf(field, 'act', 'code')
  const entry = code === undefined ? undefined : ownership.actOf(code)
  if (code === undefined) findings.push(finding('MUTATION_WITHOUT_ACT', subject))
  else if (!entry) findings.push(finding('ACT_UNKNOWN', { ...subject, owner: undefined }, code))
  else if (entry.party !== subgraph.name) findings.push(finding('ACT_NOT_YOURS', { ...subject, owner: entry.party }, code))
  else if (entry.act.mutation !== field.name) {
    findings.push(finding('ACT_FOR_OTHER_MUTATION', subject, `${code} (${entry.act.mutation})`))
  }

  const result = namedTypeOf(field.type)
  const resultOwner = ownership.ownerOfType(result)
  // A union of another's would hide what it holds: it is judged by its own name.
  const returned =
    resultOwner === subgraph.name || subgraph.types.get(result)?.kind === 'UNION' ? returnedTypes(result, subgraph) : [result]
  for (const name of returned) {
    const owner = ownership.ownerOfType(name)
    // What nobody owns is a finding of its own already.
    if (name === 'Refusal' || owner === subgraph.name || owner === undefined) continue
    const type = subgraph.types.get(name)
    if (type && owner !== COMMONS && contributionsTo(type).length > 0) continue
    findings.push(finding('MUTATION_RETURNS_FOREIGN', { ...subject, owner }, name))
  }
  return findings
}

/**
 * Every mutation performs one act of its own party's charter and returns only own or contributed types, or Refusal; every act of a
 * charter has its mutation.
 */
export function checkMutations({ ownership, subgraphs }: CheckInput): Finding[] {
  return subgraphs.flatMap((subgraph) => {
    const defined = new Set(subgraph.roots.Mutation.map((field) => field.name))
    const charter = ownership.partyNamed(subgraph.name)
    const dead = (charter?.acts ?? []).filter((act) => !defined.has(act.mutation))
    return [
      ...subgraph.roots.Mutation.flatMap((field) => checkMutation(field, subgraph, ownership)),
      ...dead.map((act) => {
        const offender = { subgraph: subgraph.name, file: charter!.file, line: act.line }
        return finding('ACT_DEAD', { coordinate: `Mutation.${act.mutation}`, owner: subgraph.name, offender }, act.code)
      }),
    ]
  })
}
