import { carries } from '../facts/model.js'
import type { Element, SubgraphFacts, TypeFact } from '../facts/model.js'
import { COMMONS } from '../ownership-index.js'
import type { CheckInput } from '../ownership-index.js'

/**
 * How a type of another stands in a subgraph: as a reference to its entity, as an interface or union that the party enters, or as
 * something it simply takes. Only what is taken is a claim; the rest is judged member by member.
 */
export function standingOf(input: CheckInput, subgraph: SubgraphFacts, type: TypeFact): 'entity' | 'joined' | 'taken' {
  const { party } = subgraph
  const owner = input.ownerOfType(type.name) ?? ''
  if (type.kind === 'OBJECT') {
    // A type of external fields alone answers nothing: it is there to be named in a selection.
    const isMentioned = type.fields.length > 0 && type.fields.every(({ isExternal }) => isExternal)
    return carries(type, 'key') || carries(type, 'interfaceObject') || isMentioned ? 'entity' : 'taken'
  }
  const isAllowed = input.grants.stands({ kind: 'implement', owner, to: party, coordinate: type.name })
  if (type.kind === 'INTERFACE') {
    const entering = [...subgraph.types.values()].some(
      (other) => input.ownerOfType(other.name) === party && other.interfaces.some(({ name }) => name === type.name),
    )
    return entering || isAllowed ? 'joined' : 'taken'
  }
  if (type.kind === 'UNION') return isAllowed || newMembers(input, type).length > 0 ? 'joined' : 'taken'
  return 'taken'
}

/** Members of a union that its owner does not name. */
export function newMembers(input: CheckInput, type: TypeFact): TypeFact['members'] {
  const owner = input.ownerOfType(type.name)
  const named = new Set(
    input
      .typesNamed(type.name)
      .filter(({ subgraph }) => subgraph.party === owner)
      .flatMap((definer) => definer.type.members.map(({ name }) => name)),
  )
  return type.members.filter(({ name }) => !named.has(name))
}

/** Whether the type belongs to another party (not to the commons, not to nobody). */
export function isForeign(input: CheckInput, subgraph: SubgraphFacts, typeName: string): boolean {
  const owner = input.ownerOfType(typeName)
  return owner !== undefined && owner !== COMMONS && owner !== subgraph.party
}

/**
 * Owner of any element as this subgraph's party has to see it; undefined when nobody owns it or when the whole type is taken, which
 * is a finding of its own and would only be repeated at each member.
 */
export function ownerOfElement(input: CheckInput, subgraph: SubgraphFacts, { kind, coordinate }: Element): string | undefined {
  const [typeName = '', member] = coordinate.split(/[.(]/)
  if (kind === 'SCHEMA' || coordinate.startsWith('@')) return COMMONS
  if (typeName === 'Query' || typeName === 'Mutation' || typeName === 'Subscription') {
    return member === undefined ? COMMONS : input.ownerOfRootField(typeName, member)
  }
  const type = subgraph.types.get(typeName)
  if (type && isForeign(input, subgraph, typeName) && standingOf(input, subgraph, type) === 'taken') return undefined
  const isOfField = member !== undefined && (kind === 'FIELD_DEFINITION' || kind === 'ARGUMENT_DEFINITION')
  return isOfField ? input.ownerOfField(typeName, member, subgraph.party) : input.ownerOfType(typeName)
}

/** A directive as text, its arguments in the order of their names. */
export const directiveText = ({ name, arguments: given = [] }: Element['directives'][number]): string =>
  `@${name.value}(${given
    .map((argument) => `${argument.name.value}: ${JSON.stringify(argument.value, withoutPlaces)}`)
    .sort()
    .join(', ')})`

const withoutPlaces = (key: string, value: unknown): unknown => (key === 'loc' ? undefined : value)
