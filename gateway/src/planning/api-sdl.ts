import {
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql'

const MACHINERY = /^(__|join__|link__|core__)/
const MACHINERY_DIRECTIVES = new Set(['link', 'core', 'inaccessible', 'tag'])

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined
}

/** Names under which a supergraph writes `@inaccessible`; a composer may rename what it links. */
const hidingNames = (document: DocumentNode): Set<string> => {
  const names = new Set(['inaccessible'])
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const directive of definition.directives ?? []) {
      const value = (name: string): string => {
        const found = directive.arguments?.find((argument) => argument.name.value === name)?.value
        return found?.kind === Kind.STRING ? found.value : ''
      }
      if (/\/inaccessible\/v/.test(value('url') || value('feature')) && value('as') !== '') names.add(value('as'))
    }
  }
  return names
}

const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type))

/**
 * What clients may see of a supergraph, as SDL: composition machinery and everything `@inaccessible` taken out, also where it is
 * referred to. The native planner's own version keeps hidden members in unions, so that no schema can be built of it.
 */
export const apiSdlOf = (supergraphSdl: string): string => {
  const document = parse(supergraphSdl, { noLocation: true })
  const hiding = hidingNames(document)
  const isHidden = (node: Marked): boolean => (node.directives ?? []).some(({ name }) => hiding.has(name.value))
  const gone = new Set<string>()
  for (const definition of document.definitions)
    if ('name' in definition && definition.name && definition.kind !== Kind.DIRECTIVE_DEFINITION)
      if (MACHINERY.test(definition.name.value) || isHidden(definition as Marked)) gone.add(definition.name.value)

  const clean = <N extends Marked>(node: N): N => ({
    ...node,
    directives: (node.directives ?? []).filter(
      ({ name }) => !MACHINERY.test(name.value) && !MACHINERY_DIRECTIVES.has(name.value) && !hiding.has(name.value),
    ),
  })
  const inputs = (nodes: readonly InputValueDefinitionNode[] | undefined): InputValueDefinitionNode[] =>
    (nodes ?? []).filter((node) => !isHidden(node) && !gone.has(named(node.type))).map(clean)
  const fields = (nodes: readonly FieldDefinitionNode[] | undefined): FieldDefinitionNode[] =>
    (nodes ?? [])
      .filter((node) => !isHidden(node) && !gone.has(named(node.type)))
      .map((node) => ({ ...clean(node), arguments: inputs(node.arguments) }))

  const definitions = document.definitions.flatMap((definition): DefinitionNode[] => {
    switch (definition.kind) {
      case Kind.DIRECTIVE_DEFINITION: {
        const { value } = definition.name
        const isOwn = !MACHINERY.test(value) && !MACHINERY_DIRECTIVES.has(value) && !hiding.has(value)
        return isOwn ? [{ ...definition, arguments: inputs(definition.arguments) }] : []
      }
      case Kind.SCHEMA_DEFINITION:
      case Kind.SCHEMA_EXTENSION:
        return [clean(definition)]
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const interfaces = (definition.interfaces ?? []).filter(({ name }) => !gone.has(name.value))
        return gone.has(definition.name.value) ? [] : [{ ...clean(definition), interfaces, fields: fields(definition.fields) }]
      }
      case Kind.UNION_TYPE_DEFINITION:
        if (gone.has(definition.name.value)) return []
        return [{ ...clean(definition), types: (definition.types ?? []).filter(({ name }) => !gone.has(name.value)) }]
      case Kind.ENUM_TYPE_DEFINITION:
        if (gone.has(definition.name.value)) return []
        return [{ ...clean(definition), values: (definition.values ?? []).filter((value) => !isHidden(value)).map(clean) }]
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        return gone.has(definition.name.value) ? [] : [{ ...clean(definition), fields: inputs(definition.fields) }]
      case Kind.SCALAR_TYPE_DEFINITION:
        return gone.has(definition.name.value) ? [] : [clean(definition)]
      default:
        return []
    }
  })
  return print({ kind: Kind.DOCUMENT, definitions })
}
