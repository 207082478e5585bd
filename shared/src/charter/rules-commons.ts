import { print, visit } from 'graphql'
import type { ASTNode, DefinitionNode } from 'graphql'
import { finding } from './findings.js'
import type { Finding } from './findings.js'
import { COMMONS } from './ownership-index.js'
import type { CheckInput, OwnershipIndex } from './ownership-index.js'
import { containsFailure, namedTypeOf } from './sdl-facts.js'
import type { FieldFact, SubgraphFacts } from './sdl-facts.js'

const sortedByText = <T extends ASTNode>(nodes: readonly T[] | undefined): T[] | undefined =>
  nodes && [...nodes].sort((a, b) => (print(a) < print(b) ? -1 : 1))

/** A definition as text in which neither order nor descriptions matter. */
function shapeOf(definitions: readonly DefinitionNode[]): string {
  const plain = definitions.map((definition) =>
    visit(definition, {
      leave(node) {
        const parts = node as ASTNode & Readonly<Record<string, readonly ASTNode[] | undefined>>
        const lists = ['fields', 'values', 'types', 'interfaces', 'directives', 'arguments', 'locations'].filter((key) => parts[key])
        return { ...node, description: undefined, ...Object.fromEntries(lists.map((key) => [key, sortedByText(parts[key])])) } as ASTNode
      },
    }),
  )
  return plain.map((definition) => print(definition as ASTNode)).join('\n')
}

/** Where two definitions of one type first differ: `Type.member`, or the type itself. */
function firstDifference(name: string, a: readonly DefinitionNode[], b: readonly DefinitionNode[]): string {
  const membersOf = (definitions: readonly DefinitionNode[]) => {
    const members = definitions.flatMap((definition) => {
      const { fields = [], values = [] } = definition as { fields?: readonly ASTNode[]; values?: readonly ASTNode[] }
      return [...fields, ...values] as (ASTNode & { name: { value: string } })[]
    })
    return new Map(members.map((member) => [member.name.value, shapeOf([member as unknown as DefinitionNode])]))
  }
  const [left, right] = [membersOf(a), membersOf(b)]
  const differing = [...new Set([...left.keys(), ...right.keys()])].find((member) => left.get(member) !== right.get(member))
  return differing ? `${name}.${differing}` : name
}

/** Elements of the commons are the same wherever they are defined, and a directive is either of the commons or of federation. */
export function checkCommons({ ownership, subgraphs }: CheckInput): Finding[] {
  const findings: Finding[] = []
  const first = new Map<string, { subgraph: string; shape: string; definitions: readonly DefinitionNode[] }>()
  const compare = (name: string, definitions: readonly DefinitionNode[], subgraph: SubgraphFacts, line: number) => {
    const shape = shapeOf(definitions)
    const known = first.get(name)
    if (!known) first.set(name, { subgraph: subgraph.name, shape, definitions })
    else if (known.shape !== shape) {
      const coordinate = firstDifference(name, known.definitions, definitions)
      const offender = { subgraph: subgraph.name, file: subgraph.file, line }
      findings.push(finding('COMMONS_DIFFER', { coordinate, owner: COMMONS, offender }, known.subgraph))
    }
  }
  for (const subgraph of subgraphs) {
    for (const type of subgraph.types.values()) {
      if (ownership.ownerOfType(type.name) === COMMONS) compare(type.name, type.definitions, subgraph, type.line)
    }
    for (const [name, { line, definition }] of subgraph.directives) {
      const offender = { subgraph: subgraph.name, file: subgraph.file, line }
      if (ownership.charter.commons.directives.has(name)) compare(`@${name}`, [definition], subgraph, line)
      else findings.push(finding('DIRECTIVE_UNOWNED', { coordinate: `@${name}`, owner: undefined, offender }))
    }
  }
  return findings
}

/** Whether a value of the type may be another party's: its object, or an interface or union that can hold one. */
function mayBeForeign(name: string, subgraph: SubgraphFacts, ownership: OwnershipIndex): boolean {
  const type = subgraph.types.get(name)
  const owner = ownership.ownerOfType(name)
  // What nobody owns is a finding of its own; calling it foreign as well would only be noise.
  if (type?.kind === 'OBJECT') return owner !== undefined && owner !== subgraph.name && owner !== COMMONS
  if (type?.kind === 'UNION') return type.members.some((member) => mayBeForeign(member, subgraph, ownership))
  if (type?.kind !== 'INTERFACE') return false
  return [...subgraph.types.values()].some(
    (candidate) =>
      candidate.kind === 'OBJECT' && implementsInterface(candidate.definitions, name) && mayBeForeign(candidate.name, subgraph, ownership),
  )
}

const implementsInterface = (definitions: readonly DefinitionNode[], name: string): boolean =>
  definitions.some((definition) =>
    (definition as { interfaces?: readonly { name: { value: string } }[] }).interfaces?.some((item) => item.name.value === name),
  )

/** A field that leads to what another owns can fail without erasing what is ours. */
export function checkNullability({ ownership, subgraphs }: CheckInput): Finding[] {
  return subgraphs.flatMap((subgraph) => {
    const check = (parent: string, fields: readonly FieldFact[]) =>
      fields
        .filter((field) => mayBeForeign(namedTypeOf(field.type), subgraph, ownership) && !containsFailure(field.type))
        .map((field) => {
          const target = namedTypeOf(field.type)
          const offender = { subgraph: subgraph.name, file: subgraph.file, line: field.line }
          return finding('REFERENCE_NOT_NULLABLE', { coordinate: `${parent}.${field.name}`, owner: subgraph.name, offender }, target)
        })
    const own = [...subgraph.types.values()].filter((type) => ownership.ownerOfType(type.name) === subgraph.name)
    return [
      ...own.flatMap((type) => check(type.name, type.fields)),
      ...(['Query', 'Mutation', 'Subscription'] as const).flatMap((root) => check(root, subgraph.roots[root])),
    ]
  })
}
