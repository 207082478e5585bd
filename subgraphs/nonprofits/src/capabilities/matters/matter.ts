import type { RouteKind } from '@commonhall/shared/matters'

/** The triage in force, as far as the nonprofits need it. */
export interface MatterTriage {
  readonly id: string
  readonly at: Date
  readonly route: RouteKind
}

/**
 * What residents and committees told about one suggestion: the nonprofits' own projection, never the record itself.
 *
 * A suggestion of which only one fact has arrived yet has the others null; the facts may come in any order between two parties.
 */
export interface Matter {
  readonly suggestionId: string
  readonly triage: MatterTriage | null
  /** Every organization that any triage addressed, in the order of the triages. */
  readonly asked: readonly string[]
  readonly withdrawnAt: Date | null
  readonly mergedAt: Date | null
  readonly reopenedAt: Date | null
}

/** Why a place on a desk was closed without an answer. */
export type ClosedBecause = 'WITHDRAWN' | 'MERGED' | 'SUPERSEDED'

const ASKING_ROUTES: readonly string[] = ['NONPROFIT', 'MEDIATION']

/** Whether a route asks organizations to accept or decline; an invitation to a conference is answered elsewhere. */
export const asksNonprofits = (route: string): boolean => ASKING_ROUTES.includes(route)

/** Whether a triage is the one in force once it is told: the later one is, the same one told again too. */
export const isInForce = (matter: Matter, triage: Pick<MatterTriage, 'id' | 'at'>): boolean =>
  matter.triage === null || triage.id === matter.triage.id || triage.at > matter.triage.at

/** The matter after a triage that asked these organizations. An older triage told late changes only who was asked. */
export const withTriage = (matter: Matter, triage: MatterTriage, asked: readonly string[]): Matter => ({
  ...matter,
  triage: isInForce(matter, triage) ? triage : matter.triage,
  asked: [...new Set([...matter.asked, ...asked])],
})

/** Why nothing is asked any more, or null while the matter lives. */
export const endOf = (matter: Matter): 'WITHDRAWN' | 'MERGED' | null =>
  matter.withdrawnAt !== null ? 'WITHDRAWN' : matter.mergedAt !== null ? 'MERGED' : null
