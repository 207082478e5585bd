import { Kind, parse } from 'graphql'
import type { ConstDirectiveNode, SelectionSetNode } from 'graphql'

/** A field that a selection visits: the type it is selected on, and its name. */
export interface Visited {
  readonly parent: string
  readonly field: string
}

/** Name of the type a field leads to, or undefined when no schema at hand defines it. */
export type FieldTypes = (parent: string, field: string) => string | undefined

/**
 * The fields a `fields:` argument selects, nested ones under the type they stand on, inline fragments under theirs.
 *
 * Undefined when the text cannot be read as a selection or leaves the known types: the check refuses what it cannot follow.
 */
export function visitedBy(directive: ConstDirectiveNode, start: string, typeOf: FieldTypes): readonly Visited[] | undefined {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value
  if (value?.kind !== Kind.STRING) return undefined
  const selection = selectionOf(value.value)
  return selection && walk(selection, start, typeOf)
}

function selectionOf(text: string): SelectionSetNode | undefined {
  try {
    const [definition, ...others] = parse(`{${text}\n}`, { noLocation: true }).definitions
    // A text with braces of its own could close the selection and go on with something else.
    return others.length === 0 && definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet : undefined
  } catch {
    return undefined
  }
}

function walk(selection: SelectionSetNode, parent: string, typeOf: FieldTypes): Visited[] | undefined {
  const visited: Visited[] = []
  for (const node of selection.selections) {
    let nested: Visited[] | undefined
    if (node.kind === Kind.FIELD) {
      if (node.name.value === '__typename') continue
      visited.push({ parent, field: node.name.value })
      if (!node.selectionSet) continue
      const target = typeOf(parent, node.name.value)
      nested = target === undefined ? undefined : walk(node.selectionSet, target, typeOf)
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      nested = walk(node.selectionSet, node.typeCondition?.name.value ?? parent, typeOf)
    }
    if (nested === undefined) return undefined
    visited.push(...nested)
  }
  return visited
}

/** Names of the fields a `fields:` argument selects on its own type; none when it cannot be read. */
export function topLevelFields(directive: ConstDirectiveNode): readonly string[] {
  const value = directive.arguments?.find(({ name }) => name.value === 'fields')?.value
  const selection = value?.kind === Kind.STRING ? selectionOf(value.value) : undefined
  return (selection?.selections ?? []).flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []))
}
