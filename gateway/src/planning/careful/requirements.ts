import { Kind, print, type FieldNode, type SelectionSetNode } from 'graphql'

import type { RequiresSelection } from '../plan-nodes.js'
import { PlanForbidden, PlanImpossible } from './plan-impossible.js'
import type { PlanInput } from './plan-input.js'
import type { AskedField } from './selection.js'

const TYPE_NAME = '__typename'

/**
 * Fields that keys and requirements add to a plan: what is asked for them, and how representations carry them.
 *
 * One per plan: a field with arguments gets a private key per set of arguments, so that two requirements of one field never meet.
 */
export class Requirements {
  private readonly renamed = new Map<string, string>()

  constructor(private readonly input: PlanInput) {}

  /** The key under which a required field stands in the data: its name, or a private one where arguments can differ. */
  key(typeName: string, node: FieldNode): string {
    const name = node.name.value
    if (!this.input.model.takesArguments(typeName, name)) return name
    const text = `${name}(${(node.arguments ?? []).map(print).join(', ')})`
    const known = this.renamed.get(text) ?? `_r${this.renamed.size}_${name}`
    this.renamed.set(text, known)
    return known
  }

  /** A field of a key or requirement as a selection, its keys made private where needed. */
  field(typeName: string, node: FieldNode): AskedField {
    if (this.input.isDenied(typeName, node.name.value)) throw new PlanForbidden(`${typeName}.${node.name.value}`)
    return {
      key: this.key(typeName, node),
      name: node.name.value,
      args: node.arguments ?? [],
      directives: [],
      sets: node.selectionSet ? [this.set(this.typeBelow(typeName, node.name.value), node.selectionSet)] : [],
    }
  }

  private set(typeName: string, set: SelectionSetNode): SelectionSetNode {
    return {
      ...set,
      selections: set.selections.map((selection) => {
        if (selection.kind === Kind.INLINE_FRAGMENT)
          return { ...selection, selectionSet: this.set(selection.typeCondition?.name.value ?? typeName, selection.selectionSet) }
        if (selection.kind !== Kind.FIELD) return selection
        const field = this.field(typeName, selection)
        return {
          ...selection,
          alias: field.key === field.name ? undefined : { kind: Kind.NAME as const, value: field.key },
          selectionSet: field.sets[0],
        }
      }),
    }
  }

  representation(typeName: string, node: FieldNode): RequiresSelection {
    const key = this.key(typeName, node)
    const base = { kind: 'Field' as const, name: key, ...(key === node.name.value ? {} : { alias: node.name.value }) }
    if (node.selectionSet === undefined) return base
    return { ...base, selections: this.representations(this.typeBelow(typeName, node.name.value), node.selectionSet) }
  }

  private representations(typeName: string, set: SelectionSetNode): RequiresSelection[] {
    const isAbstract = this.input.model.kindOf(typeName) === 'abstract'
    const inner = set.selections.flatMap((selection): RequiresSelection[] => {
      if (selection.kind === Kind.FIELD) return selection.name.value === TYPE_NAME ? [] : [this.representation(typeName, selection)]
      if (selection.kind !== Kind.INLINE_FRAGMENT) return []
      const condition = selection.typeCondition?.name.value ?? typeName
      return [
        {
          kind: 'InlineFragment',
          typeCondition: condition,
          selections: this.representations(condition, selection.selectionSet).filter(
            ({ kind, ...rest }) => kind !== 'Field' || (rest as { name?: string }).name !== TYPE_NAME,
          ),
        },
      ]
    })
    // The receiver of an interface or union must know which type it gets.
    return isAbstract || inner.some(({ kind }) => kind === 'InlineFragment') ? [{ kind: 'Field', name: TYPE_NAME }, ...inner] : inner
  }

  private typeBelow(typeName: string, name: string): string {
    for (const { field } of this.input.reach.answerers(typeName, name)) return field.typeName
    for (const graph of this.input.model.services.keys()) {
      const field = this.input.model.at(graph, typeName)?.fields.get(name)
      if (field) return field.typeName
    }
    throw new PlanImpossible(`${typeName}.${name}`)
  }
}
