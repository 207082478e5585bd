import { sql, type Tx } from '@commonhall/shared/persistence'

import type { Matter } from './matter.js'

const OPEN = sql('matters.open', `insert into matters (suggestion_id) values ($1) on conflict on constraint matters_pk do nothing`)
const LOCK = sql(
  'matters.lock',
  `select suggestion_id as "suggestionId", triage_id as "triageId", triage_at as "triageAt", triage_route as "triageRoute", asked,
     withdrawn_at as "withdrawnAt", merged_at as "mergedAt"
   from matters where suggestion_id = $1 for update`,
)
const SAVE = sql(
  'matters.save',
  `update matters set triage_id = $2, triage_at = $3, triage_route = $4, asked = $5, withdrawn_at = $6, merged_at = $7
   where suggestion_id = $1`,
)

interface Row extends Omit<Matter, 'triage'> {
  readonly triageId: string | null
  readonly triageAt: Date | null
  readonly triageRoute: string | null
}

const toMatter = ({ triageId, triageAt, triageRoute, ...row }: Row): Matter => ({
  ...row,
  triage: triageId === null || triageAt === null || triageRoute === null ? null : { id: triageId, at: triageAt, route: triageRoute },
})

/** What is known of a suggestion, locked until the transaction ends; of an unknown one a new place for facts. Two statements. */
export const lockMatter = async (tx: Tx, suggestionId: string): Promise<Matter> => {
  await tx.rows(OPEN, [suggestionId])
  const [row] = await tx.rows<Row>(LOCK, [suggestionId])
  if (row === undefined) throw new Error('a matter that was just opened is not there')
  return toMatter(row)
}

/** Keeps what is known now; gives it back. */
export const saveMatter = async (tx: Tx, matter: Matter): Promise<Matter> => {
  const { suggestionId, triage, asked, withdrawnAt, mergedAt } = matter
  await tx.rows(SAVE, [suggestionId, triage?.id ?? null, triage?.at ?? null, triage?.route ?? null, asked, withdrawnAt, mergedAt])
  return matter
}
