/** Why nothing is asked or owed about a suggestion any more. */
export type EndWhy = 'WITHDRAWN' | 'MERGED'

/** The triage in force, as far as the nonprofits need it. */
export interface MatterTriage {
  readonly id: string
  readonly at: Date
  readonly route: string
}

/**
 * What residents and committees told about one suggestion: the nonprofits' own projection, never the record itself.
 *
 * A suggestion of which only one fact has arrived yet has the others null; the facts may come in any order between two parties.
 */
export interface Matter {
  readonly suggestionId: string
  readonly triage: MatterTriage | null
  /** Every organization that any triage addressed, in the order in which the triages were told. */
  readonly asked: readonly string[]
  readonly withdrawnAt: Date | null
  readonly mergedAt: Date | null
}

const ASKING_ROUTES: readonly string[] = ['NONPROFIT', 'MEDIATION']

/** Whether a route asks organizations to accept or decline; an invitation to a conference is answered elsewhere. */
export const asksNonprofits = (route: string): boolean => ASKING_ROUTES.includes(route)

/** The matter after a triage that asked these organizations. An older triage told late changes only who was asked. */
export const withTriage = (matter: Matter, triage: MatterTriage, asked: readonly string[]): Matter => ({
  ...matter,
  triage: matter.triage === null || triage.at > matter.triage.at ? triage : matter.triage,
  asked: [...new Set([...matter.asked, ...asked])],
})

/** The matter once its author withdrew it or it was merged; told twice, the first time stands. */
export const withEnd = (matter: Matter, why: EndWhy, at: Date): Matter =>
  why === 'WITHDRAWN' ? { ...matter, withdrawnAt: matter.withdrawnAt ?? at } : { ...matter, mergedAt: matter.mergedAt ?? at }

/** When and why the matter ended, or null while it lives. */
export const endOf = ({ withdrawnAt, mergedAt }: Matter): { readonly why: EndWhy; readonly at: Date } | null => {
  if (withdrawnAt !== null) return { why: 'WITHDRAWN', at: withdrawnAt }
  return mergedAt === null ? null : { why: 'MERGED', at: mergedAt }
}
