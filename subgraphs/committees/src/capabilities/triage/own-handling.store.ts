import { sql, type SqlReader } from '@commonhall/shared/persistence'

// Triage stands below the committee's own handlings, which import it; these two questions are all it asks of their table.
const OPEN = sql('triages.own_handling_open', `select 1 as found from committee_handlings where suggestion_id = $1 and resolved_at is null`)
const OF_TRIAGE = sql('triages.own_handling', `select 1 as found from committee_handlings where triage_id = $1 and at >= $2 limit 1`)

/** Whether the committee itself is at work on a suggestion. */
export const hasOpenHandlingOf = async (reader: SqlReader, suggestionId: string): Promise<boolean> =>
  (await reader.rows(OPEN, [suggestionId])).length > 0

/** Whether the committee took up what a triage SELF routed to it, at or after an instant. */
export const hasHandlingSince = async (reader: SqlReader, triageId: string, since: Date): Promise<boolean> =>
  (await reader.rows(OF_TRIAGE, [triageId, since])).length > 0
