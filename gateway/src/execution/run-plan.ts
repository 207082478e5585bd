import { HubError } from '@commonhall/shared/errors'

import { clientPath } from '../planning/response-names.js'
import type { ByteText } from '../transport/party-link.js'
import { AnswerFault } from './answer-fault.js'
import { gather, mergeEntities, placePaths, split, type Batch } from './entity-batch.js'
import type { CallStep, EntityTarget, Step } from './plan/executable-plan.js'
import { HubNode, MARK, mergeInto } from './hub-node.js'
import { jsonBytes } from './json-bytes.js'
import type { OperationErrors } from './operation-errors.js'
import { renamedKey } from './plan/output-rewrites.js'
import type { TypeNames } from './plan/planned-selection.js'
import { PartyRoom } from './party-room.js'
import { readAnswer, type ReadBody } from './read/read-answer.js'
import { tellsOwnFault } from './party-errors.js'

/** How a party fared in one operation; goes to the client in `extensions.parties`. */
export interface PartyReport {
  state: 'ok' | 'unavailable'
  /** Longest single call, whole milliseconds. */
  ms: number
  calls: number
}

/** One call, for metrics and traces: numbers only. */
export interface CallReport {
  readonly party: string
  /** On the clock of the run. */
  readonly startedAtMs: number
  ms: number
  /** Of the answer; 0 when there was none. */
  bytes: number
  readonly representations: number
  isOk: boolean
  /** It waited for the answer of an equal call; noted only when somebody asks. */
  isShared: boolean
}

/** Everything one operation gathers while its plan runs. */
export interface Run {
  readonly root: HubNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly errors: OperationErrors
  readonly parties: Map<string, PartyReport>
  readonly calls: CallReport[]
  /** What answers take, by party. */
  readonly rooms: Map<string, PartyRoom>
  readonly types: TypeNames
  readonly nowMs: () => number
  /** Calls a party with variables as JSON; rejects when it is down, late or speaks no GraphQL. */
  readonly call: (step: CallStep, variables: ByteText, report: CallReport) => Promise<ByteText>
  /** Told of every failed call; `isUnusable` when an answer came that was of no use as a whole. */
  readonly onFault: (party: string, fault: unknown, isUnusable: boolean) => void
}

type Path = ReadonlyArray<string | number>

const MAX_ERRORS_PER_CALL = 50
const MAX_PATH_LENGTH = 128
const MAX_PATH_KEY_LENGTH = 256
/** Places of one call whose paths are told in errors; the list of an operation's errors is not longer. */
const MAX_PLACES_TOLD = 100

const withKey = (path: Path, key: string | null): Path => (key === null ? path : [...path, key])

const hasFailed = (run: Run): boolean => {
  for (const { state } of run.parties.values()) if (state === 'unavailable') return true
  return false
}

/** A key nobody answered for is explained by a failed party or an unknown record; without either it must not stay silent. */
const noteUnknown = (target: EntityTarget, nodes: readonly HubNode[], run: Run): void => {
  if (hasFailed(run)) return
  const strange = nodes.filter((node) => (node.marks & MARK.MISSING) === 0).slice(0, MAX_PLACES_TOLD)
  for (const path of placePaths(target, run.root, strange).values()) {
    const told = clientPath(withKey(path, target.firstKey))
    if (!run.errors.explains(told)) run.errors.add('INTERNAL', told, { reason: 'KEY_UNKNOWN' })
  }
}

/** Variables of requests as JSON: several calls of one operation mostly use the same. */
const texts = new WeakMap<object, Map<string, ByteText>>()

const variableText = (variables: Readonly<Record<string, unknown>>, name: string): ByteText => {
  const value = variables[name]
  // Only what is large is worth remembering.
  if (typeof value !== 'object' || value === null) return jsonBytes(value)
  const known = texts.get(variables) ?? new Map<string, ByteText>()
  texts.set(variables, known)
  const text = known.get(name) ?? jsonBytes(value)
  known.set(name, text)
  return text
}

/** Members of a call's variables that come from the client, each as `"name":value`. */
const clientVariables = (step: CallStep, variables: Readonly<Record<string, unknown>>): ByteText[] => {
  const members: ByteText[] = []
  for (const name of step.variableUsages) {
    if (Object.hasOwn(variables, name)) members.push(`"${name}":${variableText(variables, name)}`)
  }
  return members
}

const reportOf = (run: Run, party: string): PartyReport => {
  const known = run.parties.get(party)
  if (known) return known
  const report: PartyReport = { state: 'ok', ms: 0, calls: 0 }
  run.parties.set(party, report)
  return report
}

const roomOf = (run: Run, party: string): PartyRoom => {
  let room = run.rooms.get(party)
  if (room === undefined) run.rooms.set(party, (room = new PartyRoom()))
  return room
}

/** One typed error per party and operation, whatever number of its calls fail. */
const fail = (step: CallStep, run: Run, at: Path | null, fault: unknown): void => {
  const report = reportOf(run, step.party)
  run.onFault(step.party, fault, fault instanceof AnswerFault)
  if (report.state === 'unavailable') return
  report.state = 'unavailable'
  run.errors.add('PARTY_UNAVAILABLE', at === null ? null : clientPath(at), { party: step.party })
}

/** Calls a party, counts it and reads its answer; null when the call failed, which has then been reported once. */
const callParty = async (
  step: CallStep,
  run: Run,
  variables: ByteText,
  representations: number,
  failedAt: () => Path | null,
): Promise<ReadBody | null> => {
  const report = reportOf(run, step.party)
  const startedAtMs = run.nowMs()
  const told: CallReport = { party: step.party, startedAtMs, ms: 0, bytes: 0, representations, isOk: false, isShared: false }
  let body: ReadBody | null = null
  report.calls += 1
  try {
    const text = await run.call(step, variables, told)
    told.bytes = text.length
    const room = roomOf(run, step.party)
    room.takeBytes(text.length)
    body = readAnswer(text, step.reader, step.readers, room)
    if (body.data === null && tellsOwnFault(body.errors))
      run.onFault(step.party, new HubError('PARTY_UNAVAILABLE', { detail: 'no data but errors', reason: 'NO_DATA' }), true)
  } catch (fault) {
    fail(step, run, failedAt(), fault)
  }
  told.ms = run.nowMs() - startedAtMs
  told.isOk = body !== null
  report.ms = Math.max(report.ms, Math.round(told.ms))
  run.calls.push(told)
  return body
}

const isPathKey = (key: unknown): boolean => typeof key === 'number' || (typeof key === 'string' && key.length <= MAX_PATH_KEY_LENGTH)

/** The path of a party's error; null for none, and for one longer than any answer is deep: it would be repeated for every place that waits. */
const pathOf = (error: unknown): Path | null => {
  const path = typeof error === 'object' && error !== null ? (error as { path?: unknown }).path : undefined
  return Array.isArray(path) && path.length <= MAX_PATH_LENGTH && path.every(isPathKey) ? (path as Path) : null
}

const runRoot = async (step: CallStep, run: Run): Promise<void> => {
  const body = await callParty(step, run, variablesOf(step, run.variables), 0, () => rootPath(step))
  if (body !== null) adoptRoot(step, body, run)
}

const rootPath = (step: CallStep): Path | null => (step.firstKey === null ? null : [step.firstKey])

/** The variables of a call at the root. */
export const variablesOf = (step: CallStep, variables: Readonly<Record<string, unknown>>): ByteText =>
  `{${clientVariables(step, variables).join(',')}}`

/** Notes that a call at the root has failed: one typed error, and the party is reported as unavailable. */
export const noteFailure = (step: CallStep, run: Run, fault: unknown): void => fail(step, run, rootPath(step), fault)

/** Takes over the answer of a call at the root: its data and its errors. */
export const adoptRoot = (step: CallStep, body: ReadBody, run: Run): void => {
  reportOf(run, step.party)
  if (body.root instanceof HubNode) mergeInto(run.root, body.root)
  const failedAt = rootPath(step)
  const rename = (key: string | number): string | number => (typeof key === 'string' ? renamedKey(key, step.rewrites) : key)
  for (const error of body.errors.slice(0, MAX_ERRORS_PER_CALL)) {
    const path = pathOf(error)?.map(rename) ?? failedAt
    run.errors.addFrom(step.party, error, path === null ? null : clientPath(path))
  }
}

/** Adds a party's errors about entities at the client path of every place that waits. */
const addEntityErrors = (step: CallStep, batches: readonly Batch[], body: ReadBody, fallback: Path | null, run: Run): void => {
  const told = body.errors.slice(0, MAX_ERRORS_PER_CALL).map((error) => {
    const [alias, index, ...rest] = pathOf(error) ?? []
    const batch = batches.find(({ target }) => target.alias === alias)
    const waiting = batch !== undefined && typeof index === 'number' ? (batch.places[index] ?? []).slice(0, MAX_PLACES_TOLD) : []
    return { error, batch, waiting, rest }
  })
  const paths = new Map<HubNode, Path>()
  for (const batch of batches) {
    const wanted = told.flatMap((one) => (one.batch === batch ? one.waiting : []))
    if (wanted.length > 0) for (const [node, path] of placePaths(batch.target, run.root, wanted)) paths.set(node, path)
  }
  for (const { error, batch, waiting, rest } of told) {
    if (batch === undefined || waiting.length === 0) {
      run.errors.addFrom(step.party, error, fallback === null ? null : clientPath(fallback))
      continue
    }
    const { rewrites, firstKey } = batch.target
    const below = rest.map((key) => (typeof key === 'string' ? renamedKey(key, rewrites) : key))
    const tail = below.length > 0 || firstKey === null ? below : [firstKey]
    for (const node of waiting) {
      const path = paths.get(node)
      run.errors.addFrom(step.party, error, path === undefined ? null : clientPath([...path, ...tail]))
    }
  }
}

const callEntities = async (step: CallStep, batches: readonly Batch[], run: Run): Promise<void> => {
  const first = batches.find(({ representations }) => representations.length > 0)
  const node = first?.places[0]?.[0]
  if (first === undefined || node === undefined) return
  const members = clientVariables(step, run.variables)
  let count = 0
  for (const { target, representations } of batches) {
    count += representations.length
    members.push(`${target.variable}[${representations.join(',')}]`)
  }
  const failedAt = (): Path | null => {
    const path = placePaths(first.target, run.root, [node]).get(node)
    return path === undefined ? null : withKey(path, first.target.firstKey)
  }
  const body = await callParty(step, run, `{${members.join(',')}}`, count, failedAt)
  if (body === null) return
  try {
    if (body.data !== null)
      for (const batch of batches) mergeEntities(batch, body.data.get(batch.target.alias), run.types, roomOf(run, step.party))
  } catch (fault) {
    fail(step, run, failedAt(), fault)
  }
  if (body.errors.length > 0) addEntityErrors(step, batches, body, failedAt(), run)
}

const runEntities = async (step: CallStep, targets: readonly EntityTarget[], run: Run): Promise<void> => {
  const batches = targets.map((target) => gather(target, run.root, (nodes) => noteUnknown(target, nodes, run)))
  const parts = split(batches)
  if (parts.length === 1) return callEntities(step, parts[0] as readonly Batch[], run)
  await Promise.all(parts.map((part) => callEntities(step, part, run)))
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
  }
}
