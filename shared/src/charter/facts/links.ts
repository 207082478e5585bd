import { Kind } from 'graphql'
import type { ConstDirectiveNode, ConstValueNode, DocumentNode } from 'graphql'
import { FEDERATION_TYPES, KNOWN_DIRECTIVES } from './known-directives.js'
import type { ElementKind } from './known-directives.js'

/** Something of a `@link` that the check does not understand; the text says what. */
export interface LinkDoubt {
  readonly node: ConstDirectiveNode
  readonly what: string
}

/** How the names in one schema relate to the names of the specifications. */
export interface LinkTable {
  /** False for Federation 1 syntax: no `@link` of the federation specification. */
  readonly isFederation2: boolean
  readonly doubts: readonly LinkDoubt[]
  /** The specification's name of a directive, whatever the schema calls it. */
  canonical(localName: string): string
  /** The kind a type must have because Federation defines it, or undefined for a type of the schema's own. */
  federationType(localName: string): ElementKind | undefined
}

const FEDERATION = 'https://specs.apollo.dev/federation'
const CHARTER = 'https://commonhall.example/spec/charter'
const VERSIONS: ReadonlyMap<string, RegExp> = new Map([
  [FEDERATION, /^v2\.[0-9]$/],
  ['https://specs.apollo.dev/link', /^v1\.0$/],
  ['https://specs.apollo.dev/tag', /^v0\.[1-3]$/],
  ['https://specs.apollo.dev/inaccessible', /^v0\.[12]$/],
  ['https://specs.apollo.dev/authenticated', /^v0\.1$/],
  ['https://specs.apollo.dev/requiresScopes', /^v0\.1$/],
  ['https://specs.apollo.dev/policy', /^v0\.1$/],
  ['https://specs.apollo.dev/cost', /^v0\.1$/],
  [CHARTER, /^v1\.0$/],
])
const CHARTER_DIRECTIVES = new Set(['owner', 'act', 'personal', 'purpose'])
const GRAPHQL_OWN = new Set(['deprecated', 'specifiedBy', 'oneOf'])

const argument = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((candidate) => candidate.name.value === name)?.value
const text = (value: ConstValueNode | undefined): string | undefined => (value?.kind === Kind.STRING ? value.value : undefined)

/** `{ name: "@key", as: "@id" }` or `"@key"`, or undefined when it is neither. */
function importOf(item: ConstValueNode): { readonly name: string; readonly as: string } | undefined {
  const plain = text(item)
  if (plain !== undefined) return { name: plain, as: plain }
  if (item.kind !== Kind.OBJECT) return undefined
  const entries = new Map(item.fields.map((field) => [field.name.value, text(field.value)]))
  const [name, as] = [entries.get('name'), entries.get('as') ?? entries.get('name')]
  const isUnderstood = [...entries.keys()].every((key) => key === 'name' || key === 'as') && entries.size === item.fields.length
  return isUnderstood && name && as ? { name, as } : undefined
}

class LinkReader implements LinkTable {
  isFederation2 = false
  readonly doubts: LinkDoubt[] = []
  private readonly aliases = new Map<string, string>()
  private readonly typeAliases = new Map<string, string>()
  private readonly namespaces = new Set(['federation', 'link'])

  canonical = (localName: string): string => {
    const alias = this.aliases.get(localName)
    if (alias !== undefined) return alias
    const separator = localName.indexOf('__')
    if (separator > 0 && this.namespaces.has(localName.slice(0, separator))) return localName.slice(separator + 2)
    return localName
  }

  federationType = (localName: string): ElementKind | undefined => {
    if (localName.startsWith('_')) return FEDERATION_TYPES.get(localName)
    const separator = localName.indexOf('__')
    if (separator > 0 && this.namespaces.has(localName.slice(0, separator))) {
      return FEDERATION_TYPES.get(localName.slice(separator + 2))
    }
    const imported = this.typeAliases.get(localName)
    return imported === undefined ? undefined : FEDERATION_TYPES.get(imported)
  }

  read(link: ConstDirectiveNode): void {
    const url = text(argument(link, 'url'))
    const match = url === undefined ? null : /^(https:\/\/.+)\/(v[^/]+)\/?$/.exec(url)
    const identity = match?.[1] ?? ''
    const versions = VERSIONS.get(identity)
    const doubt = (what: string): void => void this.doubts.push({ node: link, what })
    if (!versions?.test(match?.[2] ?? '')) doubt(url ?? '@link')
    if (identity === FEDERATION && this.isFederation2) doubt(`${url} ×2`)
    if (identity === FEDERATION) this.isFederation2 = true
    const as = argument(link, 'as')
    const specification = identity.slice(identity.lastIndexOf('/') + 1)
    const namespace = text(as)
    // Composers find @link by its name: another name for it would hide links from one of the two readers.
    if (as !== undefined && (namespace === undefined || specification === 'link')) doubt('as:')
    this.namespaces.add(namespace ?? specification)
    if (identity !== FEDERATION && identity !== CHARTER && namespace !== undefined) this.enter(namespace, specification, doubt)
    const imports = argument(link, 'import')
    if (imports !== undefined && imports.kind !== Kind.LIST) doubt('import:')
    // What an unknown specification brings is unknown altogether: one doubt says it.
    for (const item of versions && imports?.kind === Kind.LIST ? imports.values : []) {
      const read = importOf(item)
      if (read === undefined) doubt('import:')
      else this.import(read.name, read.as, identity, doubt)
    }
  }

  private import(name: string, as: string, identity: string, doubt: (what: string) => void): void {
    if (name.startsWith('@') !== as.startsWith('@')) return doubt(`${name} as ${as}`)
    if (!name.startsWith('@')) {
      if (!FEDERATION_TYPES.has(name) || identity === CHARTER) return doubt(name)
      this.typeAliases.set(as, name)
      return undefined
    }
    const directive = name.slice(1)
    const isOfSpecification = identity === CHARTER ? CHARTER_DIRECTIVES.has(directive) : KNOWN_DIRECTIVES.has(directive)
    if (!isOfSpecification || GRAPHQL_OWN.has(directive)) return doubt(name)
    return this.enter(as.slice(1), directive, doubt)
  }

  /** A new local name; one that is another directive's real name would be read differently by different routers. */
  private enter(local: string, directive: string, doubt: (what: string) => void): void {
    const before = this.aliases.get(local)
    const misleads = local !== directive && (KNOWN_DIRECTIVES.has(local) || CHARTER_DIRECTIVES.has(local))
    if (misleads || (before !== undefined && before !== directive)) doubt(`@${directive} as @${local}`)
    this.aliases.set(local, directive)
  }
}

/**
 * Reads the `@link`s of a schema: imports with and without `as:`, prefixes of whole specifications, Federation 1 when there are none.
 *
 * A specification, version, import or argument that is not known becomes a doubt, which the check reports: it fails closed.
 */
export function readLinks(document: DocumentNode): LinkTable {
  const reader = new LinkReader()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue
    for (const directive of definition.directives ?? []) if (directive.name.value === 'link') reader.read(directive)
  }
  return reader
}
