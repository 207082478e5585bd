import type { EventHandlers } from '@commonhall/shared/journal'

import { keepKnownFunction, keepKnownParty } from './directory.store.js'

/** Keeps the directory of departments, nonprofits, residents and functions, against which ids of other parties are checked. */
export const directoryHandlers: EventHandlers = {
  'government.department.published': (tx, { data }) =>
    keepKnownParty(tx, {
      id: data.department,
      kind: 'GOVERNMENT',
      form: null,
      communityId: null,
      nameZh: data.name.zh,
      nameEn: data.name.en,
    }),
  'government.function.published': async (tx, { data }) => {
    // A department without an event of its own is known from the lines it answers for.
    await keepKnownParty(tx, {
      id: data.owner,
      kind: 'GOVERNMENT',
      form: null,
      communityId: null,
      nameZh: data.ownerName.zh,
      nameEn: data.ownerName.en,
    })
    await keepKnownFunction(tx, {
      id: data.item,
      code: data.code,
      list: data.list,
      owner: data.owner,
      respondWithinDays: data.respondWithin,
      resolveWithinDays: data.resolveWithin,
      clock: data.clock,
    })
  },
  'nonprofit.profile.registered': (tx, { data }) =>
    keepKnownParty(tx, {
      id: data.nonprofit,
      kind: 'NONPROFIT',
      form: data.form,
      communityId: null,
      nameZh: data.name.zh,
      nameEn: data.name.en,
    }),
  'resident.profile.registered': (tx, { data }) =>
    keepKnownParty(tx, { id: data.resident, kind: 'RESIDENT', form: null, communityId: data.community, nameZh: null, nameEn: null }),
}
