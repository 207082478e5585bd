import { Kind, visit, type DocumentNode } from 'graphql'

import { nameInDocument, type LinkedFeature } from './link-imports.js'

const APOLLO = 'https://specs.apollo.dev'

/** The directives that this gateway interprets, by the feature that specifies them. */
const INTERPRETED: Readonly<Record<string, readonly string[]>> = {
  [`${APOLLO}/inaccessible`]: ['inaccessible'],
  [`${APOLLO}/tag`]: ['tag'],
  [`${APOLLO}/authenticated`]: ['authenticated'],
  [`${APOLLO}/requiresScopes`]: ['requiresScopes'],
  [`${APOLLO}/policy`]: ['policy'],
  [`${APOLLO}/cost`]: ['cost', 'listSize'],
}

/** Names a feature gives to directives in the document, whether they are used or not. */
const namesOf = (feature: LinkedFeature): string[] => [
  feature.name,
  ...[...feature.imports.values()].filter((name) => name.startsWith('@')).map((name) => name.slice(1)),
]

interface Renaming {
  /** Name in the document → canonical name. */
  readonly toCanonical: ReadonlyMap<string, string>
  /** Names that look canonical and belong to somebody else. */
  readonly strangers: ReadonlySet<string>
}

const renamingOf = (features: readonly LinkedFeature[]): Renaming => {
  const toCanonical = new Map<string, string>()
  const strangers = new Set<string>()
  for (const [identity, directives] of Object.entries(INTERPRETED)) {
    const own = features.filter((feature) => feature.identity === identity)
    const foreign = new Set(features.filter((feature) => feature.identity !== identity).flatMap(namesOf))
    for (const directive of directives) {
      const names = own.map((feature) => nameInDocument(feature, directive))
      for (const name of names) if (name !== directive) toCanonical.set(name, directive)
      // Without any link the name alone counts: rather a field too closed than one too open.
      const isForeign = names.length > 0 ? !names.includes(directive) : foreign.has(directive)
      if (isForeign) strangers.add(directive)
    }
  }
  return { toCanonical, strangers }
}

/**
 * Gives every directive that this gateway interprets its canonical name, whatever the document calls it, and takes away directives
 * of others that carry such a name. Access rules, API schema and costs can then go by name.
 *
 * Products that matched access directives by name alone left renamed ones unguarded (GHSA-g8jh-vg5j-4h3f). Returns the same
 * document when nothing is renamed.
 */
export const canonicalize = (document: DocumentNode, features: readonly LinkedFeature[]): DocumentNode => {
  const { toCanonical, strangers } = renamingOf(features)
  const isTouched = toCanonical.size > 0 || strangers.size > 0
  if (!isTouched) return document
  const rename = <Node extends { readonly name: { readonly value: string; readonly kind: Kind.NAME } }>(
    node: Node,
  ): Node | null | undefined => {
    const canonical = toCanonical.get(node.name.value)
    if (canonical !== undefined) return { ...node, name: { ...node.name, value: canonical } }
    return strangers.has(node.name.value) ? null : undefined
  }
  return visit(document, {
    [Kind.DIRECTIVE]: { enter: rename },
    [Kind.DIRECTIVE_DEFINITION]: { enter: rename },
  })
}
