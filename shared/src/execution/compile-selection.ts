import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import type { FieldNode, GraphQLObjectType } from 'graphql'

import { compileField, type FieldPlan } from './compile-field.js'
import { generateObjectWriter } from './object-code.js'
import type { Compilation, ObjectWriter, Run } from './run.js'

const compileFields = (compilation: Compilation, type: GraphQLObjectType, groups: ReadonlyMap<string, readonly FieldNode[]>): FieldPlan[] =>
  [...groups].flatMap(([responseName, nodes]) => compileField(compilation, type, responseName, nodes as [FieldNode, ...FieldNode[]]) ?? [])

/** The common ground of what is compiled for one combination of steering variables. */
export const openCompilation = (of: Omit<Compilation, 'subselection'>): Compilation => {
  const compilation: Compilation = {
    ...of,
    subselection: (type, nodes) =>
      generateObjectWriter(compileFields(compilation, type, collectSubfields(of.schema, of.fragments, of.steering, type, nodes))),
  }
  return compilation
}

/** The root fields of an operation in their order. */
export const compileRoot = (compilation: Compilation, type: GraphQLObjectType): readonly FieldPlan[] => {
  const { schema, fragments, steering, operation } = compilation
  return compileFields(compilation, type, collectFields(schema, fragments, steering, type, operation.selectionSet))
}

/** Writes root fields one after the other, as mutations are; a field begins when all of the one before is there. */
export const writeInTurn =
  (plans: readonly FieldPlan[]): ObjectWriter =>
  async (run: Run, source) => {
    const texts: string[] = []
    for (const { responseName, write } of plans) texts.push(`"${responseName}":${await write(run, source, undefined)}`)
    return `{${texts.join(',')}}`
  }
