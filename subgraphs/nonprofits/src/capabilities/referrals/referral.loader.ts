import { batchLoader } from '@commonhall/shared/loading'
import type { Actor } from '@commonhall/shared/identity'
import type { Database } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import { workplaceOf } from '../organizations/index.js'
import type { Referral } from './referral.js'
import { findReferrals } from './referral.store.js'

/** Referrals on the actor's own desk by id; null for those of other organizations and for everybody else. One statement per batch. */
export const referralById = (database: Database, actor: Actor) =>
  batchLoader<Referral>(
    async (ids) => {
      const workplace = workplaceOf(actor)
      return workplace === null ? [] : database.readAs(workplace, (reader) => findReferrals(reader, wellFormed('ref', ids)))
    },
    (referral) => referral.id,
  )
