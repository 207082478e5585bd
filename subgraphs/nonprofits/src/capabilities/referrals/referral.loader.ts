import { batchLoader } from '@commonhall/shared/loading'
import type { Database } from '@commonhall/shared/persistence'

import type { Referral } from './referral.js'
import { findReferrals } from './referral.store.js'

/** Referrals by well-formed id on the desk of `nonprofitId`; null for an unknown one and for another organization's. One statement per batch. */
export const referralById = (database: Database, nonprofitId: string) =>
  batchLoader<Referral>(
    (ids) => database.readAs(nonprofitId, (reader) => findReferrals(reader, ids)),
    (referral) => referral.id,
  )
