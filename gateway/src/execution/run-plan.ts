import type { SubgraphAnswer, SubgraphRequest } from '@commonhall/shared/port'

import { adoptAnswer, AnswerFault, cloneValue, isHubObject, mergeInto, type HubObject } from './adopt-answer.js'
import type { CallStep, EntityTarget, Step } from './executable-plan.js'
import { locate, typeNameOf, type Located, type TypeTest } from './locate.js'
import type { OperationErrors } from './operation-errors.js'
import { representationOf, UNKNOWN } from './representation.js'
import { applyRewrites, renamedKey } from './rewrite.js'

/** How a party fared in one operation; goes to the client in `extensions.parties`. */
export interface PartyReport {
  state: 'ok' | 'unavailable'
  /** Longest single call, whole milliseconds. */
  ms: number
  calls: number
}

/** Everything one operation gathers while its plan runs. */
export interface Run {
  readonly data: HubObject
  readonly variables: Readonly<Record<string, unknown>>
  readonly errors: OperationErrors
  readonly parties: Map<string, PartyReport>
  /** Objects of which a party said that it has no such record, and those of which one said it has. */
  readonly missing: WeakSet<HubObject>
  readonly present: WeakSet<HubObject>
  readonly isOfType: TypeTest
  readonly nowMs: () => number
  /** Calls a party; rejects when it is down, late or speaks no GraphQL. Never rejects for errors inside an answer. */
  readonly send: (party: string, request: SubgraphRequest) => Promise<SubgraphAnswer>
  readonly onFault: (party: string, fault: unknown) => void
}

type Path = ReadonlyArray<string | number>

interface Batch {
  readonly target: EntityTarget
  readonly representations: HubObject[]
  /** For each representation the places that wait for it. */
  readonly places: Located[][]
}

const MAX_ERRORS_PER_CALL = 50
const MAX_PATH_LENGTH = 128
const MAX_PATH_KEY_LENGTH = 256
/** Representations of one target in one call; more are sent in parts, at the same time. */
const MAX_REPRESENTATIONS = 500

/** A key nobody answered for is explained by a failed party or an unknown record; without either it must not stay silent. */
const noteUnknown = (target: EntityTarget, place: Located, run: Run): void => {
  const isExplained = run.missing.has(place.object) || [...run.parties.values()].some(({ state }) => state === 'unavailable')
  const path = target.firstKey === null ? place.path : [...place.path, target.firstKey]
  if (!isExplained && !run.errors.explains(path)) run.errors.add('INTERNAL', path, { reason: 'KEY_UNKNOWN' })
}

const gather = (target: EntityTarget, run: Run): Batch => {
  const representations: HubObject[] = []
  const places: Located[][] = []
  const known = new Map<string, number>()
  for (const path of target.paths) {
    for (const place of locate(run.data, path, run.isOfType)) {
      const representation = representationOf(place.object, target.requires, run.isOfType)
      if (representation === UNKNOWN) noteUnknown(target, place, run)
      if (representation === null || representation === UNKNOWN) continue
      applyRewrites(representation, target.inputRewrites)
      const identity = JSON.stringify(representation)
      const at = known.get(identity)
      if (at === undefined) {
        known.set(identity, representations.length)
        representations.push(representation)
        places.push([place])
      } else {
        places[at]?.push(place)
      }
    }
  }
  return { target, representations, places }
}

const pickVariables = (step: CallStep, run: Run): Record<string, unknown> => {
  const picked: Record<string, unknown> = {}
  for (const name of step.variableUsages) if (Object.hasOwn(run.variables, name)) picked[name] = run.variables[name]
  return picked
}

const reportOf = (run: Run, party: string): PartyReport => {
  const known = run.parties.get(party)
  if (known) return known
  const report: PartyReport = { state: 'ok', ms: 0, calls: 0 }
  run.parties.set(party, report)
  return report
}

/** Calls a party and counts it; null when the party failed, which has then been reported once. */
const callParty = async (
  step: CallStep,
  run: Run,
  variables: Record<string, unknown>,
  failedAt: Path | null,
): Promise<SubgraphAnswer | null> => {
  const report = reportOf(run, step.party)
  const startedMs = run.nowMs()
  report.calls += 1
  try {
    const answer = await run.send(step.party, { query: step.operation, variables })
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw new AnswerFault('an answer is no object')
    const hasErrors = Array.isArray(answer.errors) && answer.errors.length > 0
    if (!hasErrors && (typeof answer.data !== 'object' || answer.data === null))
      throw new AnswerFault('an answer has neither data nor errors')
    return answer
  } catch (fault) {
    fail(step, run, failedAt, fault)
    return null
  } finally {
    report.ms = Math.max(report.ms, Math.round(run.nowMs() - startedMs))
  }
}

/** One typed error per party and operation, whatever number of its calls fail. */
const fail = (step: CallStep, run: Run, at: Path | null, fault: unknown): void => {
  const report = reportOf(run, step.party)
  run.onFault(step.party, fault)
  if (report.state === 'unavailable') return
  report.state = 'unavailable'
  run.errors.add('PARTY_UNAVAILABLE', at, { party: step.party })
}

const errorsOf = (answer: SubgraphAnswer): readonly unknown[] =>
  Array.isArray(answer.errors) ? answer.errors.slice(0, MAX_ERRORS_PER_CALL) : []

const isPathKey = (key: unknown): boolean => typeof key === 'number' || (typeof key === 'string' && key.length <= MAX_PATH_KEY_LENGTH)

/** The path of a party's error; null for none, and for one longer than any answer is deep: it would be repeated for every place that waits. */
const pathOf = (error: unknown): Path | null => {
  const path = typeof error === 'object' && error !== null ? (error as { path?: unknown }).path : undefined
  return Array.isArray(path) && path.length <= MAX_PATH_LENGTH && path.every(isPathKey) ? (path as Path) : null
}

const runRoot = async (step: CallStep, run: Run): Promise<void> => {
  const failedAt = step.firstKey === null ? null : [step.firstKey]
  const answer = await callParty(step, run, pickVariables(step, run), failedAt)
  if (answer === null) return
  try {
    const adopted = adoptAnswer(answer.data ?? {}, step.mask)
    applyRewrites(adopted, step.outputRewrites)
    if (isHubObject(adopted)) mergeInto(run.data, adopted)
  } catch (fault) {
    fail(step, run, failedAt, fault)
  }
  const rename = (key: string | number): string | number => (typeof key === 'string' ? renamedKey(key, step.outputRewrites) : key)
  for (const error of errorsOf(answer)) run.errors.addFrom(step.party, error, pathOf(error)?.map(rename) ?? failedAt)
}

const mergeEntities = (batch: Batch, value: unknown, run: Run): void => {
  const { target, representations, places } = batch
  if (!Array.isArray(value) || value.length !== representations.length) throw new AnswerFault('_entities has another length than asked')
  const adopted = value.map((entity) => (entity === null || entity === undefined ? null : adoptAnswer(entity, target.mask)))
  adopted.forEach((entity, index) => {
    const waiting = places[index] ?? []
    if (!isHubObject(entity)) {
      for (const { object } of waiting) run.missing.add(object)
      return
    }
    // The planner writes output rewrites from the entity downwards, without the `_entities` list above it.
    applyRewrites(entity, target.outputRewrites)
    const declared = typeNameOf(entity)
    waiting.forEach(({ object }, nth) => {
      const known = typeNameOf(object)
      if (
        declared !== undefined &&
        known !== undefined &&
        declared !== known &&
        !run.isOfType(known, declared) &&
        !run.isOfType(declared, known)
      )
        return
      run.present.add(object)
      mergeInto(object, (nth === 0 ? entity : cloneValue(entity)) as HubObject)
    })
  })
}

const addEntityError = (step: CallStep, batches: readonly Batch[], error: unknown, fallback: Path | null, run: Run): void => {
  const [alias, index, ...rest] = pathOf(error) ?? []
  const batch = batches.find(({ target }) => target.alias === alias)
  const waiting = batch !== undefined && typeof index === 'number' ? (batch.places[index] ?? []) : []
  if (batch === undefined || waiting.length === 0) {
    run.errors.addFrom(step.party, error, fallback)
    return
  }
  const below = rest.map((key) => (typeof key === 'string' ? renamedKey(key, batch.target.outputRewrites) : key))
  const tail = below.length > 0 || batch.target.firstKey === null ? below : [batch.target.firstKey]
  for (const place of waiting) run.errors.addFrom(step.party, error, [...place.path, ...tail])
}

/** Parts of at most `MAX_REPRESENTATIONS` per target, so that one wide list does not become one call without bound. */
const split = (batches: readonly Batch[]): Batch[][] => {
  const longest = Math.max(0, ...batches.map(({ representations }) => representations.length))
  const parts: Batch[][] = []
  for (let from = 0; from < longest; from += MAX_REPRESENTATIONS) {
    const to = from + MAX_REPRESENTATIONS
    parts.push(
      batches.map(({ target, representations, places }) => ({
        target,
        representations: representations.slice(from, to),
        places: places.slice(from, to),
      })),
    )
  }
  return parts
}

const callEntities = async (step: CallStep, batches: readonly Batch[], run: Run): Promise<void> => {
  const first = batches.find(({ representations }) => representations.length > 0)
  const place = first?.places[0]?.[0]
  if (first === undefined || place === undefined) return
  const failedAt = first.target.firstKey === null ? place.path : [...place.path, first.target.firstKey]
  const variables = pickVariables(step, run)
  for (const batch of batches) variables[batch.target.variable] = batch.representations
  const answer = await callParty(step, run, variables, failedAt)
  if (answer === null) return
  try {
    if (answer.data !== null && answer.data !== undefined) {
      for (const batch of batches) mergeEntities(batch, answer.data[batch.target.alias], run)
    }
  } catch (fault) {
    fail(step, run, failedAt, fault)
  }
  for (const error of errorsOf(answer)) addEntityError(step, batches, error, failedAt, run)
}

const runEntities = async (step: CallStep, targets: readonly EntityTarget[], run: Run): Promise<void> => {
  const batches = targets.map((target) => gather(target, run))
  await Promise.all(split(batches).map((part) => callEntities(step, part, run)))
}

/** Runs a compiled plan. Never rejects: what goes wrong at a party becomes its error and nulls. */
export const runPlan = async (step: Step | null, run: Run): Promise<void> => {
  if (step === null) return
  switch (step.kind) {
    case 'call':
      return step.targets === null ? runRoot(step, run) : runEntities(step, step.targets, run)
    case 'sequence':
      for (const inner of step.steps) await runPlan(inner, run)
      return
    case 'parallel':
      await Promise.all(step.steps.map((inner) => runPlan(inner, run)))
      return
    case 'condition':
      return runPlan(run.variables[step.variable] === true ? step.whenTrue : step.whenFalse, run)
  }
}
