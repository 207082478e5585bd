import type { EventOf } from '@commonhall/shared/events'
import type { Tx } from '@commonhall/shared/persistence'

import { saveCommunity, saveKnownParty } from './community.store.js'

/** Takes over what a committee published about its community, and the committee's name. The last word wins. */
export const projectCommunity = async (tx: Tx, { data }: EventOf<'committee.community.published'>): Promise<void> => {
  await saveCommunity(tx, {
    id: data.community,
    number: data.number,
    nameZh: data.name.zh,
    nameEn: data.name.en,
    committeeId: data.committee,
    timeZone: data.timeZone,
    reopenWithinDays: data.rules.reopenWithinDays,
    smallestGroup: data.rules.smallestGroup,
  })
  await saveKnownParty(tx, { id: data.committee, kind: 'COMMITTEE', nameZh: data.committeeName.zh, nameEn: data.committeeName.en })
}

/** Takes over a department's public name, for timelines. */
export const projectDepartment = (tx: Tx, { data }: EventOf<'government.department.published'>): Promise<void> =>
  saveKnownParty(tx, { id: data.department, kind: 'GOVERNMENT', nameZh: data.name.zh, nameEn: data.name.en })

/** Takes over a nonprofit's public name, for timelines. */
export const projectNonprofit = (tx: Tx, { data }: EventOf<'nonprofit.profile.registered'>): Promise<void> =>
  saveKnownParty(tx, { id: data.nonprofit, kind: 'NONPROFIT', nameZh: data.name.zh, nameEn: data.name.en })
