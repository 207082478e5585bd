import { getNamedType, isInputObjectType, Kind, type FieldNode, type GraphQLInputType, type ValueNode } from 'graphql'

import type { Amount, AmountBuilder } from './amount.js'
import type { CostModel, FieldCost } from './cost-model.js'

/** What a value costs by the weights of its type and of the input fields that it gives. */
const ofValue = (model: CostModel, type: GraphQLInputType, value: unknown): number => {
  if (value === null || value === undefined) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + ofValue(model, type, item), 0)
  const named = getNamedType(type)
  let cost = model.inputTypeWeight(named.name)
  if (!isInputObjectType(named) || typeof value !== 'object') return cost
  for (const field of Object.values(named.getFields())) {
    const given = (value as Record<string, unknown>)[field.name]
    if (given !== undefined && given !== null) cost += model.inputFieldWeight(named.name, field.name) + ofValue(model, field.type, given)
  }
  return cost
}

const ofLiteral = (model: CostModel, type: GraphQLInputType, node: ValueNode, builder: AmountBuilder): Amount => {
  const named = getNamedType(type)
  switch (node.kind) {
    case Kind.VARIABLE: {
      const name = node.name.value
      return model.isWeightedInput(named.name) ? builder.dynamic((variables) => ofValue(model, type, variables[name])) : 0
    }
    case Kind.NULL:
      return 0
    case Kind.LIST:
      return builder.sum(node.values.map((item) => ofLiteral(model, type, item, builder)))
    case Kind.OBJECT: {
      const fields = isInputObjectType(named) ? named.getFields() : {}
      return builder.sum([
        model.inputTypeWeight(named.name),
        ...node.fields.flatMap(({ name, value }): Amount[] => {
          const field = fields[name.value]
          return field === undefined ? [] : [model.inputFieldWeight(named.name, name.value), ofLiteral(model, field.type, value, builder)]
        }),
      ])
    }
    default:
      return model.inputTypeWeight(named.name)
  }
}

/** What the arguments of one field cost: the weights of those that are given, and of what is in them. */
export const argumentsCost = (model: CostModel, typeName: string, node: FieldNode, cost: FieldCost, builder: AmountBuilder): Amount => {
  if (cost.weightedArguments.length === 0) return 0
  return builder.sum(
    (node.arguments ?? []).flatMap(({ name, value }): Amount[] => {
      const argument = cost.field.args.find((candidate) => candidate.name === name.value)
      if (argument === undefined || !cost.weightedArguments.includes(name.value) || value.kind === Kind.NULL) return []
      return [model.argumentWeight(typeName, node.name.value, name.value), ofLiteral(model, argument.type, value, builder)]
    }),
  )
}
