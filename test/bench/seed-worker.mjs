// Loads one party's part of the street in a thread of its own, as a first `npm start` does.
import { parentPort, workerData } from 'node:worker_threads'

import { createStreet } from '@commonhall/street'

import { PARTIES } from './parties.mjs'

const { party, anchor, scale, ownerUrl, personaSubjects } = workerData
const startedMs = performance.now()
const tables = await PARTIES[party].seed({ ownerUrl, personaSubjects, street: createStreet({ anchor: new Date(anchor), scale }) })
parentPort.postMessage({ party, ms: Math.round(performance.now() - startedMs), tables })
