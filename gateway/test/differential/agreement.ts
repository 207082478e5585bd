import { parse, validate, type GraphQLSchema } from 'graphql'

import { HubError } from '@commonhall/shared/errors'

import { InvalidDocument } from '../../src/planning/invalid-document.js'
import { unexplainedErrors, type Comparable, type Monolith } from './monolith.js'
import { drawFrom, randomOperation, type RandomOperation } from './random-operation.js'

/** An operation on which the two sides differ; printed whole, so that it can become a named test. */
export interface Disagreement extends RandomOperation {
  readonly seed: number
  readonly federated: unknown
  readonly monolith: Comparable
  readonly unexplained: readonly string[]
}

/** Whether the hub's limits refused a document; what they refuse is no case of execution. A plan that is too large is one. */
const isRefusedByLimits = (error: unknown): boolean =>
  error instanceof HubError && error.code === 'DOCUMENT_TOO_LARGE' && error.reason !== 'PLAN_TOO_LARGE'

/** Acts and events take turns with questions, where a schema has them. */
const kindOf = (schema: GraphQLSchema, seed: number): 'query' | 'mutation' | 'subscription' => {
  if (seed % 3 === 1 && schema.getMutationType()) return 'mutation'
  return seed % 6 === 5 && schema.getSubscriptionType() ? 'subscription' : 'query'
}

/** graphql-js throws for a condition at the root of a subscription whose variable must have a value; such a document is not valid. */
const isValid = (schema: GraphQLSchema, query: string): boolean => {
  try {
    return validate(schema, parse(query)).length === 0
  } catch {
    return false
  }
}

/** Both sides refused the operation before anything ran, such as a variable that its type does not allow. */
const isRefusedAlike = (federated: unknown, monolith: Comparable): boolean =>
  federated instanceof InvalidDocument && monolith.data === null && monolith.errorPaths.every((path) => path === '')

/**
 * Compares random operations until `wanted` valid ones have agreed, or one has not. Seeds run from `firstSeed` upwards.
 *
 * Data must be equal to the order of its keys; errors must lie at the same places (`unexplainedErrors`).
 */
export const firstDisagreement = async (
  side: {
    readonly monolith: Monolith
    readonly federated: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<Comparable>
    readonly scalars?: Readonly<Record<string, readonly unknown[]>> | undefined
    readonly isImpossibleInPart?: boolean | undefined
  },
  firstSeed: number,
  wanted: number,
): Promise<{ compared: number; disagreement: Disagreement | null }> => {
  let compared = 0
  for (let seed = firstSeed; compared < wanted; seed++) {
    const { schema } = side.monolith
    const draw = drawFrom(seed)
    const kind = kindOf(schema, seed)
    const operation = randomOperation(schema, draw, { kind, scalars: side.scalars ?? {} })
    if (!isValid(schema, operation.query)) continue
    const federated = await side.federated(operation.query, operation.variables).catch((error: unknown) => error)
    // Nothing has been done then; the other side must not act either.
    if (isRefusedByLimits(federated)) continue
    if (side.isImpossibleInPart === true && federated instanceof HubError && federated.reason === 'PLAN_IMPOSSIBLE') continue
    // graphql-js cannot follow a subscription of which conditions leave nothing; the hub has one empty answer.
    const monolith = await side.monolith.answer(operation.query, operation.variables).catch(() => null)
    if (monolith === null && kind === 'subscription') continue
    if (monolith === null) throw new Error(`graphql-js failed on ${operation.query}`)
    if (isRefusedAlike(federated, monolith)) continue
    const isAnswer = typeof federated === 'object' && federated !== null && 'errorPaths' in federated
    const unexplained = isAnswer ? unexplainedErrors(federated as Comparable, monolith) : []
    const isEqual = isAnswer && JSON.stringify((federated as Comparable).data) === JSON.stringify(monolith.data)
    if (!isEqual || unexplained.length > 0) {
      const shown = federated instanceof Error ? `${String(federated)} ${String(federated.cause ?? '')}` : federated
      return { compared, disagreement: { seed, ...operation, federated: shown, monolith, unexplained } }
    }
    compared += 1
  }
  return { compared, disagreement: null }
}

/** Operations to compare in all worlds together: 2,200 on every run; a long run sets HUB_RANDOM_OPERATIONS. */
export const RANDOM_OPERATIONS = Number(process.env['HUB_RANDOM_OPERATIONS'] ?? 2200)
/** Where seeds start; another start compares other operations. */
export const FIRST_SEED = Number(process.env['HUB_RANDOM_SEED'] ?? 1)
