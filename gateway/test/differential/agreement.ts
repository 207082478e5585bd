import { parse, validate } from 'graphql'

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
  },
  firstSeed: number,
  wanted: number,
): Promise<{ compared: number; disagreement: Disagreement | null }> => {
  let compared = 0
  for (let seed = firstSeed; compared < wanted; seed++) {
    const operation = randomOperation(side.monolith.schema, drawFrom(seed), { scalars: side.scalars ?? {} })
    if (validate(side.monolith.schema, parse(operation.query)).length > 0) continue
    const monolith = await side.monolith.answer(operation.query, operation.variables)
    const federated = await side.federated(operation.query, operation.variables).catch((error: unknown) => error)
    if (isRefusedByLimits(federated) || isRefusedAlike(federated, monolith)) continue
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
