import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql'

import type { Place } from './supergraph-faults.js'

/** One `@link` (or `@core`) of a schema, read. */
export interface LinkedFeature {
  /** The URL as it stands there. */
  readonly url: string
  /** The URL without its version: what the feature is, whatever it is called here. */
  readonly identity: string
  /** Last part of the identity: its name unless `as` says otherwise. */
  readonly specName: string
  /** `0.5`; empty when the URL has none. */
  readonly version: string
  /** What it is called in this document. */
  readonly name: string
  readonly purpose: 'SECURITY' | 'EXECUTION' | null
  /** Names of elements as specified, with `@` for directives, to names in this document. */
  readonly imports: ReadonlyMap<string, string>
  readonly place: Place | undefined
}

const VERSIONED = /^(?<identity>.*?)\/v(?<version>\d+\.\d+)\/?$/

const argument = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((given) => given.name.value === name)?.value

const textOf = (value: ConstValueNode | undefined): string | null =>
  value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : null

const readImports = (value: ConstValueNode | undefined): Map<string, string> => {
  const imports = new Map<string, string>()
  for (const item of value?.kind === Kind.LIST ? value.values : []) {
    if (item.kind === Kind.STRING) imports.set(item.value, item.value)
    if (item.kind !== Kind.OBJECT) continue
    const field = (name: string): string | null => textOf(item.fields.find((given) => given.name.value === name)?.value)
    const name = field('name')
    if (name !== null) imports.set(name, field('as') ?? name)
  }
  return imports
}

const readFeature = (directive: ConstDirectiveNode): LinkedFeature | null => {
  const url = textOf(argument(directive, 'url')) ?? textOf(argument(directive, 'feature'))
  if (url === null) return null
  const { identity = url, version = '' } = VERSIONED.exec(url)?.groups ?? {}
  const specName = identity.slice(identity.lastIndexOf('/') + 1)
  const purpose = textOf(argument(directive, 'for'))
  const token = directive.loc?.startToken
  return {
    url,
    identity,
    specName,
    version,
    name: textOf(argument(directive, 'as')) ?? specName,
    purpose: purpose === 'SECURITY' || purpose === 'EXECUTION' ? purpose : null,
    imports: readImports(argument(directive, 'import')),
    place: token === undefined ? undefined : { line: token.line, column: token.column },
  }
}

/**
 * The features a schema links, in order. Any schema directive with a `url` (or `feature`) counts, so that a renamed `@link` hides
 * nothing.
 */
export const readLinkedFeatures = (document: DocumentNode): readonly LinkedFeature[] =>
  document.definitions
    .filter((definition) => definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => definition.directives ?? [])
    .map(readFeature)
    .filter((feature) => feature !== null)

/**
 * What a directive of a feature is called in the document: its import, else the feature's own name where the directive is the
 * feature's main one, else with the feature's name in front (`cost__listSize`).
 */
export const nameInDocument = (feature: LinkedFeature, directive: string): string => {
  const imported = feature.imports.get(`@${directive}`)
  if (imported !== undefined) return imported.replace(/^@/, '')
  return directive === feature.specName ? feature.name : `${feature.name}__${directive}`
}
