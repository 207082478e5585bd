import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

/** The resident party as a refusal names it: never which person. */
const RESIDENT_PARTY = { kind: 'RESIDENT', id: null, name: null } as const

/**
 * Decides whether somebody acts here as a resident: signed in, with a profile, for no office. Pure.
 *
 * Staff under their post and auditors get NOT_YOUR_FUNCTION (residents speak for themselves), others NOT_VERIFIED.
 */
export const mayActAsResident = (actor: Actor, me: { readonly id: string } | null): Decision => {
  if (actsForOffice(actor)) return refuse('NOT_YOUR_FUNCTION', { party: RESIDENT_PARTY })
  return me === null ? refuse('NOT_VERIFIED', { remedy: OPEN_PROFILE }) : allowed
}

const OPEN_PROFILE = { zh: '请先登录并开立档案（registerResident）。', en: 'Sign in and open a profile first (registerResident).' } as const

/** Whether somebody speaks for an office or its supervision instead of for himself or herself. */
export const actsForOffice = (actor: Actor): boolean => actor.actingFor !== null || actor.roles.includes('auditor')

/**
 * Decides whether a committee's clerk or cadre may enter something for residents of a community. Pure.
 *
 * Others get NOT_YOUR_FUNCTION, staff of another committee NOT_YOUR_RECORD with the committee that may. `community` null: an unknown
 * one, of which only the post is judged.
 */
export const mayEnterForResidents = (actor: Actor, community: { readonly committeeId: string } | null): Decision => {
  const party = { kind: 'COMMITTEE', id: community?.committeeId ?? null, name: null } as const
  const post = actor.actingFor
  if (post?.kind !== 'COMMITTEE' || (post.role !== 'clerk' && post.role !== 'cadre')) return refuse('NOT_YOUR_FUNCTION', { party })
  return community === null || post.partyId === community.committeeId ? allowed : refuse('NOT_YOUR_RECORD', { party, field: 'community' })
}

/** What the author's acts need to know of an entry. */
interface Authored {
  readonly authorId: string | null
}

/**
 * Decides whether somebody may act as the author of an entry: the author, or the holder of its follow code. Pure.
 *
 * `code` says whether a code was given and fits. A wrong one is NOT_FOUND, as for an entry that does not exist. Staff get
 * NOT_YOUR_FUNCTION, another resident NOT_YOUR_RECORD (never told whose it is), a stranger NOT_VERIFIED.
 */
export const mayActAsAuthor = (
  actor: Actor,
  me: { readonly id: string } | null,
  suggestion: Authored,
  code: 'NONE' | 'FITS' | 'WRONG',
): Decision => {
  if (actsForOffice(actor)) return refuse('NOT_YOUR_FUNCTION', { party: RESIDENT_PARTY })
  if (code === 'WRONG') return refuse('NOT_FOUND')
  if (code === 'FITS') return allowed
  if (me === null) return refuse('NOT_VERIFIED', { remedy: OPEN_PROFILE })
  return me.id === suggestion.authorId ? allowed : refuse('NOT_YOUR_RECORD', { party: RESIDENT_PARTY })
}
