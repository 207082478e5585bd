import { Registry } from 'prom-client'

import type { CallReport } from '../execution/run-plan.js'
import { createDocumentSlots } from './document-slots.js'
import { METRICS as M } from './metric-names.js'
import type { ObservedSources, Observer } from './observer.js'
import { processMetrics } from './process-metrics.js'
import { counterFamily, histogramFamily, readFamily, type Count, type Distribution } from './series.js'

/** The metrics of one gateway: what it counts, and their text. */
export interface GatewayMetrics extends Observer {
  readonly contentType: string
  /** In the exposition format of Prometheus. */
  text(): Promise<string>
}

const BREAKER_STATES = ['closed', 'open', 'half-open'] as const

interface PartySeries {
  readonly ok: Count
  readonly failed: Count
  readonly duration: Distribution
  readonly bytes: Count
  readonly representations: Count
}

interface OperationSeries {
  readonly count: Count
  readonly bytes: Count
  readonly cost: Count
}

/**
 * Metrics in a registry of their own. `clients` are the names that labels may bear beside `anonymous` and `signed-in`: those that the
 * operator has registered; documents have names as `createDocumentSlots` gives them. So no caller can make a series.
 *
 * Hot path: one operation with three calls costs about two microseconds.
 */
export const createMetrics = (
  options: {
    readonly clients?: Iterable<string>
    /** Figures of the process itself: memory, CPU, delay of the event loop, garbage collection. On unless said. */
    readonly process?: boolean
    readonly nowMs?: () => number
  } = {},
): GatewayMetrics => {
  const registry = new Registry()
  const ofProcess = options.process === false ? null : processMetrics()
  const clients = new Set(options.clients)
  const sources: { -readonly [Name in keyof ObservedSources]?: ObservedSources[Name] } = {}

  const operations = counterFamily(registry, M.operations)
  const durations = histogramFamily(registry, M.operationSeconds)
  const refusals = counterFamily(registry, M.refusals)
  const answerBytes = counterFamily(registry, M.answerBytes)
  const costUnits = counterFamily(registry, M.costUnits)
  const documents = counterFamily(registry, M.documentOperations)
  const documentSeconds = counterFamily(registry, M.documentSeconds)
  const partyCalls = counterFamily(registry, M.partyCalls)
  const partySeconds = histogramFamily(registry, M.partyCallSeconds)
  const partyBytes = counterFamily(registry, M.partyAnswerBytes)
  const partyRepresentations = counterFamily(registry, M.partyRepresentations)
  const partyFaults = counterFamily(registry, M.partyFaults)
  const planSeconds = histogramFamily(registry, M.planSeconds)
  const swaps = counterFamily(registry, M.swaps)
  const swapSeconds = counterFamily(registry, M.swapSeconds)
  const liveOpened = counterFamily(registry, M.liveOpened)
  const liveClosed = counterFamily(registry, M.liveClosed)
  const liveEvents = counterFamily(registry, M.liveEvents)
  const liveBytes = counterFamily(registry, M.liveBytes)

  const links = () => [...(sources.links?.() ?? [])]
  readFamily(registry, M.partyShared, () => links().map(([party, { shared }]) => [[party], shared]))
  readFamily(registry, M.partyRetries, () => links().map(([party, { retries }]) => [[party], retries]))
  readFamily(registry, M.partyInFlight, () => links().map(([party, { inFlight }]) => [[party], inFlight]))
  readFamily(registry, M.partyQueued, () => links().map(([party, { queued }]) => [[party], queued]))
  readFamily(registry, M.partyBreaker, () =>
    links().flatMap(([party, link]) => BREAKER_STATES.map((state) => [[party, state], link.state === state ? 1 : 0] as const)),
  )
  const single = (value: number | undefined): ReadonlyArray<readonly [readonly string[], number]> =>
    value === undefined ? [] : [[[], value]]
  readFamily(registry, M.planCacheEntries, () => single(sources.plans?.()?.operations))
  readFamily(registry, M.planCacheBytes, () => single(sources.plans?.()?.bytes))
  readFamily(registry, M.planCacheHits, () => single(sources.plans?.()?.hits))
  readFamily(registry, M.planCacheMisses, () => single(sources.plans?.()?.misses))
  readFamily(registry, M.releaseInfo, () => {
    const id = sources.releaseId?.() ?? null
    return id === null ? [] : [[[id], 1]]
  })
  readFamily(registry, M.inFlight, () => single(sources.overload?.()?.inFlight))
  readFamily(registry, M.places, () => single(sources.overload?.()?.places))
  readFamily(registry, M.shedding, () => {
    const guard = sources.overload?.()
    return guard ? [[[], guard.isShedding ? 1 : 0]] : []
  })
  readFamily(registry, M.liveOpen, () => single(sources.live?.().operations))
  readFamily(registry, M.webSockets, () => single(sources.live?.().webSockets))

  const slots = createDocumentSlots({
    nowMs: options.nowMs ?? Date.now,
    onFreed(name) {
      documents.forget(name)
      documentSeconds.forget(name)
    },
  })
  const classOf = (client: string): string => (client === 'anonymous' || clients.has(client) ? client : 'signed-in')

  const parties = new Map<string, PartySeries>()
  const partyOf = (party: string): PartySeries => {
    const known = parties.get(party)
    if (known !== undefined) return known
    const made: PartySeries = {
      ok: partyCalls.of(party, 'ok'),
      failed: partyCalls.of(party, 'failed'),
      duration: partySeconds.of(party),
      bytes: partyBytes.of(party),
      representations: partyRepresentations.of(party),
    }
    parties.set(party, made)
    return made
  }
  const bySeries = new Map<string, OperationSeries>()
  const seriesOf = (kind: string, code: string, transport: string, client: string): OperationSeries => {
    const key = `${kind} ${code} ${transport} ${client}`
    const known = bySeries.get(key)
    if (known !== undefined) return known
    const made = { count: operations.of(kind, code, transport, client), bytes: answerBytes.of(transport), cost: costUnits.of(client) }
    bySeries.set(key, made)
    return made
  }
  const durationOf: Record<string, Distribution> = {
    query: durations.of('query'),
    mutation: durations.of('mutation'),
    subscription: durations.of('subscription'),
    none: durations.of('none'),
  }
  const plannedSeries = { ok: planSeconds.of('ok'), failed: planSeconds.of('failed') }

  return {
    operation({ kind, code, transport, client, durationMs, bytes, ran }) {
      const series = seriesOf(kind, code, transport, classOf(client))
      const seconds = durationMs / 1000
      series.count.value += 1
      series.bytes.value += bytes
      durations.observe(durationOf[kind] ?? durations.of('none'), seconds)
      if (ran === null) {
        refusals.of(code).value += 1
        return
      }
      series.cost.value += ran.cost
      const name = slots.nameOf(ran.documentId, ran.isTrusted)
      documents.of(name).value += 1
      documentSeconds.of(name).value += seconds
    },
    calls(reports: readonly CallReport[]) {
      for (const { party, isOk, ms, bytes, representations } of reports) {
        const series = partyOf(party)
        if (isOk) series.ok.value += 1
        else series.failed.value += 1
        series.bytes.value += bytes
        series.representations.value += representations
        partySeconds.observe(series.duration, ms / 1000)
      }
    },
    partyFault(party, reason) {
      partyFaults.of(party, reason).value += 1
    },
    planned(durationMs, isOk) {
      planSeconds.observe(isOk ? plannedSeries.ok : plannedSeries.failed, durationMs / 1000)
    },
    released({ isAccepted, durationMs }) {
      swaps.of(isAccepted ? 'accepted' : 'refused').value += 1
      swapSeconds.of().value += durationMs / 1000
    },
    liveOpened(transport) {
      liveOpened.of(transport).value += 1
    },
    liveClosed({ transport, reason, events, bytes }) {
      liveClosed.of(transport, reason).value += 1
      liveEvents.of(transport).value += events
      liveBytes.of(transport).value += bytes
    },
    watch(given) {
      Object.assign(sources, given)
    },
    contentType: registry.contentType,
    async text() {
      const own = await registry.metrics()
      return ofProcess === null ? own : `${own}\n${await ofProcess.metrics()}`
    },
  }
}
