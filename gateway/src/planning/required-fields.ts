import { Kind, type SelectionSetNode } from 'graphql'

import { readSupergraph } from './careful/supergraph-model.js'

/** A field as type and name. */
export type Coordinate = readonly [typeName: string, field: string]

/**
 * Tells which fields are read so that another can be computed (`@requires`), through all its chains and in every graph, whichever
 * the plan would choose. A required field of an interface or union stands for that of each type behind it.
 */
export const createRequiredFields = (supergraphSdl: string): ((typeName: string, field: string) => readonly Coordinate[]) => {
  const model = readSupergraph(supergraphSdl)
  const graphs = [...model.services.keys()]

  const typeBelow = (typeName: string, field: string): string => {
    for (const graph of graphs) {
      const found = model.at(graph, typeName)?.fields.get(field)
      if (found) return found.typeName
    }
    return ''
  }

  const collect = (typeName: string, field: string, into: Map<string, Coordinate>): void => {
    for (const name of [typeName, ...model.interfacesOf(typeName)]) {
      for (const graph of graphs) {
        const requires = model.at(graph, name)?.fields.get(field)?.requires
        if (requires) walk(typeName, requires, into)
      }
    }
  }

  const walk = (typeName: string, set: SelectionSetNode, into: Map<string, Coordinate>): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.typeCondition?.name.value ?? typeName, selection.selectionSet, into)
      } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
        const name = selection.name.value
        for (const concrete of new Set([typeName, ...model.possible(typeName)])) {
          const id = `${concrete}.${name}`
          if (into.has(id)) continue
          into.set(id, [concrete, name])
          collect(concrete, name, into)
        }
        if (selection.selectionSet) walk(typeBelow(typeName, name), selection.selectionSet, into)
      }
    }
  }

  return (typeName, field) => {
    const found = new Map<string, Coordinate>()
    collect(typeName, field, found)
    return [...found.values()]
  }
}
