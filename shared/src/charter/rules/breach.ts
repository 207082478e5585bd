import type { Position, SubgraphFacts } from '../facts/model.js'
import type { GrantKind } from '../model.js'
import type { CheckInput } from '../ownership-index.js'
import type { RuleCode } from '../catalogue/index.js'

/** What a rule found; the catalogue makes the sentences. */
export interface Breach extends Position {
  readonly code: RuleCode
  readonly coordinate: string
  readonly owner: string | undefined
  readonly offender: string
  readonly party: string
  readonly file: string
  readonly detail?: string
  /** The grant that would allow it; absent for what nobody can allow. */
  readonly ask?: { readonly kind: GrantKind; readonly coordinate: string }
}

/** One rule, or several that look at the same thing. Pure. */
export type RuleCheck = (input: CheckInput) => Iterable<Breach>

/** A breach at a place of a subgraph's schema. */
export const breachAt = (
  code: RuleCode,
  { name, party, file }: SubgraphFacts,
  { line, column }: Position,
  rest: Pick<Breach, 'coordinate' | 'owner' | 'detail' | 'ask'>,
): Breach => ({ code, offender: name, party, file, line, column, ...rest })

/** The breach, unless the owner's grant for it stands. */
export function* unlessGranted({ grants }: CheckInput, breach: Breach): Generator<Breach> {
  const { ask, owner, party } = breach
  if (ask && owner !== undefined && grants.stands({ ...ask, owner, to: party })) return
  yield breach
}
