import {
  Kind,
  print,
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type InlineFragmentNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

import type { PlanInput } from './plan-input.js'

/** A field as it is asked for on one concrete type: same-named selections merged. */
export interface AskedField {
  readonly key: string
  readonly name: string
  readonly args: readonly ArgumentNode[]
  /** Directives for whoever answers the field; conditions have been decided before. */
  readonly directives: readonly DirectiveNode[]
  /** Selections below; empty for leaves. */
  readonly sets: readonly SelectionSetNode[]
}

const NONE: readonly DirectiveNode[] = []

/** Directives of a field that is selected twice, each name once. */
const joined = (known: readonly DirectiveNode[], more: readonly DirectiveNode[] | undefined): readonly DirectiveNode[] => {
  if (more === undefined || more.length === 0) return known
  return [...known, ...more.filter(({ name }) => known.every((other) => other.name.value !== name.value))]
}

/** Fields that selections ask of objects of one type, fragments applied; in the order in which they first stand. */
export const gather = (
  sets: readonly SelectionSetNode[],
  typeName: string,
  { model, fragments, work }: Pick<PlanInput, 'model' | 'fragments' | 'work'>,
): AskedField[] => {
  const found = new Map<
    string,
    { name: string; args: readonly ArgumentNode[]; directives: readonly DirectiveNode[]; sets: SelectionSetNode[] }
  >()
  const applies = (condition: string | undefined): boolean =>
    condition === undefined || condition === typeName || model.possible(condition).includes(typeName)
  const visited = new Set<string>()
  const walk = (set: SelectionSetNode): void => {
    work.spend(set.selections.length)
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value
        const entry = found.get(key) ?? { name: selection.name.value, args: selection.arguments ?? [], directives: NONE, sets: [] }
        entry.directives = joined(entry.directives, selection.directives)
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

/** The type's name as a field; any object has it. */
export const TYPE_NAME_FIELD: AskedField = { key: '__typename', name: '__typename', args: [], directives: NONE, sets: [] }

/** A field of a call. */
export interface CalledField {
  readonly name: string
  readonly args: readonly ArgumentNode[]
  readonly directives: readonly DirectiveNode[]
  /** Its type in the graph that is called, as far as it decides whether two fields may share a key. */
  readonly shape: string
  readonly below: Selection | null
}

const TYPE_NAME = '__typename'

/** A field of a call as a node without arguments. */
export const fieldNode = (key: string, name: string, selectionSet: SelectionSetNode | undefined): FieldNode => ({
  kind: Kind.FIELD,
  alias: key === name ? undefined : { kind: Kind.NAME, value: key },
  name: { kind: Kind.NAME, value: name },
  selectionSet,
})

const addVariables = (value: ValueNode, into: Set<string>): void => {
  if (value.kind === Kind.VARIABLE) into.add(value.name.value)
  else if (value.kind === Kind.LIST) for (const item of value.values) addVariables(item, into)
  else if (value.kind === Kind.OBJECT) for (const field of value.fields) addVariables(field.value, into)
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
  add(
    key: string,
    { name, args, directives }: Omit<AskedField, 'key' | 'sets'>,
    shape: string,
    typeBelow: string | null,
  ): Selection | null {
    const known = this.fields.get(key)
    if (known) return known.below
    const below = typeBelow === null ? null : new Selection(typeBelow)
    this.fields.set(key, { name, args, directives, shape, below })
    return below
  }

  on(typeName: string): Selection {
    const known = this.fragments.get(typeName) ?? new Selection(typeName)
    this.fragments.set(typeName, known)
    return known
  }

  print(): string {
    let text = ''
    for (const [key, { name, args, directives, below }] of this.fields) {
      text += text === '' ? '{' : ' '
      text += key === name ? name : `${key}: ${name}`
      if (args.length > 0) text += `(${args.map(print).join(', ')})`
      for (const directive of directives) text += ` ${print(directive)}`
      if (below !== null) text += below.print()
    }
    for (const [typeName, selection] of this.fragments)
      if (!selection.isEmpty()) text += `${text === '' ? '{' : ' '}...on ${typeName}${selection.print()}`
    return text === '' ? '{__typename}' : `${text}}`
  }

  /** The same as nodes, without arguments: for whoever reads the answer. */
  toNodes(): SelectionSetNode {
    const selections: SelectionNode[] = []
    for (const [key, { name, below }] of this.fields) selections.push(fieldNode(key, name, below === null ? undefined : below.toNodes()))
    for (const [typeName, selection] of this.fragments) if (!selection.isEmpty()) selections.push(selection.asFragment(typeName))
    if (selections.length === 0) selections.push(fieldNode(TYPE_NAME, TYPE_NAME, undefined))
    // A copy has no room to grow, which would be kept for as long as the operation.
    return { kind: Kind.SELECTION_SET, selections: selections.slice() }
  }

  /** The same below a type condition. */
  asFragment(typeName: string): InlineFragmentNode {
    const typeCondition = { kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: typeName } }
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: this.toNodes() }
  }

  isEmpty(): boolean {
    return this.fields.size === 0 && [...this.fragments.values()].every((selection) => selection.isEmpty())
  }

  /** Names of the variables that the fields use. */
  variables(into: Set<string> = new Set()): Set<string> {
    for (const { args, directives, below } of this.fields.values()) {
      for (const { value } of args) addVariables(value, into)
      for (const directive of directives) for (const { value } of directive.arguments ?? []) addVariables(value, into)
      below?.variables(into)
    }
    for (const selection of this.fragments.values()) selection.variables(into)
    return into
  }
}
