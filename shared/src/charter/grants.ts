import { GRANT_KINDS } from './model.js'
import type { Charter, Grant, GrantKind } from './model.js'

const DAY_MS = 86_400_000

/** The instant at which a day of the street begins; China has one time and no summer time. */
const startOfDayMs = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** Whether a grant stands at an instant, and if not, why not. */
export type GrantState = 'standing' | 'early' | 'expired' | 'revoked'

/** State of a grant at an instant. Days count whole, the day of `until` included, the day of `revoked` not. */
export function grantStateAt({ from, until, revoked }: Grant, now: Date): GrantState {
  const nowMs = now.getTime()
  if (revoked !== undefined && nowMs >= startOfDayMs(revoked)) return 'revoked'
  if (until !== undefined && nowMs >= startOfDayMs(until) + DAY_MS) return 'expired'
  if (from !== undefined && nowMs < startOfDayMs(from)) return 'early'
  return 'standing'
}

/** What a grant allows, each as a kind and the coordinates it is allowed at. */
export const allowedBy = (grant: Grant): { readonly kind: GrantKind; readonly coordinates: readonly string[] }[] =>
  GRANT_KINDS.flatMap((kind) => {
    const value = grant[kind]
    return value === undefined ? [] : [{ kind, coordinates: typeof value === 'string' ? [value] : value }]
  })

/** A crossing for which consent is sought. */
export interface GrantQuestion {
  readonly kind: GrantKind
  readonly owner: string
  readonly to: string
  readonly coordinate: string
}

/** A grant that once stood, or will: it does not count, but the remedy says so. */
export interface LapsedGrant {
  readonly state: Exclude<GrantState, 'standing'>
  readonly file: string
  readonly grant: Grant
}

/** The grants of a charter at one instant. */
export interface GrantIndex {
  stands(question: GrantQuestion): boolean
  lapsed(question: GrantQuestion): LapsedGrant | undefined
}

const keyOf = ({ kind, owner, to, coordinate }: GrantQuestion): string => `${owner}>${to} ${kind} ${coordinate}`

/** Indexes all grants for one instant; each answer is one lookup. A grant allows exactly the coordinates it names. */
export function indexGrants(charter: Charter, now: Date): GrantIndex {
  const standing = new Set<string>()
  const lapsed = new Map<string, LapsedGrant>()
  for (const { party: owner, file, grants } of charter.parties) {
    for (const grant of grants) {
      const state = grantStateAt(grant, now)
      for (const { kind, coordinates } of allowedBy(grant)) {
        for (const coordinate of coordinates) {
          const key = keyOf({ kind, owner, to: grant.to, coordinate })
          if (state === 'standing') standing.add(key)
          else lapsed.set(key, { state, file, grant })
        }
      }
    }
  }
  return { stands: (question) => standing.has(keyOf(question)), lapsed: (question) => lapsed.get(keyOf(question)) }
}
