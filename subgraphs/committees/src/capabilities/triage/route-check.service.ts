import { refuse, type RefusalValue } from '@commonhall/shared/errors'
import type { RouteKind } from '@commonhall/shared/matters'
import type { Tx } from '@commonhall/shared/persistence'

import { checkText } from '../../free-text.js'
import { isIdOf } from '../../ids.js'
import { findKnownFunction, findKnownParties, MEDIATION_FORM, type KnownFunction } from '../directory/index.js'
import { isClosed, isKnown, findMatter, type KnownMatter } from '../matters/index.js'
import { ADDRESSES, type Addressee } from './triage.js'
import { isDuplicateOf } from './triage.store.js'

/** What a cadre decides about a suggestion. */
export interface TriageSuggestion {
  readonly suggestion: string
  readonly route: RouteKind
  readonly to?: readonly string[] | null
  readonly functionItem?: string | null
  readonly duplicateOf?: string | null
  readonly note?: string | null
  readonly clientKey?: string | null
}

/** A route whose parts are all known to the directory. */
export interface CheckedRoute {
  readonly to: readonly Addressee[]
  readonly item: KnownFunction | null
}

const MAX_ADDRESSEES = 10
const MAX_NOTE_CHARS = 2_000

const checkAddressees = async (tx: Tx, input: TriageSuggestion): Promise<readonly Addressee[] | RefusalValue> => {
  const ids = [...new Set(input.to ?? [])]
  const kinds = ADDRESSES[input.route]
  if (ids.length > MAX_ADDRESSEES || (kinds.length === 0 && ids.length > 0)) return refuse('INVALID_INPUT', { field: 'to' })
  if (kinds.length > 0 && ids.length === 0 && input.route !== 'JOINT_CONFERENCE') return refuse('INVALID_INPUT', { field: 'to' })
  if (ids.some((id) => !isIdOf('dep', id) && !isIdOf('npo', id))) return refuse('NOT_FOUND', { field: 'to' })
  const known = new Map((ids.length === 0 ? [] : await findKnownParties(tx, ids)).map((party) => [party.id, party]))
  const to: Addressee[] = []
  for (const id of ids) {
    const party = known.get(id)
    if (party === undefined) return refuse('NOT_FOUND', { field: 'to' })
    const { kind, form } = party
    if (kind === 'RESIDENT' || !kinds.includes(kind)) return refuse('INVALID_INPUT', { field: 'to' })
    if (input.route === 'MEDIATION' && form !== MEDIATION_FORM) return refuse('NOT_ELIGIBLE', { field: 'to' })
    to.push({ kind, id })
  }
  return to
}

const checkFunction = async (tx: Tx, input: TriageSuggestion, to: readonly Addressee[]): Promise<KnownFunction | null | RefusalValue> => {
  if (typeof input.functionItem !== 'string') return null
  const item = isIdOf('fun', input.functionItem) ? await findKnownFunction(tx, input.functionItem) : null
  if (item === null) return refuse('NOT_FOUND', { field: 'functionItem' })
  const owner = { kind: 'GOVERNMENT' as const, id: item.owner, name: null }
  if (input.route === 'SELF' && item.list === 'TAKEN_BACK') return refuse('NOT_YOUR_FUNCTION', { field: 'functionItem', party: owner })
  if (to.some(({ kind }) => kind === 'GOVERNMENT') && !to.some(({ id }) => id === item.owner))
    return refuse('INVALID_INPUT', { field: 'functionItem', party: owner })
  return item
}

const checkDuplicate = async (tx: Tx, input: TriageSuggestion, matter: KnownMatter): Promise<RefusalValue | null> => {
  const field = 'duplicateOf'
  const { duplicateOf } = input
  if (input.route !== 'DUPLICATE') return typeof duplicateOf === 'string' ? refuse('INVALID_INPUT', { field }) : null
  if (typeof duplicateOf !== 'string' || duplicateOf === matter.id) return refuse('INVALID_INPUT', { field })
  const original = isIdOf('sug', duplicateOf) ? await findMatter(tx, duplicateOf) : null
  if (!isKnown(original)) return refuse('NOT_FOUND', { field })
  if (original.communityId !== matter.communityId) return refuse('NOT_ELIGIBLE', { field })
  // Two entries that wait to be merged into each other would both disappear.
  if (isClosed(original) || (await isDuplicateOf(tx, original.id, matter.id))) return refuse('WRONG_STAGE', { field })
  return null
}

/** Checks every part of a route against the directory and the other suggestions; a refusal names the field at fault. */
export const checkRoute = async (tx: Tx, input: TriageSuggestion, matter: KnownMatter): Promise<CheckedRoute | RefusalValue> => {
  const note = checkText(input.note, {
    field: 'note',
    maxChars: MAX_NOTE_CHARS,
    missing: input.route === 'ANSWERED' ? 'REASON_MISSING' : null,
  })
  const duplicate = note ?? (await checkDuplicate(tx, input, matter))
  if (duplicate !== null) return duplicate
  const to = await checkAddressees(tx, input)
  if ('refused' in to) return to
  const item = await checkFunction(tx, input, to)
  return item !== null && 'refused' in item ? item : { to, item }
}
