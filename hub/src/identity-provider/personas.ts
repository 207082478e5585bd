import type { ActorPost, Role } from '@commonhall/shared/identity'

import type { Speech } from '../console/speech.js'

/** A fictional person of the demo street whom anybody may play: what the identity provider says about him or her. */
export interface Persona {
  /** Short name on the command line: `resident`, `clerk`, `officer-of-other`, … */
  readonly name: string
  readonly title: Speech
  readonly posts: readonly ActorPost[]
  readonly isResident: boolean
  readonly roles: readonly Role[]
}

/** The identifier of a persona at the identity provider: made of its name, so that it is the same on every machine and start. */
export const subjectOf = (persona: { readonly name: string }): string => `persona-${persona.name}`

/** What an access token says about a persona besides `sub`. */
export const claimsOf = (persona: Persona): Record<string, unknown> => ({
  commonhall_posts: persona.posts,
  ...(persona.isResident ? { commonhall_resident: true } : {}),
  ...(persona.roles.length > 0 ? { commonhall_roles: persona.roles } : {}),
})
