import { ACCESS_DIRECTIVES, MARKING_DIRECTIVES } from '../facts/known-directives.js'
import { argumentOf, carries, elementsOf } from '../facts/model.js'
import type { Element, SubgraphFacts } from '../facts/model.js'
import { COMMONS, keyNames } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'
import { breachAt, unlessGranted } from './breach.js'
import type { Breach } from './breach.js'
import { directiveText, ownerOfElement } from './standing.js'

/** What each subgraph says about the elements of the commons: `coordinate @directive(…)` → number of subgraphs. */
function commonSayings(input: CheckInput): (element: Element, text: string) => boolean {
  const counts = new Map<string, number>()
  const isOfCommons = (coordinate: string): boolean => input.ownerOfType(coordinate.split(/[.(]/)[0] ?? '') === COMMONS
  for (const subgraph of input.subgraphs) {
    for (const element of elementsOf(subgraph)) {
      if (element.directives.length === 0 || !isOfCommons(element.coordinate)) continue
      for (const text of new Set(element.directives.map(directiveText))) {
        const key = `${element.coordinate} ${text}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  }
  return ({ coordinate }, text) => {
    const definers = input.typesNamed(coordinate.split(/[.(]/)[0] ?? '').length
    return definers > 1 && counts.get(`${coordinate} ${text}`) === definers
  }
}

/** Whether hiding the element would take away what everybody stands on: roots, the commons, keys. */
function isSharedElement(input: CheckInput, element: Element, owner: string): boolean {
  if (owner === COMMONS) return true
  const [typeName = '', member] = element.coordinate.split(/[.(]/)
  if (member === undefined || element.kind !== 'FIELD_DEFINITION') return false
  return input.typesNamed(typeName).some(({ type }) => keyNames(type).has(member)) || carries(element, 'shareable')
}

/**
 * What a subgraph says about elements that are not its own: hides them, locks them, marks them, describes them, answers them in the
 * owner's stead. Said alike by all that define it, a word about the commons is agreed; hiding them never is.
 */
export function* checkElements(input: CheckInput): Generator<Breach> {
  const isAgreed = commonSayings(input)
  const commonDirectives = input.charter.commons.directives
  for (const subgraph of input.subgraphs) {
    for (const element of elementsOf(subgraph)) {
      if (element.directives.length === 0 && !element.hasDescription) continue
      const owner = ownerOfElement(input, subgraph, element)
      const { coordinate } = element
      if (owner === subgraph.party) {
        if (element.kind === 'INTERFACE' || isOfInterface(subgraph, element)) yield* locksOnAbstract(subgraph, element)
        yield* inheritedLocks(input, subgraph, element)
        continue
      }
      if (owner === undefined) continue
      const subject = { coordinate, owner }
      const told = new Set<string>()
      for (const directive of element.directives) {
        const name = directive.name.value
        const detail = `@${name}`
        if (told.has(name) && name !== 'composeDirective') continue
        // A mutation of another is taken or overridden; under which act is not a second matter.
        if (name === 'act' && coordinate.startsWith('Mutation.')) continue
        told.add(name)
        if (name === 'inaccessible') {
          const ask = { kind: 'hide', coordinate } as const
          if (isSharedElement(input, element, owner)) yield breachAt('HIDE_SHARED', subgraph, element, subject)
          else yield* unlessGranted(input, breachAt('HIDE_NOT_GRANTED', subgraph, element, { ...subject, ask }))
        } else if (name === 'override') {
          const ask = { kind: 'override', coordinate } as const
          const from = argumentOf(element, 'override', 'from') ?? owner
          yield* unlessGranted(input, breachAt('OVERRIDE_NOT_GRANTED', subgraph, element, { ...subject, detail: from, ask }))
        } else if (name === 'composeDirective') {
          const composed = composedName(directive)
          if (composed === undefined || !commonDirectives.has(composed)) {
            yield breachAt('COMPOSE_FOREIGN', subgraph, element, { ...subject, detail: `@${composed ?? '?'}` })
          }
        } else if (isAgreed(element, directiveText(directive))) {
          continue
        } else if (ACCESS_DIRECTIVES.has(name)) {
          yield breachAt(owner === COMMONS ? 'LOCK_SHARED' : 'LOCK_FOREIGN', subgraph, element, { ...subject, detail })
        } else if (MARKING_DIRECTIVES.has(name) || (commonDirectives.has(name) && (name !== 'owner' || owner === COMMONS))) {
          yield breachAt('MARK_FOREIGN', subgraph, element, { ...subject, detail })
        }
      }
      // Words about the commons may differ: which of them is heard changes nothing.
      const isOfAll = owner === COMMONS && element.kind !== 'SCHEMA' && input.ownerOfType(coordinate.split(/[.(]/)[0] ?? '') === COMMONS
      const isDefinition = coordinate.startsWith('@')
      if (element.hasDescription && !isOfAll && !isDefinition) yield breachAt('DESCRIPTION_FOREIGN', subgraph, element, subject)
    }
  }
}

function composedName(directive: Element['directives'][number]): string | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === 'name')?.value
  return value?.kind === 'StringValue' ? value.value.replace(/^@/, '') : undefined
}

const isOfInterface = (subgraph: SubgraphFacts, { kind, coordinate }: Element): boolean =>
  kind === 'FIELD_DEFINITION' && subgraph.types.get(coordinate.split('.')[0] ?? '')?.kind === 'INTERFACE'

/** Access said on an interface does not reach every way to the implementers: it belongs on concrete types. */
function* locksOnAbstract(subgraph: SubgraphFacts, element: Element): Generator<Breach> {
  for (const { name } of element.directives) {
    if (!ACCESS_DIRECTIVES.has(name.value)) continue
    const subject = { coordinate: element.coordinate, owner: subgraph.party, detail: `@${name.value}` }
    yield breachAt('LOCK_ABSTRACT', subgraph, element, subject)
    return
  }
}

/** Composers carry access from a type, or a field, to the interfaces it implements: a lock at home locks there as well. */
function* inheritedLocks(input: CheckInput, subgraph: SubgraphFacts, element: Element): Generator<Breach> {
  const lock = element.directives.find(({ name }) => ACCESS_DIRECTIVES.has(name.value))
  const [typeName = '', member] = element.coordinate.split('.')
  if (!lock || (element.kind !== 'OBJECT' && element.kind !== 'FIELD_DEFINITION')) return
  const implemented = new Set(input.typesNamed(typeName).flatMap(({ type }) => type.interfaces.map(({ name }) => name)))
  for (const name of implemented) {
    const owner = input.ownerOfType(name)
    if (owner === undefined || owner === subgraph.party) continue
    if (member !== undefined && input.definersOf(name, member).length === 0) continue
    const coordinate = member === undefined ? name : `${name}.${member}`
    const detail = `@${lock.name.value} (${element.coordinate})`
    yield breachAt('LOCK_INHERITED', subgraph, element, { coordinate, owner, detail })
  }
}
