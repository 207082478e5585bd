import { GraphQLError } from 'graphql'
import { finding } from './findings.js'
import type { Finding } from './findings.js'
import type { Charter } from './model.js'
import { indexOwnership } from './ownership-index.js'
import { checkCommons, checkNullability } from './rules-commons.js'
import { checkMutations, checkRootFields } from './rules-roots.js'
import { checkTypes } from './rules-types.js'
import { readSubgraphFacts } from './sdl-facts.js'
import type { SubgraphFacts, SubgraphSdl } from './sdl-facts.js'

const RULES = [checkTypes, checkRootFields, checkMutations, checkCommons, checkNullability] as const

/** What is compared: the agreement, and what each party publishes. The name of a subgraph is its party's name. */
export interface CharterCheck {
  readonly charter: Charter
  readonly subgraphs: readonly SubgraphSdl[]
}

/**
 * Compares the schemas of the parties with what they agreed, for CI and for whoever publishes. Pure; [] means agreement.
 *
 * Checked: one owner per type and root field, and that it is the one who defines it; `@owner` and the charter agree; additions to
 * another's entity are signed, granted and nullable; every mutation has its act and every act its mutation; mutations return only
 * what is their party's; the commons are the same everywhere. Findings come in the order of rules, then subgraphs, then lines.
 *
 * A schema that does not parse is one finding and is left out of the rest. A party without a schema is one finding, not one per type.
 */
export function checkCharter({ charter, subgraphs }: CharterCheck): Finding[] {
  const ownership = indexOwnership(charter)
  const findings: Finding[] = []
  const facts: SubgraphFacts[] = []
  for (const subgraph of subgraphs) {
    const offender = { subgraph: subgraph.name, file: subgraph.file ?? `subgraphs/${subgraph.name}/schema.graphql`, line: 1 }
    if (!ownership.partyNamed(subgraph.name)) {
      findings.push(finding('SUBGRAPH_WITHOUT_CHARTER', { coordinate: subgraph.name, owner: undefined, offender }))
      continue
    }
    try {
      facts.push(readSubgraphFacts(subgraph))
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      const line = error.locations?.[0]?.line ?? 1
      const subject = { coordinate: subgraph.name, owner: subgraph.name, offender: { ...offender, line } }
      findings.push(finding('SDL_MALFORMED', subject, error.message))
    }
  }
  for (const { party, file } of charter.parties) {
    if (subgraphs.some(({ name }) => name === party)) continue
    findings.push(finding('PARTY_WITHOUT_SUBGRAPH', { coordinate: party, owner: party, offender: { subgraph: party, file, line: 1 } }))
  }
  return [...findings, ...RULES.flatMap((rule) => rule({ ownership, subgraphs: facts }))]
}
