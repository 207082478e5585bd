import type { RefusalValue } from '@commonhall/shared/errors'
import { localDate } from '@commonhall/shared/time'
import { newTypeId } from '@commonhall/shared/typeid'

import type { ResidentsContext } from '../../context.js'
import { countResidents } from '../communities/index.js'
import { ageBandOf, insertImportedResidents, type Resident } from '../residents/index.js'
import type { ImportHead } from './import-batch.js'
import type { ImportReport } from './import-report.js'
import { performImport } from './import.service.js'
import { readResidentRow, type ResidentDraft, type ResidentRow } from './resident-row.js'

/** Persons of a committee's roll. */
export interface ImportResidents extends ImportHead {
  readonly rows: readonly ResidentRow[]
}

/**
 * Imports profiles from a committee's roll. Nobody can sign in as an imported profile, and its verification is NONE: it is the committee's
 * word, until the person comes. See `performImport` for what is refused.
 */
export const importResidents = (context: ResidentsContext, input: ImportResidents): Promise<ImportReport | RefusalValue> =>
  performImport<ResidentRow, ResidentDraft>(context, {
    code: 'resident.profile.import',
    kind: 'RESIDENT',
    input,
    async prepare(tx, community) {
      const grid = await context.grid(tx)
      const year = Number(localDate(context.clock.now(), community.timeZone).slice(0, 4))
      return (row) => readResidentRow(row, { communityId: community.id, grid, year })
    },
    idOf: () => newTypeId('res', context.clock.now().getTime()),
    async store(tx, community, rows) {
      const now = context.clock.now()
      const year = Number(localDate(now, community.timeZone).slice(0, 4))
      const entries = rows.map(({ id, row, draft: { name, contact, cellId, birthYear } }) => {
        const resident: Resident = {
          ...{ id, subject: null, name, contact, verification: 'NONE', communityId: community.id, cellId },
          ...{ ageBand: ageBandOf(birthYear, year), registeredAt: now },
        }
        return { externalId: row.externalId, resident, birthYear }
      })
      await insertImportedResidents(tx, input.system, entries)
      await tx.journalEach(
        entries.map(({ resident }) => ({
          partyId: resident.id,
          record: { type: 'Resident', id: resident.id },
          after: resident,
          event: { type: 'resident.profile.registered', subject: resident.id, data: { resident: resident.id, community: community.id } },
        })),
      )
      await countResidents(tx, community.id, entries.length)
    },
  })
