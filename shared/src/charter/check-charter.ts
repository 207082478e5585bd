import { GraphQLError } from 'graphql'
import type { RuleCode } from './catalogue/index.js'
import type { SubgraphFacts, SubgraphSdl } from './facts/model.js'
import { readSubgraphFacts } from './facts/sdl-facts.js'
import { findingOf } from './findings.js'
import type { Finding } from './findings.js'
import type { Charter } from './model.js'
import { indexOwnership } from './ownership-index.js'
import type { Breach, RuleCheck } from './rules/breach.js'
import { checkCommons } from './rules/commons.js'
import { checkElements } from './rules/elements.js'
import { checkExposure, checkNullability } from './rules/exposure.js'
import { checkJoining } from './rules/joining.js'
import { checkReceiving } from './rules/receive.js'
import { checkMutations, checkRootFields } from './rules/roots.js'
import { checkTypes } from './rules/types.js'
import { checkUnknown } from './rules/unknown.js'

const CHECKS: readonly RuleCheck[] = [
  checkUnknown,
  checkTypes,
  checkRootFields,
  checkMutations,
  checkElements,
  checkReceiving,
  checkJoining,
  checkCommons,
  checkExposure,
  checkNullability,
]

/** What is compared: the agreement, and what each party publishes. A subgraph bears its party's name, or one its charter file lists. */
export interface CharterCheck {
  readonly charter: Charter
  readonly subgraphs: readonly SubgraphSdl[]
  /** The instant at which grants have to stand. */
  readonly now: Date
  /** Rules that are left out, for the proof that each rule is needed. Nothing that decides about a schema may set it. */
  readonly without?: readonly RuleCode[]
}

/**
 * Compares the schemas of the parties with what they agreed, for `commonhall check`, CI and whoever publishes. Pure; [] means agreement.
 *
 * Finds every place where a schema touches what another party owns, and asks the charter for a grant of the owner that stands at
 * `now`: claims, additions, values that flow, overrides, hidden, locked and marked elements, the commons, interfaces and unions that
 * are entered, personal data that is exposed, nullability, acts. What it does not understand is a finding as well. Findings come in
 * the order of rules, then subgraphs, then lines.
 *
 * A schema that does not parse is one finding and is left out of the rest. A party without a schema is one finding, not one per type.
 * Linear in the size of the schemas; reading them is most of it.
 */
export function checkCharter({ charter, subgraphs, now, without = [] }: CharterCheck): Finding[] {
  const breaches: Breach[] = []
  const facts: SubgraphFacts[] = []
  const partyOf = new Map(charter.parties.flatMap(({ party, subgraphs: names }) => names.map((name) => [name, party] as const)))
  for (const subgraph of subgraphs) {
    const file = subgraph.file ?? `subgraphs/${subgraph.name}/schema.graphql`
    const party = partyOf.get(subgraph.name)
    const subject = { coordinate: subgraph.name, owner: party, offender: subgraph.name, party: party ?? subgraph.name, file }
    if (party === undefined) {
      breaches.push({ code: 'SUBGRAPH_WITHOUT_CHARTER', ...subject, line: 1, column: 1 })
      continue
    }
    try {
      facts.push(readSubgraphFacts(subgraph, party))
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      const { line = 1, column = 1 } = error.locations?.[0] ?? {}
      breaches.push({ code: 'SDL_MALFORMED', ...subject, line, column, detail: error.message })
    }
  }
  for (const { party, file, subgraphs: names } of charter.parties) {
    if (subgraphs.some(({ name }) => names.includes(name))) continue
    const subject = { coordinate: party, owner: party, offender: party, party, file, line: 1, column: 1 }
    breaches.push({ code: 'PARTY_WITHOUT_SUBGRAPH', ...subject })
  }
  const input = indexOwnership(charter, facts, now)
  for (const check of CHECKS) for (const breach of check(input)) breaches.push(breach)
  return breaches.filter(({ code }) => !without.includes(code)).map((breach) => findingOf(breach, input))
}
