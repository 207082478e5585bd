import type { ActorPost, AssertionClaims, Language, Role } from '@commonhall/shared/identity'

/** A person of a test, before the gateway (token claims) and behind it (assertion claims). */
export interface TestActor {
  readonly subject: string | null
  readonly roles: readonly Role[]
  readonly posts: readonly ActorPost[]
  readonly purpose?: string
  readonly language?: Language
}

const staff =
  (kind: ActorPost['kind'], role: Role) =>
  (partyId: string, subject = `${role}-of-${partyId}`): TestActor => ({
    subject,
    roles: [role],
    posts: [{ kind, partyId, role }],
  })

/** Builders of actors: `actors.cadre('cmt_…')`. */
export const actors = {
  anonymous: (): TestActor => ({ subject: null, roles: ['anonymous'], posts: [] }),
  resident: (subject: string): TestActor => ({ subject, roles: ['resident'], posts: [] }),
  clerk: staff('COMMITTEE', 'clerk'),
  cadre: staff('COMMITTEE', 'cadre'),
  officer: staff('GOVERNMENT', 'officer'),
  worker: staff('NONPROFIT', 'worker'),
  auditor: (subject = 'auditor'): TestActor => ({ subject, roles: ['auditor'], posts: [] }),
}

/** The claims with which the gateway would call a party for this actor; `subject` is taken as the pairwise pseudonym itself. */
export const claimsOf = (actor: TestActor, audience: string, now: Date): AssertionClaims => ({
  iss: 'hub',
  aud: audience,
  iat: Math.floor(now.getTime() / 1000),
  exp: Math.floor(now.getTime() / 1000) + 60,
  jti: 'test',
  digest: '',
  sub: actor.subject,
  roles: actor.roles,
  actingFor: actor.posts[0] ?? null,
  client: 'test',
  purpose: actor.purpose ?? null,
  language: actor.language ?? 'en',
  traceId: 'test-trace',
  scope: 'query',
  deadlineMs: 10_000,
})
