import { parentPort, workerData } from 'node:worker_threads'

import { doPartyJob } from './do-party-job.js'
import type { PartyJob } from './party-job.js'

/** Entry of a worker thread: prepares one party's database beside the others, so that a first start uses every core. */
await doPartyJob(workerData as PartyJob, (news) => parentPort?.postMessage(news))
