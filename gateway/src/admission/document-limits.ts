import { Kind, visit, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { isForbiddenKey } from '../execution/adopt-answer.js'

/** Limits of one document; trust.md section 7. */
export interface DocumentLimits {
  readonly maxTokens: number
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  readonly maxDirectives: number
  readonly maxExpandedSelections: number
  /** Brackets inside brackets, of selections (inline fragments too) and of literal values together. */
  readonly maxNesting: number
}

const COMMON = { maxDepth: 15, maxAliases: 30, maxRootFields: 20, maxDirectives: 50, maxExpandedSelections: 5000, maxNesting: 40 } as const

/** What nobody in particular may ask in one document. */
export const ANONYMOUS_LIMITS: DocumentLimits = { ...COMMON, maxTokens: 2000 }
/** What a signed-in caller may ask in one document. */
export const SIGNED_IN_LIMITS: DocumentLimits = { ...COMMON, maxTokens: 10_000 }

interface Measure {
  readonly selections: number
  readonly depth: number
  readonly fields: number
  readonly aliases: number
}

const tooLarge = (detail: string): HubError => new HubError('DOCUMENT_TOO_LARGE', { detail, reason: detail })

const checkAlias = (alias: string, fieldName: string): void => {
  // A name with two underscores belongs to introspection; Relay aliases __typename to such names, nobody else has to.
  const isReserved = alias.startsWith('__') && (fieldName !== '__typename' || alias.startsWith('__hub_'))
  if (isForbiddenKey(alias) || isReserved || alias.startsWith('_a_')) {
    throw new HubError('BAD_REQUEST', { detail: 'reserved alias', reason: 'RESERVED_ALIAS' })
  }
}

/** Refuses what the recursion below, and the planner's parser (50 levels), could not follow. Walks without recursion itself. */
const checkNesting = (document: DocumentNode, maxNesting: number): void => {
  let nesting = 0
  const bracket = {
    enter(): void {
      nesting += 1
      if (nesting > maxNesting) throw tooLarge(`NESTING_OVER_${maxNesting}`)
    },
    leave(): void {
      nesting -= 1
    },
  }
  visit(document, { SelectionSet: bracket, ListValue: bracket, ObjectValue: bracket })
}

/**
 * Refuses a document that would cost more than it may, before validation and planning.
 *
 * O(document): each fragment is measured once and its expanded size is reused, so fragments that double cannot make this slow.
 * Introspection fields count like others. A fragment that reaches itself is left to validation.
 */
export const checkDocument = (document: DocumentNode, limits: DocumentLimits): void => {
  checkNesting(document, limits.maxNesting)
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations: OperationDefinitionNode[] = []
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition)
  }
  let directives = 0
  const measured = new Map<string, Measure>()
  const open = new Set<string>()
  const ofFragment = (name: string): Measure => {
    const known = measured.get(name)
    if (known) return known
    const fragment = fragments.get(name)
    if (fragment === undefined || open.has(name)) return { selections: 0, depth: 0, fields: 0, aliases: 0 }
    open.add(name)
    const measure = ofSet(fragment.selectionSet)
    open.delete(name)
    measured.set(name, measure)
    return measure
  }
  const ofSet = (set: SelectionSetNode): Measure => {
    let [selections, depth, fields, aliases] = [0, 0, 0, 0]
    for (const selection of set.selections) {
      directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) {
          checkAlias(selection.alias.value, selection.name.value)
          aliases += 1
        }
        const below = selection.selectionSet ? ofSet(selection.selectionSet) : null
        selections += 1 + (below?.selections ?? 0)
        depth = Math.max(depth, 1 + (below?.depth ?? 0))
        aliases += below?.aliases ?? 0
        fields += 1
      } else {
        const below = selection.kind === Kind.INLINE_FRAGMENT ? ofSet(selection.selectionSet) : ofFragment(selection.name.value)
        selections += 1 + below.selections
        depth = Math.max(depth, below.depth)
        aliases += below.aliases
        fields += below.fields
      }
    }
    return { selections, depth, fields, aliases }
  }
  for (const operation of operations) {
    const measure = ofSet(operation.selectionSet)
    if (measure.depth > limits.maxDepth) throw tooLarge(`DEPTH_OVER_${limits.maxDepth}`)
    if (measure.aliases > limits.maxAliases) throw tooLarge(`ALIASES_OVER_${limits.maxAliases}`)
    if (measure.fields > limits.maxRootFields) throw tooLarge(`ROOT_FIELDS_OVER_${limits.maxRootFields}`)
    if (measure.selections > limits.maxExpandedSelections) throw tooLarge(`SELECTIONS_OVER_${limits.maxExpandedSelections}`)
    directives += operation.directives?.length ?? 0
  }
  if (directives > limits.maxDirectives) throw tooLarge(`DIRECTIVES_OVER_${limits.maxDirectives}`)
}
