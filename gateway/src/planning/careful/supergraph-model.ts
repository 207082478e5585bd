import {
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql'

/** One field as one graph has it. */
export interface GraphField {
  /** Named type of the field in this graph. */
  readonly typeName: string
  /** The type as its graph writes it, with lists and `!`. */
  readonly shape: string
  readonly isList: boolean
  readonly isExternal: boolean
  readonly requires: SelectionSetNode | null
  readonly provides: SelectionSetNode | null
}

/** One type as one graph has it. */
export interface GraphType {
  readonly fields: Map<string, GraphField>
  /** Keys by which the graph finds entities of the type; unresolvable ones are left out. */
  readonly keys: SelectionSetNode[]
  readonly keyFields: Set<string>
  isInterfaceObject: boolean
  /** Concrete types that can stand behind an interface or union in this graph. */
  readonly possible: Set<string>
}

/** A supergraph as planning asks about it: who answers which field, by which keys. */
export interface SupergraphModel {
  /** Names of the graphs as calls use them, by their names in the supergraph. */
  readonly services: ReadonlyMap<string, string>
  /** A type in one graph; undefined where the graph does not know it. */
  at(graph: string, typeName: string): GraphType | undefined
  /** `abstract`: interface or union; `leaf`: scalar or enum. */
  kindOf(typeName: string): 'object' | 'abstract' | 'leaf'
  /** Concrete types of an interface or union over all graphs; an object type gives itself. */
  possible(typeName: string): readonly string[]
  interfacesOf(typeName: string): readonly string[]
  /** Whether a field takes arguments, so that the same name may hold different values. */
  takesArguments(typeName: string, field: string): boolean
}

const directives = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, name: string): ConstDirectiveNode[] =>
  (node.directives ?? []).filter((directive) => directive.name.value === name)

const text = (directive: ConstDirectiveNode, name: string): string | undefined => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value !== undefined && (value.kind === Kind.STRING || value.kind === Kind.ENUM) ? value.value : undefined
}

const flag = (directive: ConstDirectiveNode, name: string): boolean | undefined => {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value
  return value?.kind === Kind.BOOLEAN ? value.value : undefined
}

/** Reads a field set as `@key`, `@requires` and `@provides` write it. */
const readFieldSet = (fields: string): SelectionSetNode => {
  const operation = parse(`{${fields}}`, { noLocation: true }).definitions[0]
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`no field set: ${fields}`)
  return operation.selectionSet
}

const fieldSet = (directive: ConstDirectiveNode, name: string): SelectionSetNode | null => {
  const fields = text(directive, name)
  return fields === undefined || fields.trim() === '' ? null : readFieldSet(fields)
}

/**
 * Whether a graph answers a field that moves gradually. The old owner answers until the new one has it all (`percent(100)`, or no
 * label): the hub draws no lots for single requests, and other labels belong to others.
 */
const answersNow = (join: ConstDirectiveNode): boolean => {
  const label = text(join, 'overrideLabel')
  if (label === undefined) return true
  const hasMoved = Number(/^percent\((\d+(?:\.\d+)?)\)$/.exec(label)?.[1] ?? 0) >= 100
  return hasMoved === (text(join, 'override') !== undefined)
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type))
const namedTypeText = (type: string): string => type.replace(/[[\]!\s]/g, '')

/**
 * Reads a supergraph SDL (join 0.1 to 0.5) once per release; each question afterwards is a lookup. Cost: one parse.
 */
export const readSupergraph = (supergraphSdl: string): SupergraphModel => {
  const services = new Map<string, string>()
  const types = new Map<string, Map<string, GraphType>>()
  const kinds = new Map<string, 'object' | 'abstract' | 'leaf'>()
  const possible = new Map<string, Set<string>>()
  const interfaces = new Map<string, string[]>()
  const withArguments = new Set<string>()

  const addField = (typeName: string, field: FieldDefinitionNode): void => {
    if ((field.arguments ?? []).length > 0) withArguments.add(`${typeName}.${field.name.value}`)
    const here = types.get(typeName) ?? new Map<string, GraphType>()
    const joined = directives(field, 'join__field')
    const plain: GraphField = {
      typeName: namedType(field.type),
      shape: print(field.type),
      isList: print(field.type).includes('['),
      isExternal: false,
      requires: null,
      provides: null,
    }
    if (joined.length === 0) for (const type of here.values()) type.fields.set(field.name.value, plain)
    for (const join of joined) {
      const graph = text(join, 'graph')
      const type = graph === undefined ? undefined : here.get(graph)
      if (type === undefined || flag(join, 'usedOverridden') === true || !answersNow(join)) continue
      const declared = text(join, 'type')
      type.fields.set(field.name.value, {
        typeName: declared === undefined ? plain.typeName : namedTypeText(declared),
        shape: declared ?? plain.shape,
        isList: declared === undefined ? plain.isList : declared.includes('['),
        isExternal: flag(join, 'external') === true && !type.keyFields.has(field.name.value),
        requires: fieldSet(join, 'requires'),
        provides: fieldSet(join, 'provides'),
      })
    }
  }

  const addComposite = (definition: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): void => {
    const name = definition.name.value
    kinds.set(name, definition.kind === Kind.OBJECT_TYPE_DEFINITION ? 'object' : 'abstract')
    interfaces.set(
      name,
      (definition.interfaces ?? []).map((node) => node.name.value),
    )
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      for (const above of interfaces.get(name) ?? []) possible.set(above, (possible.get(above) ?? new Set()).add(name))
    for (const join of directives(definition, 'join__implements')) {
      const [graph, above] = [text(join, 'graph'), text(join, 'interface')]
      if (graph !== undefined && above !== undefined && definition.kind === Kind.OBJECT_TYPE_DEFINITION)
        inGraph(above, graph).possible.add(name)
    }
    for (const field of definition.fields ?? []) addField(name, field)
  }

  const inGraph = (typeName: string, graph: string): GraphType => {
    const byGraph = types.get(typeName) ?? new Map<string, GraphType>()
    types.set(typeName, byGraph)
    const known = byGraph.get(graph) ?? { fields: new Map(), keys: [], keyFields: new Set(), isInterfaceObject: false, possible: new Set() }
    byGraph.set(graph, known)
    return known
  }

  const document = parse(supergraphSdl, { noLocation: true })
  for (const definition of document.definitions) {
    if (!('directives' in definition) || !('name' in definition) || definition.name === undefined) continue
    const name = definition.name.value
    if (name === 'join__Graph' && definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const value of definition.values ?? [])
        for (const join of directives(value, 'join__graph')) services.set(value.name.value, text(join, 'name') ?? value.name.value)
      continue
    }
    for (const join of directives(definition as ObjectTypeDefinitionNode, 'join__type')) {
      const graph = text(join, 'graph')
      if (graph === undefined) continue
      const type = inGraph(name, graph)
      if (flag(join, 'isInterfaceObject') === true) type.isInterfaceObject = true
      const key = fieldSet(join, 'key')
      if (key === null) continue
      for (const selection of key.selections) if (selection.kind === Kind.FIELD) type.keyFields.add(selection.name.value)
      if (flag(join, 'resolvable') !== false) type.keys.push(key)
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) addComposite(definition)
    if (definition.kind !== Kind.UNION_TYPE_DEFINITION) continue
    const name = definition.name.value
    kinds.set(name, 'abstract')
    possible.set(name, new Set((definition.types ?? []).map((node) => node.name.value)))
    const joined = directives(definition, 'join__unionMember')
    for (const join of joined) inGraph(name, text(join, 'graph') ?? '').possible.add(text(join, 'member') ?? '')
    if (joined.length === 0)
      for (const type of types.get(name)?.values() ?? []) for (const member of possible.get(name) ?? []) type.possible.add(member)
  }
  return {
    services,
    at: (graph, typeName) => types.get(typeName)?.get(graph),
    kindOf: (typeName) => kinds.get(typeName) ?? 'leaf',
    possible: (typeName) => (kinds.get(typeName) === 'abstract' ? [...(possible.get(typeName) ?? [])] : [typeName]),
    interfacesOf: (typeName) => interfaces.get(typeName) ?? [],
    takesArguments: (typeName, field) => withArguments.has(`${typeName}.${field}`),
  }
}
