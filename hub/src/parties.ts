import type { SubgraphName } from '@commonhall/shared/port'

/** The four parties in the order in which things are done for them; reports and files follow it. */
export const PARTIES: readonly SubgraphName[] = ['government', 'committees', 'nonprofits', 'residents']

/** One value per party. */
export type PerParty<Value> = Readonly<Record<SubgraphName, Value>>

/** Makes one value per party. */
export const perParty = <Value>(make: (party: SubgraphName) => Value): PerParty<Value> => ({
  government: make('government'),
  committees: make('committees'),
  nonprofits: make('nonprofits'),
  residents: make('residents'),
})
