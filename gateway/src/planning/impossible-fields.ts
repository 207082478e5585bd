import { setImmediate as turn } from 'node:timers/promises'

import { getNamedType, isAbstractType, isInterfaceType, isLeafType, isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql'

import { apiSdlOf } from './api-sdl.js'
import { buildApiSchema } from './api-schema.js'
import { createCarefulPlanner } from './careful/plan-carefully.js'
import { PlanImpossible, PlanTooLarge } from './careful/plan-impossible.js'

/** A field that no plan reaches from some place of the schema. */
export interface ImpossibleField {
  /** `Type.field`. */
  readonly coordinate: string
  /** The field above it from which it cannot be reached, as `Type.field`. */
  readonly from: string
}

type Wrap = (selection: string) => string

/** What bounds the search. */
export interface ImpossibleFieldsSearch {
  /** What clients may ask of the supergraph, where it has been built already. */
  readonly schema?: GraphQLSchema
  /** Ends the search; what was found until then is given. */
  readonly signal?: AbortSignal
  /** Plans at most; unbounded unless said. */
  readonly maxPlans?: number
}

const PLANS_PER_TURN = 5

const fieldsOf = (schema: GraphQLSchema, type: GraphQLNamedType): { condition: string | null; name: string; type: GraphQLNamedType }[] => {
  const own =
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => ({ condition: null, name: field.name, type: getNamedType(field.type) }))
      : []
  if (!isAbstractType(type)) return own
  const behind = schema
    .getPossibleTypes(type)
    .flatMap((possible) =>
      Object.values(possible.getFields()).map((field) => ({ condition: possible.name, name: field.name, type: getNamedType(field.type) })),
    )
  return [...own, ...behind]
}

const selectionOf = (field: { condition: string | null; name: string; type: GraphQLNamedType }): string => {
  const inner = `${field.name}${isLeafType(field.type) ? '' : '{__typename}'}`
  return field.condition === null ? inner : `... on ${field.condition}{${inner}}`
}

/**
 * Plans every field of a supergraph once below every field that leads to its type, so that a release can name what it would refuse
 * to its clients. Empty for what composes; a supergraph written by others may hold more than its composer checked.
 *
 * Cost: one plan per composite field, about a second for 100 KB, in parts between which requests run.
 */
export const findImpossibleFields = async (supergraphSdl: string, search: ImpossibleFieldsSearch = {}): Promise<ImpossibleField[]> => {
  const schema = search.schema ?? buildApiSchema(apiSdlOf(supergraphSdl))
  const maxPlans = search.maxPlans ?? Infinity
  const plan = createCarefulPlanner(supergraphSdl)
  const found: ImpossibleField[] = []
  const faultOf = (document: string): 'impossible' | 'too large' | null => {
    try {
      plan(document)
      return null
    } catch (error) {
      if (error instanceof PlanImpossible) return 'impossible'
      if (error instanceof PlanTooLarge) return 'too large'
      throw error
    }
  }
  let plans = 0
  const isOver = (): boolean => search.signal?.aborted === true || plans > maxPlans
  const check = async (type: GraphQLNamedType, from: string, wrap: Wrap): Promise<void> => {
    const fields = fieldsOf(schema, type)
    if (++plans % PLANS_PER_TURN === 0) await turn()
    // All at once may be too much for one plan; then each is tried by itself, too.
    if (fields.length === 0 || faultOf(wrap(fields.map(selectionOf).join(' '))) === null) return
    for (const field of fields) {
      if (isOver()) return
      if (++plans % PLANS_PER_TURN === 0) await turn()
      if (faultOf(wrap(selectionOf(field))) === 'impossible')
        found.push({ coordinate: `${field.condition ?? type.name}.${field.name}`, from })
    }
  }

  const ways = new Map<string, Wrap>()
  const queue: GraphQLNamedType[] = []
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const
  for (const [kind, type] of roots) {
    if (!type) continue
    ways.set(type.name, (selection) => `${kind}{${selection}}`)
    queue.push(type)
    await check(type, type.name, (selection) => `${kind}{${selection}}`)
  }
  for (let type = queue.shift(); type !== undefined; type = queue.shift()) {
    const here = ways.get(type.name)
    if (here === undefined) continue
    for (const field of fieldsOf(schema, type)) {
      if (isOver()) return found
      if (isLeafType(field.type)) continue
      const wrap: Wrap = (selection) =>
        here(field.condition === null ? `${field.name}{${selection}}` : `... on ${field.condition}{${field.name}{${selection}}}`)
      await check(field.type, `${field.condition ?? type.name}.${field.name}`, wrap)
      if (ways.has(field.type.name)) continue
      ways.set(field.type.name, wrap)
      queue.push(field.type)
    }
  }
  return found
}
