import type { Tx } from '@commonhall/shared/persistence'

import { calendarOf, type Community } from '../communities/index.js'
import { findKnownFunction } from '../directory/index.js'
import { findMatter, hasOpenAnswer, isClosed, type Answer, type KnownMatter } from '../matters/index.js'
import { hasHandlingSince, hasOpenHandlingOf } from './own-handling.store.js'
import { answerLimit, type RoutingState, type Triage } from './triage.js'

/** A matter that is held, with the community on whose desk it belongs. */
export interface Desk {
  readonly matter: KnownMatter
  readonly community: Community
}

/** Since when and until when an answer to the triage in force is owed; a reopening gives the same handlers a new limit. */
const answerWindow = async (tx: Tx, { matter, community }: Desk, latest: Triage): Promise<{ since: Date; answerBy: Date }> => {
  const { reopenedAt } = matter
  if (reopenedAt === null || reopenedAt < latest.at) return { since: latest.at, answerBy: latest.answerBy }
  const item = latest.functionItem === null ? null : await findKnownFunction(tx, latest.functionItem)
  return { since: reopenedAt, answerBy: answerLimit(reopenedAt, item, calendarOf(community)) }
}

const isStranded = async (tx: Tx, latest: Triage | null): Promise<boolean> => {
  const original = latest?.route === 'DUPLICATE' && latest.duplicateOf !== null ? await findMatter(tx, latest.duplicateOf) : null
  return original !== null && isClosed(original)
}

/** Gathers what decides whether a matter may be routed now. A handful of small statements, in the act's own transaction. */
export const routingState = async (tx: Tx, desk: Desk, answers: readonly Answer[], latest: Triage | null): Promise<RoutingState> => {
  const { matter } = desk
  const window = latest === null ? null : await answerWindow(tx, desk, latest)
  const current = answers.filter(({ partyId, at }) => window !== null && at >= window.since && latest?.to.some(({ id }) => id === partyId))
  const ownAnswer = latest?.route === 'SELF' && window !== null && (await hasHandlingSince(tx, latest.id, window.since))
  return {
    isClosed: isClosed(matter),
    isOnDesk: matter.onDeskSince !== null,
    hasOpenHandling: hasOpenAnswer(answers) || (await hasOpenHandlingOf(tx, matter.id)),
    wasDeclined: current.some(({ verdict }) => verdict === 'DECLINED'),
    wasAnswered: current.length > 0 || ownAnswer,
    isStranded: await isStranded(tx, latest),
    latest,
    answerBy: window?.answerBy ?? null,
  }
}
