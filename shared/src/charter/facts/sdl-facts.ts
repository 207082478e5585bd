import { Kind, parse, print } from 'graphql'
import type { ConstDirectiveNode, DefinitionNode, DocumentNode, FieldDefinitionNode, InputValueDefinitionNode, NameNode } from 'graphql'
import { FEDERATION_ROOT_FIELDS } from './known-directives.js'
import type { ElementKind } from './known-directives.js'
import { readLinks } from './links.js'
import type { LinkTable } from './links.js'
import { placeOf } from './model.js'
import type { Doubt, Element, FieldFact, InputFact, MemberFact, RootType, SubgraphFacts, SubgraphSdl, TypeFact } from './model.js'

const kindOf: Partial<Record<Kind, ElementKind>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'OBJECT',
  [Kind.OBJECT_TYPE_EXTENSION]: 'OBJECT',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'INTERFACE',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'INTERFACE',
  [Kind.UNION_TYPE_DEFINITION]: 'UNION',
  [Kind.UNION_TYPE_EXTENSION]: 'UNION',
  [Kind.ENUM_TYPE_DEFINITION]: 'ENUM',
  [Kind.ENUM_TYPE_EXTENSION]: 'ENUM',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'INPUT_OBJECT',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'INPUT_OBJECT',
  [Kind.SCALAR_TYPE_DEFINITION]: 'SCALAR',
  [Kind.SCALAR_TYPE_EXTENSION]: 'SCALAR',
}
const OPERATION_ROOTS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const

interface AnyDefinition {
  readonly name: NameNode
  readonly description?: unknown
  readonly directives?: readonly ConstDirectiveNode[]
  readonly fields?: readonly (FieldDefinitionNode | InputValueDefinitionNode)[]
  readonly values?: readonly AnyDefinition[]
  readonly types?: readonly { readonly name: NameNode }[]
  readonly interfaces?: readonly { readonly name: NameNode }[]
}

class SdlReader {
  readonly links: LinkTable
  readonly doubts: Doubt[] = []
  readonly types = new Map<string, TypeFact>()
  readonly roots: Record<RootType, FieldFact[]> = { Query: [], Mutation: [], Subscription: [] }
  readonly shared: Element[] = []
  readonly directives = new Map<string, { readonly element: Element; readonly text: string }>()
  private readonly rootNames = new Map<string, RootType>([
    ['Query', 'Query'],
    ['Mutation', 'Mutation'],
    ['Subscription', 'Subscription'],
  ])

  constructor(document: DocumentNode) {
    this.links = readLinks(document)
    this.doubts.push(...this.links.doubts.map(({ node, what }) => ({ reason: 'link' as const, what, ...placeOf(node.name) })))
    for (const definition of document.definitions) this.readSchema(definition)
    for (const definition of document.definitions) this.readDefinition(definition)
  }

  private element(node: AnyDefinition, kind: ElementKind, coordinate: string): Element {
    return {
      kind,
      coordinate,
      ...placeOf(node.name),
      hasDescription: node.description !== undefined,
      directives: this.canonical(node.directives),
    }
  }

  private canonical(directives: readonly ConstDirectiveNode[] = []): ConstDirectiveNode[] {
    return directives.map((directive) => {
      const value = this.links.canonical(directive.name.value)
      return value === directive.name.value ? directive : { ...directive, name: { ...directive.name, value } }
    })
  }

  /** Roots first: a schema may name them after they are defined. */
  private readSchema(definition: DefinitionNode): void {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) return
    const place = { line: definition.loc?.startToken.line ?? 1, column: definition.loc?.startToken.column ?? 1 }
    const directives = this.canonical(definition.directives)
    const hasDescription = 'description' in definition && definition.description !== undefined
    this.shared.push({ kind: 'SCHEMA', coordinate: 'schema', ...place, hasDescription, directives })
    for (const { operation, type } of definition.operationTypes ?? []) {
      const [name, root] = [type.name.value, OPERATION_ROOTS[operation]]
      // Composers disagree on roots that an extension names; one that is named twice is nobody's to judge.
      const isDoubtful = name !== root && (definition.kind === Kind.SCHEMA_EXTENSION || this.rootNames.has(name))
      if (isDoubtful) this.doubts.push({ reason: 'construct', what: `${operation}: ${name}`, ...placeOf(type.name) })
      else this.rootNames.set(name, root)
    }
  }

  private readDefinition(definition: DefinitionNode): void {
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) return
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) {
      const name = this.links.canonical(definition.name.value)
      const element = { ...this.element(definition, 'SCHEMA', `@${name}`), directives: [] }
      const locations = definition.locations.map(({ value }) => value).sort()
      const inputs = this.inputsOf(definition.arguments, `@${name}`, 'ARGUMENT_DEFINITION')
      this.shared.push(...inputs.filter(({ directives }) => directives.length > 0))
      const text = `${inputs.map(shapeOfInput).sort().join(', ')} ${definition.repeatable ? 'repeatable ' : ''}on ${locations.join(' | ')}`
      this.directives.set(name, { element, text })
      return
    }
    const kind = kindOf[definition.kind]
    const place = { line: definition.loc?.startToken.line ?? 1, column: definition.loc?.startToken.column ?? 1 }
    if (!kind) return void this.doubts.push({ reason: 'construct', what: definition.kind, ...place })
    this.readType(definition as unknown as AnyDefinition, kind)
  }

  private readType(node: AnyDefinition, kind: ElementKind): void {
    const name = node.name.value
    const federationKind = this.links.federationType(name)
    if (federationKind !== undefined) {
      if (federationKind === kind && !node.directives?.length) return
      this.doubts.push({ reason: 'construct', what: name, ...placeOf(node.name) })
    }
    const root = this.rootNames.get(name)
    const element = this.element(node, kind, root ?? name)
    if (root && kind === 'OBJECT') {
      this.shared.push(element)
      const fields = this.fieldsOf(node, root, element).filter((field) => !FEDERATION_ROOT_FIELDS.has(field.name))
      this.roots[root].push(...fields)
      return
    }
    const before = this.types.get(name)
    if (before && before.kind !== kind) this.doubts.push({ reason: 'construct', what: name, ...placeOf(node.name) })
    const namesOf = (nodes: readonly { readonly name: NameNode }[] = []): MemberFact[] =>
      nodes.map((item) => ({ name: item.name.value, ...placeOf(item.name) }))
    const inputs = kind === 'INPUT_OBJECT' ? this.inputsOf(node.fields as InputValueDefinitionNode[], name, 'INPUT_FIELD_DEFINITION') : []
    const values = (node.values ?? []).map((value) => ({
      name: value.name.value,
      ...this.element(value, 'ENUM_VALUE', `${name}.${value.name.value}`),
    }))
    this.types.set(name, {
      ...(before ?? element),
      name,
      directives: [...(before?.directives ?? []), ...element.directives],
      hasDescription: element.hasDescription || before?.hasDescription === true,
      fields: [...(before?.fields ?? []), ...(kind === 'INPUT_OBJECT' ? [] : this.fieldsOf(node, name, element))],
      inputs: [...(before?.inputs ?? []), ...inputs],
      values: [...(before?.values ?? []), ...values],
      members: [...(before?.members ?? []), ...namesOf(node.types)],
      interfaces: [...(before?.interfaces ?? []), ...namesOf(node.interfaces)],
    })
  }

  private fieldsOf(node: AnyDefinition, parent: string, type: Element): FieldFact[] {
    const isExternalType = type.directives.some(({ name }) => name.value === 'external')
    return ((node.fields ?? []) as readonly FieldDefinitionNode[]).map((field) => {
      const element = this.element(field, 'FIELD_DEFINITION', `${parent}.${field.name.value}`)
      return {
        ...element,
        name: field.name.value,
        type: field.type,
        inputs: this.inputsOf(field.arguments, element.coordinate, 'ARGUMENT_DEFINITION'),
        isExternal: isExternalType || element.directives.some(({ name }) => name.value === 'external'),
      }
    })
  }

  private inputsOf(nodes: readonly InputValueDefinitionNode[] = [], parent: string, kind: ElementKind): InputFact[] {
    return nodes.map((node) => {
      const name = node.name.value
      const coordinate = kind === 'ARGUMENT_DEFINITION' ? `${parent}(${name}:)` : `${parent}.${name}`
      return {
        ...this.element(node, kind, coordinate),
        name,
        type: node.type,
        defaultText: node.defaultValue && print(node.defaultValue),
      }
    })
  }
}

/** `name: Type = default`, without descriptions and directives. */
export function shapeOfInput({ name, type, defaultText }: InputFact): string {
  return `${name}: ${print(type)}${defaultText === undefined ? '' : ` = ${defaultText}`}`
}

/**
 * Lists what a subgraph's SDL defines, for the charter check. Federation 1 syntax (`extend type`) and 2 alike; renamed imports and
 * prefixed names are read under the specification's; what federation adds itself (`_Entity`, `link__Import`, `@key` …) is left out.
 *
 * Throws GraphQLError with its line when the text is not SDL. What is SDL but not understood is listed among the doubts.
 */
export function readSubgraphFacts({ name, sdl, file = `subgraphs/${name}/schema.graphql` }: SubgraphSdl, party: string): SubgraphFacts {
  const { links, doubts, types, roots, shared, directives } = new SdlReader(parse(sdl))
  return { name, party, file, isFederation2: links.isFederation2, types, roots, shared, directives, doubts }
}
