import type { RefusalCode } from './codes.js'

/** A party by name; readable while that party is unreachable. `id` null: any party of the kind may act. */
export interface PartyRefValue {
  readonly kind: 'GOVERNMENT' | 'COMMITTEE' | 'NONPROFIT' | 'RESIDENT'
  readonly id: string | null
  readonly name: string | null
}

/** An expected "no": nothing was written. The sentence is rendered at the edge, in the language of the request. */
export interface RefusalValue {
  readonly refused: true
  readonly code: RefusalCode
  /** Who may act or decide instead. */
  readonly party: PartyRefValue | null
  /** Path inside `input` when one value is at fault. */
  readonly field: string | null
  /** Replaces the catalogue's sentence where the case needs its own words. */
  readonly message: { readonly zh: string; readonly en: string } | null
  /** Replaces the catalogue's remedy: an act code, or a sentence. */
  readonly remedy: { readonly zh: string; readonly en: string } | null
}

/** What a policy answers: allowed, or the refusal that the caller gets to read. */
export type Decision = { readonly refused: false } | RefusalValue

/** The decision that lets an act pass. */
export const allowed: Decision = { refused: false }

/** A refusal by code; `details` name the party that may act, the field at fault, or words of its own. */
export const refuse = (
  code: RefusalCode,
  details: Partial<Pick<RefusalValue, 'party' | 'field' | 'message' | 'remedy'>> = {},
): RefusalValue => ({ refused: true, code, party: null, field: null, message: null, remedy: null, ...details })
