import { Kind, print, visit, type ArgumentNode, type SelectionSetNode } from 'graphql'

import type { PlanInput } from './plan-input.js'

/** A field as it is asked for on one concrete type: same-named selections merged. */
export interface AskedField {
  readonly key: string
  readonly name: string
  readonly args: readonly ArgumentNode[]
  /** Selections below; empty for leaves. */
  readonly sets: readonly SelectionSetNode[]
}

/** Fields that selections ask of objects of one type, fragments applied; in the order in which they first stand. */
export const gather = (
  sets: readonly SelectionSetNode[],
  typeName: string,
  { model, fragments, work }: Pick<PlanInput, 'model' | 'fragments' | 'work'>,
): AskedField[] => {
  const found = new Map<string, { name: string; args: readonly ArgumentNode[]; sets: SelectionSetNode[] }>()
  const applies = (condition: string | undefined): boolean =>
    condition === undefined || condition === typeName || model.possible(condition).includes(typeName)
  const visited = new Set<string>()
  const walk = (set: SelectionSetNode): void => {
    work.spend(set.selections.length)
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const entry = found.get(key) ?? { name: selection.name.value, args: selection.arguments ?? [], sets: [] }
        if (selection.selectionSet) entry.sets.push(selection.selectionSet)
        found.set(key, entry)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection.typeCondition?.name.value)) walk(selection.selectionSet)
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment && applies(fragment.typeCondition.name.value)) walk(fragment.selectionSet)
      }
    }
  }
  sets.forEach(walk)
  return [...found].map(([key, entry]) => ({ key, ...entry }))
}

/** A field of a call. */
export interface CalledField {
  readonly name: string
  readonly args: readonly ArgumentNode[]
  /** Its type in the graph that is called, as far as it decides whether two fields may share a key. */
  readonly shape: string
  readonly below: Selection | null
}

/** What one call asks at one place; grows while the plan is made, and is printed at its end. */
export class Selection {
  fields = new Map<string, CalledField>()
  readonly fragments = new Map<string, Selection>()
  /** Type of the place in the graph that is called. */
  readonly typeName: string

  constructor(typeName: string) {
    this.typeName = typeName
  }

  /** Adds a field once; gives the selection below it, null for a leaf. */
  add(key: string, name: string, args: readonly ArgumentNode[], shape: string, typeBelow: string | null): Selection | null {
    const known = this.fields.get(key)
    if (known) return known.below
    const below = typeBelow === null ? null : new Selection(typeBelow)
    this.fields.set(key, { name, args, shape, below })
    return below
  }

  on(typeName: string): Selection {
    const known = this.fragments.get(typeName) ?? new Selection(typeName)
    this.fragments.set(typeName, known)
    return known
  }

  print(): string {
    const parts = [...this.fields].map(([key, { name, args, below }]) => {
      const given = args.length > 0 ? `(${args.map(print).join(', ')})` : ''
      return `${key === name ? '' : `${key}: `}${name}${given}${below === null ? '' : below.print()}`
    })
    for (const [typeName, selection] of this.fragments) if (!selection.isEmpty()) parts.push(`...on ${typeName}${selection.print()}`)
    return `{${parts.length > 0 ? parts.join(' ') : '__typename'}}`
  }

  isEmpty(): boolean {
    return this.fields.size === 0 && [...this.fragments.values()].every((selection) => selection.isEmpty())
  }

  /** Names of the variables that the fields use. */
  variables(into: Set<string> = new Set()): Set<string> {
    for (const { args, below } of this.fields.values()) {
      for (const argument of args) visit(argument, { Variable: (node) => void into.add(node.name.value) })
      below?.variables(into)
    }
    for (const selection of this.fragments.values()) selection.variables(into)
    return into
  }
}
