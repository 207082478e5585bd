import { Worker } from 'node:worker_threads'

import { migrateEventLog } from '@commonhall/shared/events'

import { StartRefusal } from '../console/start-refusal.js'
import type { Speech } from '../console/speech.js'
import { loginOf, type HubDatabases } from '../databases/hub-databases.js'
import { hasFixture, settleStreetOrigin, type StreetOrigin } from '../databases/hub-records.js'
import { PARTIES } from '../parties.js'
import { doPartyJob } from './do-party-job.js'
import type { PartyJob, PartyNews } from './party-job.js'

/**
 * Brings all databases to the newest form and loads the demo street where it is missing; idempotent, safe to interrupt.
 *
 * Parties that need rows are prepared in a thread each; a later start only looks. `wishedStreet` null loads nothing (production).
 */
export const prepareDatabases = async (options: {
  readonly databases: HubDatabases
  readonly wishedStreet: StreetOrigin | null
  readonly personaSubjects: Record<string, string>
  readonly progress: (speech: Speech) => void
  /** Ends the threads; what they have written so far is whole transactions or nothing. */
  readonly signal: AbortSignal
}): Promise<void> => {
  const { databases, progress, wishedStreet } = options
  const logins = PARTIES.map((party) => ({ source: party, login: loginOf(databases.parties[party].eventsUrl) }))
  await migrateEventLog(databases.hubOwnerUrl, logins)
  const origin = wishedStreet === null ? null : await settleStreetOrigin(databases.hubOwnerUrl, wishedStreet)
  const jobs = await Promise.all(
    PARTIES.map(async (party): Promise<PartyJob> => {
      const { ownerUrl, appRole } = databases.parties[party]
      const street = origin === null || (await hasFixture(ownerUrl)) ? null : origin
      return { party, ownerUrl, appRole, street, personaSubjects: options.personaSubjects }
    }),
  )
  const missing = jobs.filter(({ street }) => street !== null)
  if (missing.length > 0 && origin !== null)
    progress({
      zh: `载入演示街道(规模 ${origin.scale},虚构数据),首次启动需要十几秒`,
      en: `Loading the demo street (scale ${origin.scale}, fictional data); only the first start takes this long`,
    })
  await Promise.all(
    jobs.map((job) => {
      const tell = (news: PartyNews): void => tellNews(job, news, progress)
      return job.street === null ? doPartyJob(job, tell) : inWorker(job, tell, options.signal)
    }),
  )
}

const tellNews = (job: PartyJob, news: PartyNews, progress: (speech: Speech) => void): void => {
  if (news.kind === 'migrated') {
    if (news.count > 0) progress({ zh: `${job.party}:已执行 ${news.count} 个迁移`, en: `${job.party}: ${news.count} migrations` })
    return
  }
  const tables = Object.entries(news.rows).sort(([, one], [, other]) => other - one)
  const total = tables.reduce((sum, [, count]) => sum + count, 0).toLocaleString('en')
  const largest = tables
    .slice(0, 3)
    .map(([table, count]) => `${table} ${count.toLocaleString('en')}`)
    .join(', ')
  progress({ zh: `${job.party}:已载入 ${total} 行(${largest} …)`, en: `${job.party}: ${total} rows loaded (${largest}, …)` })
}

const inWorker = (job: PartyJob, tell: (news: PartyNews) => void, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./party-worker.js', import.meta.url), { workerData: job })
    worker.on('message', tell)
    worker.on('error', (cause: unknown) =>
      reject(
        new StartRefusal(
          'SEED_FAILED',
          1,
          {
            zh: `无法准备 ${job.party} 的数据库:${reasonOf(cause)}。下次启动会从中断处继续。`,
            en: `The database of ${job.party} could not be prepared: ${reasonOf(cause)}. The next start goes on from there.`,
          },
          { cause },
        ),
      ),
    )
    const end = (): void => void worker.terminate()
    signal.addEventListener('abort', end, { once: true })
    worker.on('exit', () => {
      signal.removeEventListener('abort', end)
      resolve()
    })
  })

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
