import { KNOWN_DIRECTIVES } from '../facts/known-directives.js'
import { elementsOf } from '../facts/model.js'
import type { Element, SubgraphFacts } from '../facts/model.js'
import { COMMONS } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt } from './breach.js'
import type { Breach } from './breach.js'

/**
 * What the check does not understand is refused: constructs that are no schema, links, imports and versions it does not know,
 * directives of nobody, known ones at places or with arguments that are not theirs.
 */
export function* checkUnknown(input: CheckInput): Generator<Breach> {
  const common = input.charter.commons.directives
  for (const subgraph of input.subgraphs) {
    const owner = subgraph.party
    for (const { reason, what, ...place } of subgraph.doubts) {
      const code = reason === 'link' ? 'LINK_UNKNOWN' : 'CONSTRUCT_UNKNOWN'
      yield breachAt(code, subgraph, place, { coordinate: reason === 'link' ? 'schema' : what, owner, detail: what })
    }
    for (const [name, { element }] of subgraph.directives) {
      if (common.has(name) || KNOWN_DIRECTIVES.has(name)) continue
      yield breachAt('DIRECTIVE_UNOWNED', subgraph, element, { coordinate: `@${name}`, owner: undefined })
    }
    for (const element of elementsOf(subgraph)) yield* checkUses(subgraph, element, common)
  }
}

function* checkUses(subgraph: SubgraphFacts, element: Element, common: ReadonlyMap<string, number>): Generator<Breach> {
  const { kind, coordinate } = element
  for (const { name, arguments: given = [] } of element.directives) {
    const subject = { coordinate, owner: subgraph.party, detail: `@${name.value}` }
    const directive = KNOWN_DIRECTIVES.get(name.value)
    if (directive) {
      const isAtHome = directive.on.has(kind) && given.every((argument) => directive.takes.has(argument.name.value))
      if (!isAtHome) yield breachAt('DIRECTIVE_MISPLACED', subgraph, element, subject)
      // A directive that the schema itself defines is told once, at its definition.
    } else if (!common.has(name.value) && !subgraph.directives.has(name.value)) {
      yield breachAt('DIRECTIVE_UNKNOWN', subgraph, element, { ...subject, owner: COMMONS })
    }
  }
}
