import type { ConstDirectiveNode } from 'graphql'
import { carries, elementsOf } from '../facts/model.js'
import type { Element, FieldFact, SubgraphFacts } from '../facts/model.js'
import { visitedBy } from '../facts/selections.js'
import type { Visited } from '../facts/selections.js'
import { namedTypeOf } from '../facts/type-text.js'
import type { RuleCode } from '../catalogue/index.js'
import { COMMONS, isPlainId } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt, unlessGranted } from './breach.js'
import type { Breach } from './breach.js'

/** A selection of federation with the element that carries it and the type it starts on. */
export interface FieldSet {
  readonly code: 'RECEIVE_KEY' | 'RECEIVE_REQUIRES' | 'RECEIVE_PROVIDES'
  readonly at: Element
  readonly start: string
  readonly directive: ConstDirectiveNode
}

/** Every `fields:` argument of a subgraph. */
export function* fieldSetsOf(subgraph: SubgraphFacts): Generator<FieldSet> {
  for (const type of subgraph.types.values()) {
    for (const directive of type.directives) {
      if (directive.name.value === 'key') yield { code: 'RECEIVE_KEY', at: type, start: type.name, directive }
    }
  }
  for (const { name, fields } of subgraph.types.values()) for (const field of fields) yield* fieldSetsOfField(field, name)
  for (const [root, fields] of Object.entries(subgraph.roots)) for (const field of fields) yield* fieldSetsOfField(field, root)
}

function* fieldSetsOfField(field: FieldFact, parent: string): Generator<FieldSet> {
  for (const directive of field.directives) {
    if (directive.name.value === 'requires') yield { code: 'RECEIVE_REQUIRES', at: field, start: parent, directive }
    if (directive.name.value === 'provides') yield { code: 'RECEIVE_PROVIDES', at: field, start: namedTypeOf(field.type), directive }
  }
}

/** The visited fields, and for one of an interface or union also the same field of everything that may stand there. */
function* expanded(input: CheckInput, visited: readonly Visited[]): Generator<Visited> {
  for (const { parent, field } of visited) {
    yield { parent, field }
    if (!input.typesNamed(parent).some(({ type }) => type.kind === 'INTERFACE')) continue
    const implementers = new Set(
      input.subgraphs.flatMap(({ types }) =>
        [...types.values()].filter((type) => type.interfaces.some(({ name }) => name === parent)).map(({ name }) => name),
      ),
    )
    for (const name of implementers) yield { parent: name, field }
  }
}

interface Received {
  readonly coordinate: string
  readonly owner: string
}

/** What a party gets by a selection and does not own; plain ids are references, not values. */
function receivedBy(input: CheckInput, party: string, visited: readonly Visited[]): Received[] {
  const received = new Map<string, Received>()
  for (const { parent, field } of expanded(input, visited)) {
    const owner = input.ownerOfField(parent, field, party)
    const coordinate = `${parent}.${field}`
    if (owner === undefined || owner === COMMONS || owner === party || isPlainId(input, parent, field)) continue
    received.set(coordinate, { coordinate, owner })
  }
  return [...received.values()]
}

/** For each computed field of the hub, the fields it is computed from, with those who own them. */
function ingredients(input: CheckInput): Map<string, { readonly party: string; readonly from: readonly Visited[] }> {
  const all = new Map<string, { party: string; from: Visited[] }>()
  for (const subgraph of input.subgraphs) {
    for (const { code, at, start, directive } of fieldSetsOf(subgraph)) {
      if (code !== 'RECEIVE_REQUIRES') continue
      const from = visitedBy(directive, start, input.targetOf) ?? []
      all.set(at.coordinate, { party: subgraph.party, from: [...(all.get(at.coordinate)?.from ?? []), ...from] })
    }
  }
  return all
}

/** What flows in behind a received field: the fields it is computed from, those behind them, and so on, with the way they come. */
function* chainBehind(
  input: CheckInput,
  party: string,
  first: Received,
  computed: ReturnType<typeof ingredients>,
): Generator<Received & { path: string }> {
  const seen = new Set([first.coordinate])
  const open = [{ coordinate: first.coordinate, path: first.coordinate }]
  for (let next = open.pop(); next; next = open.pop()) {
    for (const item of receivedBy(input, party, computed.get(next.coordinate)?.from ?? [])) {
      if (seen.has(item.coordinate)) continue
      seen.add(item.coordinate)
      const path = `${next.path} ← ${item.coordinate}`
      yield { ...item, path }
      open.push({ coordinate: item.coordinate, path })
    }
  }
}

/**
 * Values of another reach a party by @requires, by keys beyond the plain id, by @provides, and through fields that are computed from
 * them; each needs a grant that names the field. Contextual arguments are refused: their way cannot be told from the schema.
 */
export function* checkReceiving(input: CheckInput): Generator<Breach> {
  const computed = ingredients(input)
  for (const subgraph of input.subgraphs) {
    const { party } = subgraph
    const told = new Set<string>()
    const ask = (code: RuleCode, at: Element, { coordinate, owner }: Received, detail: string): Iterable<Breach> => {
      if (told.has(`${at.coordinate} ${coordinate}`)) return []
      told.add(`${at.coordinate} ${coordinate}`)
      const subject = { coordinate, owner, detail, ask: { kind: 'receive', coordinate } as const }
      return unlessGranted(input, breachAt(code, subgraph, at, subject))
    }
    for (const { code, at, start, directive } of fieldSetsOf(subgraph)) {
      const visited = visitedBy(directive, start, input.targetOf)
      if (visited === undefined) {
        yield breachAt('SELECTION_UNREADABLE', subgraph, at, {
          coordinate: at.coordinate,
          owner: party,
          detail: `@${directive.name.value}`,
        })
        continue
      }
      for (const item of receivedBy(input, party, visited)) {
        yield* ask(code, at, item, at.coordinate)
        for (const { path, ...behind } of chainBehind(input, party, item, computed)) yield* ask('RECEIVE_CHAIN', at, behind, path)
      }
    }
    yield* contexts(subgraph)
  }
}

function* contexts(subgraph: SubgraphFacts): Generator<Breach> {
  for (const element of elementsOf(subgraph)) {
    if (!carries(element, 'context') && !carries(element, 'fromContext')) continue
    yield breachAt('RECEIVE_CONTEXT', subgraph, element, { coordinate: element.coordinate, owner: subgraph.party })
  }
}
