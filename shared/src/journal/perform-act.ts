import { refuse, type RefusalValue } from '../errors/index.js'
import type { EventType } from '../events/index.js'
import { sql, type Database, type Tx } from '../persistence/index.js'
import { appendJournal, appendJournalRows, digestOf, type JournalContext, type JournalEntry } from './journal.js'

/** A transaction in which one act is performed. */
export interface ActTx extends Tx {
  /** Appends a journal row of this act; at least one is owed before the transaction commits. */
  journal<T extends EventType>(entry: Omit<JournalEntry<T>, 'act' | 'clientKey'> & { act?: string }): Promise<void>
  /** Appends a row for each of many records, in one statement; leaves the transaction acting for the party of the last. */
  journalEach(entries: readonly Omit<JournalEntry, 'act' | 'clientKey'>[]): Promise<void>
}

/** One act of the charter, as a service performs it. */
export interface Act<R extends { readonly id: string }> {
  /** Code of the charter, for example `resident.suggestion.submit`. */
  readonly code: string
  /** The party whose rows are written; row security holds the act to it. */
  readonly party: string
  /** The client's whole input; its digest decides whether a repeated key is the same request. */
  readonly input: { readonly clientKey?: string | null }
  /** Asks the policy, applies the transition, stores, appends to the journal. A refusal rolls everything back. */
  readonly run: (tx: ActTx) => Promise<R | RefusalValue>
  /** Finds the record of an earlier, identical request again. */
  readonly replay: (tx: Tx, recordId: string) => Promise<R | null>
}

const CLAIM_KEY = sql(
  'idempotency.claim',
  `insert into idempotency_keys (client, actor, act, client_key, input_digest, record_id, at) values ($1,$2,$3,$4,$5,'',$6)
   on conflict on constraint idempotency_keys_pk do nothing returning client_key`,
)
const READ_KEY = sql(
  'idempotency.read',
  `select input_digest as "inputDigest", record_id as "recordId" from idempotency_keys where client = $1 and actor = $2 and act = $3 and client_key = $4`,
)
const KEEP_RESULT = sql(
  'idempotency.keep',
  `update idempotency_keys set record_id = $5 where client = $1 and actor = $2 and act = $3 and client_key = $4`,
)

class Refused extends Error {
  constructor(readonly refusal: RefusalValue) {
    super(refusal.code)
  }
}

const MAX_KEY_LENGTH = 255
/** Nobody signed in stands behind an anonymous key, so only its length keeps a stranger from replaying it. */
const MIN_ANONYMOUS_KEY_LENGTH = 16

const checkKey = (clientKey: string, subject: string | null): RefusalValue | null => {
  if (clientKey === '' || clientKey.length > MAX_KEY_LENGTH || clientKey.includes('\u0000'))
    return refuse('INVALID_INPUT', { field: 'clientKey' })
  if (subject === null && clientKey.length < MIN_ANONYMOUS_KEY_LENGTH)
    return refuse('INVALID_INPUT', {
      field: 'clientKey',
      message: {
        zh: '未登录或匿名时 clientKey 至少 16 个字符。',
        en: 'Without a name (not signed in, or anonymous), clientKey needs at least 16 characters.',
      },
      remedy: { zh: '请使用随机 UUID。', en: 'Use a random UUID.' },
    })
  return null
}

/**
 * Performs one act in one transaction, once.
 *
 * With a `clientKey`, the same client, person, act and input get the first result again, also when the first answer was
 * lost or is still under way (the second waits for the first to commit); the same key with another input is refused with
 * KEY_REUSED. Refusals and failures are not remembered: they may be tried again. Forgetting the journal row is a bug and
 * rolls the act back.
 */
export const performAct = async <R extends { readonly id: string }>(
  context: JournalContext & { readonly database: Database },
  act: Act<R>,
): Promise<R | RefusalValue> => {
  const { clientKey, ...input } = act.input
  const keyFault = typeof clientKey === 'string' ? checkKey(clientKey, context.actor.subject) : null
  if (keyFault !== null) return keyFault
  const key = [context.actor.client, context.actor.subject ?? '', act.code, clientKey ?? ''] as const
  try {
    return await context.database.transaction(act.party, async (tx) => {
      if (typeof clientKey === 'string') {
        const digest = digestOf(input)
        const claimed = await tx.rows(CLAIM_KEY, [...key, digest, context.clock.now()])
        if (claimed.length === 0) return await replayAct(tx, act, key, digest)
      }
      const result = await runJournalled(tx, context, act, clientKey ?? null)
      if ('refused' in result) throw new Refused(result)
      if (typeof clientKey === 'string') await tx.rows(KEEP_RESULT, [...key, result.id])
      return result
    })
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

const runJournalled = async <R extends { readonly id: string }>(
  tx: Tx,
  context: JournalContext,
  act: Act<R>,
  clientKey: string | null,
): Promise<R | RefusalValue> => {
  let rowCount = 0
  const actTx: ActTx = {
    ...tx,
    rows: (statement, values) => tx.rows(statement, values),
    async journal(entry) {
      await appendJournal(tx, context, { act: act.code, ...entry, clientKey })
      rowCount++
    },
    async journalEach(entries) {
      await appendJournalRows(
        tx,
        context,
        entries.map((entry) => ({ ...entry, act: act.code, clientKey })),
      )
      rowCount += entries.length
    },
  }
  const result = await act.run(actTx)
  if (!('refused' in result) && rowCount === 0) throw new Error(`The act ${act.code} wrote no journal row.`)
  return result
}

const replayAct = async <R extends { readonly id: string }>(
  tx: Tx,
  act: Act<R>,
  key: readonly string[],
  digest: string | null,
): Promise<R | RefusalValue> => {
  const [earlier] = await tx.rows<{ inputDigest: string; recordId: string }>(READ_KEY, key)
  if (earlier === undefined || earlier.inputDigest !== digest) throw new Refused(refuse('KEY_REUSED', { field: 'clientKey' }))
  const record = await act.replay(tx, earlier.recordId)
  if (record === null) throw new Refused(refuse('NOT_FOUND'))
  return record
}

const KEPT_DAYS = 7
const FORGET = sql('idempotency.forget', `delete from idempotency_keys where at < $1`)

/** Forgets idempotency keys older than seven days; a client that repeats a request later gets a new record. */
export const forgetOldKeys = async (database: Database, now: Date): Promise<void> => {
  await database.read.rows(FORGET, [new Date(now.getTime() - KEPT_DAYS * 86_400_000)])
}
