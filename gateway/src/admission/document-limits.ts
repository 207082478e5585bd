import {
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { isForbiddenKey } from '../execution/forbidden-keys.js'
import { countComparisons } from './field-comparisons.js'
import { introspectionWeight } from './introspection-weight.js'

/** Limits of one document; trust.md section 7. Each is refused as DOCUMENT_TOO_LARGE with a reason of its own. */
export interface DocumentLimits {
  readonly maxTokens: number
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  readonly maxDirectives: number
  readonly maxExpandedSelections: number
  /** Brackets inside brackets, of selections (inline fragments too) and of literal values together. */
  readonly maxNesting: number
  /** Operations in one document: each is validated with all fragments that it reaches. */
  readonly maxOperations: number
  /** Variables declared by all operations together. */
  readonly maxVariables: number
  /** Comparisons of fields that validation would make, by an upper bound; 50,000 are some 10 ms. */
  readonly maxComparisons: number
  /** Values that introspection would answer, by an estimate; the query of tools is 430,000 of them. */
  readonly maxIntrospection: number
}

const COMMON = {
  maxDepth: 15,
  maxAliases: 30,
  maxRootFields: 20,
  maxDirectives: 50,
  maxExpandedSelections: 5000,
  maxNesting: 40,
  maxOperations: 20,
  maxVariables: 200,
  maxComparisons: 50_000,
  maxIntrospection: 1_000_000,
} as const

/** What nobody in particular may ask in one document. */
export const ANONYMOUS_LIMITS: DocumentLimits = { ...COMMON, maxTokens: 2000 }
/** What a signed-in caller may ask in one document. */
export const SIGNED_IN_LIMITS: DocumentLimits = { ...COMMON, maxTokens: 10_000 }

/** How large a document is; what was measured for one caller is compared again with the limits of the next. */
export interface DocumentMeasure {
  readonly tokens: number
  readonly depth: number
  readonly aliases: number
  readonly rootFields: number
  readonly directives: number
  readonly selections: number
  readonly nesting: number
  readonly operations: number
  readonly variables: number
  readonly comparisons: number
  readonly introspection: number
  /** A fragment reaches itself: no measure holds, and validation must refuse it before anything else. */
  readonly isCyclic: boolean
}

interface SetMeasure {
  readonly selections: number
  readonly depth: number
  readonly fields: number
  readonly aliases: number
}

const NOTHING: SetMeasure = { selections: 0, depth: 0, fields: 0, aliases: 0 }

const tooLarge = (detail: string): HubError => new HubError('DOCUMENT_TOO_LARGE', { detail, reason: detail })

const checkAlias = (alias: string, fieldName: string): void => {
  // A name with two underscores belongs to introspection; Relay aliases __typename to such names, nobody else has to.
  const isReserved = alias.startsWith('__') && (fieldName !== '__typename' || alias.startsWith('__hub_'))
  if (isForbiddenKey(alias) || isReserved || alias.startsWith('_a_')) {
    throw new HubError('BAD_REQUEST', { detail: 'reserved alias', reason: 'RESERVED_ALIAS' })
  }
}

/** Refuses what the recursion below, and the planner's, could not follow: it goes down no further than the limit. Gives the deepest. */
const measureNesting = (document: DocumentNode, maxNesting: number): number => {
  let deepest = 0
  const enter = (nesting: number): void => {
    if (nesting > maxNesting) throw tooLarge(`NESTING_OVER_${maxNesting}`)
    if (nesting > deepest) deepest = nesting
  }
  const ofValue = (value: ValueNode, nesting: number): void => {
    if (value.kind === Kind.LIST) {
      enter(nesting + 1)
      for (const item of value.values) ofValue(item, nesting + 1)
    } else if (value.kind === Kind.OBJECT) {
      enter(nesting + 1)
      for (const field of value.fields) ofValue(field.value, nesting + 1)
    }
  }
  const ofDirectives = (directives: readonly DirectiveNode[] | undefined, nesting: number): void => {
    for (const directive of directives ?? []) for (const { value } of directive.arguments ?? []) ofValue(value, nesting)
  }
  const ofNestedSet = (set: SelectionSetNode, outer: number): void => {
    const nesting = outer + 1
    enter(nesting)
    for (const selection of set.selections) {
      ofDirectives(selection.directives, nesting)
      if (selection.kind === Kind.FIELD) for (const { value } of selection.arguments ?? []) ofValue(value, nesting)
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) ofNestedSet(selection.selectionSet, nesting)
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue
    ofDirectives(definition.directives, 0)
    for (const variable of definition.variableDefinitions ?? []) {
      if (variable.defaultValue) ofValue(variable.defaultValue, 0)
      ofDirectives(variable.directives, 0)
    }
    ofNestedSet(definition.selectionSet, 0)
  }
  return deepest
}

/** Refuses a measured document by the limits of one caller. A dozen comparisons; for documents that are known already. */
export const checkMeasure = (measure: DocumentMeasure, limits: DocumentLimits): void => {
  if (measure.tokens > limits.maxTokens) throw tooLarge(`TOKENS_OVER_${limits.maxTokens}`)
  if (measure.nesting > limits.maxNesting) throw tooLarge(`NESTING_OVER_${limits.maxNesting}`)
  if (measure.operations > limits.maxOperations) throw tooLarge(`OPERATIONS_OVER_${limits.maxOperations}`)
  if (measure.variables > limits.maxVariables) throw tooLarge(`VARIABLES_OVER_${limits.maxVariables}`)
  if (measure.depth > limits.maxDepth) throw tooLarge(`DEPTH_OVER_${limits.maxDepth}`)
  if (measure.aliases > limits.maxAliases) throw tooLarge(`ALIASES_OVER_${limits.maxAliases}`)
  if (measure.rootFields > limits.maxRootFields) throw tooLarge(`ROOT_FIELDS_OVER_${limits.maxRootFields}`)
  if (measure.selections > limits.maxExpandedSelections) throw tooLarge(`SELECTIONS_OVER_${limits.maxExpandedSelections}`)
  if (measure.directives > limits.maxDirectives) throw tooLarge(`DIRECTIVES_OVER_${limits.maxDirectives}`)
  if (measure.introspection > limits.maxIntrospection) throw tooLarge(`INTROSPECTION_OVER_${limits.maxIntrospection}`)
  if (measure.comparisons > limits.maxComparisons) throw tooLarge(`COMPARISONS_OVER_${limits.maxComparisons}`)
}

/**
 * Measures a document, and refuses it as soon as one limit is passed: before validation and planning, which would cost more.
 *
 * O(document): each fragment is measured once and its expanded size is reused, so fragments that double cannot make this slow.
 * Introspection fields count like others, and weigh what their lists answer. A fragment that reaches itself is left to validation (`isCyclic`).
 */
export const checkDocument = (document: DocumentNode, limits: DocumentLimits): DocumentMeasure => {
  const nesting = measureNesting(document, limits.maxNesting)
  const fragments = new Map<string, FragmentDefinitionNode>()
  const operations: OperationDefinitionNode[] = []
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition)
  }
  let directives = 0
  let isCyclic = false
  const measured = new Map<string, SetMeasure>()
  const open = new Set<string>()
  const ofFragment = (name: string): SetMeasure => {
    const known = measured.get(name)
    if (known) return known
    const fragment = fragments.get(name)
    if (fragment === undefined) return NOTHING
    if (open.has(name)) {
      isCyclic = true
      return NOTHING
    }
    open.add(name)
    directives += fragment.directives?.length ?? 0
    const measure = ofSet(fragment.selectionSet)
    open.delete(name)
    measured.set(name, measure)
    return measure
  }
  const ofSet = (set: SelectionSetNode): SetMeasure => {
    let [selections, depth, fields, aliases] = [0, 0, 0, 0]
    for (const selection of set.selections) {
      directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) {
          checkAlias(selection.alias.value, selection.name.value)
          aliases += 1
        }
        const below = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING
        selections += 1 + below.selections
        depth = Math.max(depth, 1 + below.depth)
        aliases += below.aliases
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
  let [depth, aliases, rootFields, selections, variables, introspection] = [0, 0, 0, 0, 0, 0]
  for (const operation of operations) {
    const measure = ofSet(operation.selectionSet)
    depth = Math.max(depth, measure.depth)
    aliases = Math.max(aliases, measure.aliases)
    rootFields = Math.max(rootFields, measure.fields)
    selections = Math.max(selections, measure.selections)
    introspection = Math.max(introspection, introspectionWeight(operation, fragments))
    directives += operation.directives?.length ?? 0
    for (const variable of operation.variableDefinitions ?? []) directives += variable.directives?.length ?? 0
    variables += operation.variableDefinitions?.length ?? 0
  }
  // Fragments that no operation reaches cost validation as much as the others.
  for (const name of fragments.keys()) selections = Math.max(selections, ofFragment(name).selections)
  const tokens = (document as { readonly tokenCount?: number }).tokenCount ?? 0
  const measureWith = (comparisons: number): DocumentMeasure => ({
    tokens,
    depth,
    aliases,
    rootFields,
    directives,
    selections,
    nesting,
    operations: operations.length,
    variables,
    comparisons,
    introspection,
    isCyclic,
  })
  checkMeasure(measureWith(0), limits)
  const measure = measureWith(isCyclic ? 0 : countComparisons(document, fragments, limits.maxComparisons))
  checkMeasure(measure, limits)
  return measure
}
