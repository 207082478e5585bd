import {
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

import { createAmountBuilder, type Amount, type Variables } from './amount.js'
import type { CostModel } from './cost-model.js'
import { argumentsCost } from './input-cost.js'
import { compileListSize, innerListFactor } from './list-size.js'

/** The cost of one operation for the variables of a request, in units. May refuse with ONE_SLICING_ARGUMENT. */
export type CostFunction = (variables: Variables) => number

/** Lists whose length a field above them has declared. */
interface Sized {
  readonly id: number
  readonly fields: readonly string[]
  readonly size: Amount
}

/**
 * Compiles the cost of a valid operation: each field weighs what its owner says, times the length of the lists around it.
 *
 * An upper bound, O(document): each selection set is computed once for each declared list that may hold it. Below an interface or
 * union the dearest concrete type counts; selections repeated in several fragments count each time. What @skip and @include leave
 * out costs nothing. Evaluating is one pass over what depends on variables.
 */
export const compileCost = (
  schema: GraphQLSchema,
  model: CostModel,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): CostFunction => {
  const builder = createAmountBuilder()
  const mutationType = schema.getMutationType()?.name
  const known = new Map<SelectionSetNode, Map<string, Amount>>()
  let sizedCount = 0

  /** 1 or 0, as the conditions decide. */
  const presence = (directives: readonly DirectiveNode[] | undefined): Amount => {
    let factor: Amount = 1
    for (const directive of directives ?? []) {
      const name = directive.name.value
      const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value
      if ((name !== 'skip' && name !== 'include') || value === undefined) continue
      const wanted = name === 'include'
      if (value.kind === Kind.BOOLEAN) factor = builder.product(factor, value.value === wanted ? 1 : 0)
      else if (value.kind === Kind.VARIABLE) {
        const variable = value.name.value
        factor = builder.product(
          factor,
          builder.dynamic((variables) => (variables[variable] === wanted ? 1 : 0)),
        )
      }
    }
    return factor
  }

  const ofField = (node: FieldNode, typeName: string, sized: Sized | null): Amount => {
    const name = node.name.value
    if (name === '__schema' || name === '__type') return model.defaults.introspection
    const cost = model.field(typeName, name)
    if (cost === null) return 0
    const { listSize } = cost
    const declared = listSize === null ? null : compileListSize(listSize, node, cost, builder, model.defaults.listSize)
    const isSizingBelow = listSize !== null && listSize.sizedFields.length > 0
    let size: Amount = 1
    if (cost.isList) {
      const outer =
        declared !== null && !isSizingBelow
          ? declared
          : sized !== null && sized.fields.includes(name)
            ? sized.size
            : model.defaults.listSize
      size = builder.product(outer, innerListFactor(cost.field.type, model.defaults.listSize))
    }
    const below: Sized | null =
      isSizingBelow && declared !== null ? { id: (sizedCount += 1), fields: listSize.sizedFields, size: declared } : null
    const inner = node.selectionSet ? ofSet(node.selectionSet, getNamedType(cost.field.type).name, below) : 0
    const own = typeName === mutationType ? cost.weight + model.defaults.mutation : cost.weight
    return builder.sum([builder.product(size, builder.sum([own, inner])), argumentsCost(model, typeName, node, cost, builder)])
  }

  const compileSet = (set: SelectionSetNode, typeName: string, sized: Sized | null): Amount => {
    const parent = schema.getType(typeName)
    const always: Amount[] = []
    const byType = new Map<string, Amount[]>()
    for (const selection of set.selections) {
      const factor = presence(selection.directives)
      if (factor === 0) continue
      if (selection.kind === Kind.FIELD) {
        always.push(builder.product(factor, ofField(selection, typeName, sized)))
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (fragment === undefined) continue
      const condition = fragment.typeCondition?.name.value ?? typeName
      const amount = builder.product(factor, ofSet(fragment.selectionSet, condition, sized))
      if (isAbstractType(parent) && isObjectType(schema.getType(condition))) {
        const others = byType.get(condition)
        if (others) others.push(amount)
        else byType.set(condition, [amount])
      } else always.push(amount)
    }
    if (byType.size > 0) always.push(builder.largest([...byType.values()].map((amounts) => builder.sum(amounts))))
    return builder.sum(always)
  }

  const ofSet = (set: SelectionSetNode, typeName: string, sized: Sized | null): Amount => {
    const key = `${typeName} ${sized?.id ?? 0}`
    let amounts = known.get(set)
    if (amounts === undefined) known.set(set, (amounts = new Map()))
    const computed = amounts.get(key)
    if (computed !== undefined) return computed
    const amount = compileSet(set, typeName, sized)
    amounts.set(key, amount)
    return amount
  }

  const root = schema.getRootType(operation.operation)
  return builder.finish(root ? ofSet(operation.selectionSet, root.name, null) : 0)
}
