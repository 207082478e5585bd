import { openDoor } from '../party-doors.js'
import type { PartyJob, PartyNews } from './party-job.js'

/** Migrates one party's database and, when the job says so, loads its part of the street. Idempotent. */
export const doPartyJob = async (job: PartyJob, tell: (news: PartyNews) => void): Promise<void> => {
  const door = await openDoor(job.party)
  const report = await door.migrate({ ownerUrl: job.ownerUrl, appRole: job.appRole })
  tell({ kind: 'migrated', count: report.ran.length })
  if (job.street === null) return
  const { createStreet } = await import('@commonhall/street')
  const street = createStreet({ anchor: new Date(job.street.anchor), scale: job.street.scale })
  tell({ kind: 'seeded', rows: await door.seed({ ownerUrl: job.ownerUrl, street, personaSubjects: job.personaSubjects }) })
}
