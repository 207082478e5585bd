import type { AnswerMask } from './answer-mask.js'

/** An object of the hub's own tree: no prototype, only keys that were asked for. */
export type HubObject = { [key: string]: HubValue }
/** Data of the hub while it is put together. Leaves of custom scalars may be any JSON. */
export type HubValue = string | number | boolean | null | undefined | HubObject | HubValue[]

/** An answer that breaks the protocol; the party is treated as unavailable for this call. */
export class AnswerFault extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AnswerFault'
  }
}

const FORBIDDEN_KEYS = ['__proto__', 'constructor', 'prototype'] as const
const MAX_DEPTH = 64

/** Whether a key could reach a prototype; such keys are neither taken from parties nor from clients. */
export const isForbiddenKey = (key: string): boolean => (FORBIDDEN_KEYS as readonly string[]).includes(key)

/** An empty object of the hub's tree. */
export const newHubObject = (): HubObject => Object.create(null) as HubObject

const checkKeys = (value: object): void => {
  for (const key of FORBIDDEN_KEYS) if (Object.hasOwn(value, key)) throw new AnswerFault(`an answer carries the key ${key}`)
}

/** A copy of plain JSON without prototypes, bounded in depth. `toJSON` is honoured for values of subgraphs in the same process. */
export const copyJson = (value: unknown, depth = 0): HubValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object') throw new AnswerFault('an answer carries what JSON has no word for')
  if (depth > MAX_DEPTH) throw new AnswerFault('an answer is nested too deeply')
  if (Array.isArray(value)) return value.map((item) => copyJson(item, depth + 1))
  const { toJSON } = value as { toJSON?: unknown }
  if (typeof toJSON === 'function') return copyJson(toJSON.call(value), depth + 1)
  checkKeys(value)
  const copy = newHubObject()
  for (const key of Object.keys(value)) copy[key] = copyJson((value as Record<string, unknown>)[key], depth + 1)
  return copy
}

/**
 * Takes over from an answer exactly what was asked: a fresh tree, so that nothing is shared with the subgraph.
 *
 * Throws `AnswerFault` when an object stands where it cannot, or a key could reach a prototype. Cost: one pass.
 */
export const adoptAnswer = (value: unknown, mask: AnswerMask | null, depth = 0): HubValue => {
  if (value === null || value === undefined) return null
  if (depth > MAX_DEPTH) throw new AnswerFault('an answer is nested too deeply')
  if (mask === null) return copyJson(value, depth)
  if (Array.isArray(value)) return value.map((item) => adoptAnswer(item, mask, depth + 1))
  if (typeof value !== 'object') throw new AnswerFault('an answer has a leaf where an object was asked')
  checkKeys(value)
  const adopted = newHubObject()
  for (const [key, below] of mask) {
    if (!Object.hasOwn(value, key)) continue
    const found = (value as Record<string, unknown>)[key]
    if (found !== undefined) adopted[key] = adoptAnswer(found, below, depth + 1)
  }
  return adopted
}

/** Whether a value is an object of the tree (and no list). */
export const isHubObject = (value: HubValue): value is HubObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A deep copy, where one answer serves several places that later calls fill differently. */
export const cloneValue = (value: HubValue): HubValue => {
  if (Array.isArray(value)) return value.map(cloneValue)
  if (!isHubObject(value)) return value
  const copy = newHubObject()
  for (const key of Object.keys(value)) copy[key] = cloneValue(value[key])
  return copy
}

/**
 * Merges the data of a later call into what is there. What is known stays: a later party fills gaps, it never corrects.
 *
 * Lists are merged item by item when they have the same length; otherwise the first one stands.
 */
export const mergeInto = (target: HubObject, source: HubObject): void => {
  for (const key of Object.keys(source)) {
    const known = target[key]
    const value = source[key]
    if (known === undefined || known === null) target[key] = value
    else mergeValues(known, value)
  }
}

const mergeValues = (known: HubValue, value: HubValue): void => {
  if (Array.isArray(known) && Array.isArray(value)) {
    if (known.length !== value.length) return
    known.forEach((item, index) => {
      if (item === null || item === undefined) known[index] = value[index]
      else mergeValues(item, value[index])
    })
  } else if (isHubObject(known) && value !== undefined && isHubObject(value)) {
    mergeInto(known, value)
  }
}
