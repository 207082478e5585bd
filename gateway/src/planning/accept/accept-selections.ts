import {
  doTypesOverlap,
  getNamedType,
  GraphQLBoolean,
  GraphQLIncludeDirective,
  GraphQLNonNull,
  GraphQLSkipDirective,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  Kind,
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

import { areSameValues, isCertainValue, type DeclaredVariables } from './accept-values.js'

/** Selections looked at in one document, each fragment counted wherever it stands. */
const MAX_STEPS = 4000
const NECESSARY = new GraphQLNonNull(GraphQLBoolean)

/** Selections that an answer merges, with the type whose fields they name. */
interface Part {
  readonly parent: GraphQLCompositeType
  readonly set: SelectionSetNode
}

/** A field of a scope; those of the same key are compared with each other. */
interface Found {
  readonly parent: GraphQLCompositeType
  readonly node: FieldNode
  /** Null for `__typename`. */
  readonly type: GraphQLOutputType | null
}

const NOTHING: readonly ArgumentNode[] = []

const composites = new WeakMap<GraphQLField<unknown, unknown>, GraphQLCompositeType | { readonly isLeaf: true }>()
const LEAF = { isLeaf: true } as const

/** The type below a field; null for a leaf. Remembered, since graphql-js asks half a dozen questions each time. */
const compositeOf = (field: GraphQLField<unknown, unknown>): GraphQLCompositeType | null => {
  let known = composites.get(field)
  if (known === undefined) {
    const type = getNamedType(field.type)
    composites.set(field, (known = isCompositeType(type) ? type : LEAF))
  }
  return 'isLeaf' in known ? null : known
}

/** Whether values of two types have one form; of objects the fields below are compared further. */
const isSameType = (a: GraphQLOutputType, b: GraphQLOutputType): boolean => {
  if (a === b) return true
  if (isNonNullType(a)) return isNonNullType(b) && isSameType(a.ofType as GraphQLOutputType, b.ofType as GraphQLOutputType)
  if (isListType(a)) return isListType(b) && isSameType(a.ofType as GraphQLOutputType, b.ofType as GraphQLOutputType)
  return isCompositeType(a) && isCompositeType(b)
}

/** Whether two fields may certainly share a key. Only what stands on two object types may differ in name and arguments. */
const mayShareKey = (a: Found, b: Found): boolean => {
  if (a.type === null || b.type === null) return a.type === b.type
  if (!isSameType(a.type, b.type)) return false
  const isExclusive = a.parent !== b.parent && isObjectType(a.parent) && isObjectType(b.parent)
  if (isExclusive) return true
  if (a.node.name.value !== b.node.name.value) return false
  const left = a.node.arguments ?? NOTHING
  const right = b.node.arguments ?? NOTHING
  return (
    left.length === right.length &&
    left.every(({ name, value }, at) => {
      const other = right[at]
      return other !== undefined && other.name.value === name.value && areSameValues(value, other.value)
    })
  )
}

/** Accepts the selections of a document's operations; see `isCertainlyValid`. */
export class SelectionAcceptor {
  /** Names of the fragments that operations have reached. */
  readonly reached = new Set<string>()
  private variables: DeclaredVariables = null
  private steps = 0
  private readonly hasUsualConditions: boolean

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  ) {
    this.hasUsualConditions =
      schema.getDirective('skip') === GraphQLSkipDirective && schema.getDirective('include') === GraphQLIncludeDirective
  }

  /** Whether the selections of one operation are certainly valid with its variables, whose use it notes. */
  accepts(root: GraphQLCompositeType, set: SelectionSetNode, variables: DeclaredVariables): boolean {
    this.variables = variables
    return this.scope([{ parent: root, set }])
  }

  /** One place of the answer: everything that is selected there, fragments entered. */
  private scope(parts: readonly Part[]): boolean {
    const found = new Map<string, Found | Found[]>()
    const below = new Map<string, Part[]>()
    const entered = new Set<string>()
    for (const { parent, set } of parts) if (!this.set(parent, set, found, below, entered)) return false
    for (const inner of below.values()) if (!this.scope(inner)) return false
    return true
  }

  private set(
    parent: GraphQLCompositeType,
    set: SelectionSetNode,
    found: Map<string, Found | Found[]>,
    below: Map<string, Part[]>,
    entered: Set<string>,
  ): boolean {
    this.steps += set.selections.length
    if (this.steps > MAX_STEPS) return false
    for (const selection of set.selections) {
      if (selection.directives !== undefined && selection.directives.length > 0 && !this.directives(selection.directives)) return false
      if (selection.kind === Kind.FIELD) {
        if (!this.field(parent, selection, found, below)) return false
        continue
      }
      let fragment: { readonly selectionSet: SelectionSetNode; readonly typeCondition?: FragmentDefinitionNode['typeCondition'] }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value
        const named = this.fragments.get(name)
        if (named === undefined) return false
        fragment = named
        const type = this.condition(parent, named.typeCondition.name.value)
        if (type === null) return false
        // Once in a scope is enough: what would be compared is the same.
        if (entered.has(name)) continue
        entered.add(name)
        this.reached.add(name)
      } else fragment = selection
      const type = fragment.typeCondition === undefined ? parent : this.condition(parent, fragment.typeCondition.name.value)
      if (type === null || !this.set(type, fragment.selectionSet, found, below, entered)) return false
    }
    return true
  }

  /** The type of a condition, where objects of the type around it can have it. */
  private condition(parent: GraphQLCompositeType, name: string): GraphQLCompositeType | null {
    if (parent.name === name) return parent
    const type = this.schema.getType(name)
    return isCompositeType(type) && doTypesOverlap(this.schema, type, parent) ? type : null
  }

  private field(parent: GraphQLCompositeType, node: FieldNode, found: Map<string, Found | Found[]>, below: Map<string, Part[]>): boolean {
    const name = node.name.value
    const key = node.alias?.value ?? name
    if (name === '__typename') {
      if (node.selectionSet !== undefined || (node.arguments?.length ?? 0) > 0) return false
      return this.note(key, { parent, node, type: null }, found)
    }
    if (isUnionType(parent)) return false
    const fields = parent.getFields()
    // `__schema` and `__type` are not among the fields of a type, so that they are left to validation, too.
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined || !this.arguments(field, node.arguments ?? NOTHING)) return false
    const composite = compositeOf(field)
    if ((composite !== null) !== (node.selectionSet !== undefined)) return false
    if (!this.note(key, { parent, node, type: field.type }, found)) return false
    if (node.selectionSet !== undefined && composite !== null) {
      const part = { parent: composite, set: node.selectionSet }
      const known = below.get(key)
      if (known === undefined) below.set(key, [part])
      else known.push(part)
    }
    return true
  }

  private note(key: string, field: Found, found: Map<string, Found | Found[]>): boolean {
    const known = found.get(key)
    if (known === undefined) {
      found.set(key, field)
      return true
    }
    const others = Array.isArray(known) ? known : [known]
    this.steps += others.length
    if (!others.every((other) => mayShareKey(other, field))) return false
    found.set(key, [...others, field])
    return true
  }

  private arguments(field: GraphQLField<unknown, unknown>, given: readonly ArgumentNode[]): boolean {
    for (let at = 0; at < given.length; at++) {
      const { name, value } = given[at] as ArgumentNode
      const argument = field.args.find((candidate) => candidate.name === name.value)
      if (argument === undefined || given.findIndex((other) => other.name.value === name.value) !== at) return false
      if (!isCertainValue(this.schema, argument.type, value, this.variables, argument.defaultValue)) return false
    }
    for (const argument of field.args)
      if (isRequiredArgument(argument) && !given.some(({ name }) => name.value === argument.name)) return false
    return true
  }

  /** Only conditions, each once. */
  private directives(given: readonly DirectiveNode[]): boolean {
    if (!this.hasUsualConditions) return false
    return given.every(({ name, arguments: args }, at) => {
      if ((name.value !== 'skip' && name.value !== 'include') || given.findIndex((other) => other.name.value === name.value) !== at)
        return false
      const [condition] = args ?? NOTHING
      if (args?.length !== 1 || condition?.name.value !== 'if') return false
      return isCertainValue(this.schema, NECESSARY, condition.value, this.variables)
    })
  }
}
