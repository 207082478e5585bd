import type { SelectionSetNode } from 'graphql'

import type { BatchFetchNode, FetchNode } from './plan-nodes.js'

const selections = new WeakMap<FetchNode | BatchFetchNode, SelectionSetNode>()

/** Remembers what a call selects beside its text, so that whoever compiles the plan need not parse that. Arguments may be left out. */
export const noteCallSelection = (call: FetchNode | BatchFetchNode, selection: SelectionSetNode): void => {
  selections.set(call, selection)
}

/** What a call selects, if its planner has noted it; once, since plans are kept and this is not. */
export const takeCallSelection = (call: FetchNode | BatchFetchNode): SelectionSetNode | undefined => {
  const selection = selections.get(call)
  selections.delete(call)
  return selection
}
