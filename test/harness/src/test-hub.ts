import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { HubEvent } from '@commonhall/shared/events'
import {
  generateHubKey,
  loadHubKeys,
  pairwiseSubject,
  type ActorPost,
  type HubSigningKey,
  type Language,
} from '@commonhall/shared/identity'
import type { LocalSubgraph } from '@commonhall/shared/port'
import type { Party, PartyDeps } from '@commonhall/shared/subgraph'
import { createLog } from '@commonhall/shared/telemetry'
import { TestClock } from '@commonhall/shared/time'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import pg from 'pg'

import { freshDatabase, freshEventLog, PARTY_NAMES, type PartyName, type TestDatabase } from './databases.js'
import { createPartyDoors } from './party-doors.js'
import { isBackground, type TestAnswer } from './test-party.js'

/** What the harness needs of a gateway; the real `createGateway` is handed in. */
export interface GatewayFactory {
  (options: {
    subgraphs: ReadonlyArray<{ kind: 'local'; subgraph: LocalSubgraph } | { kind: 'http'; name: string; url: string }>
    signingKey: HubSigningKey
    pairwiseKeys: Readonly<Record<string, string>>
    issuers: ReadonlyArray<{ issuer: string; jwksUri: string; audience: string }>
    port: number
    clock: () => number
    introspection?: boolean
  }): Promise<{ url: string; port: number; supergraphSdl: string; stop(): Promise<void> }>
}

/** The four parties, by name: how each is migrated, seeded and started. */
export type PartyFactories = Readonly<
  Record<
    PartyName,
    {
      migrate: (options: { ownerUrl: string; appRole: string }) => Promise<unknown>
      create: (deps: PartyDeps) => Promise<Party>
      seed: (options: { ownerUrl: string; personaSubjects: Readonly<Record<string, string>> }) => Promise<unknown>
    }
  >
>

/** A person of a story, as the identity provider knows them. */
export interface TestPersona {
  readonly subject: string
  readonly isResident?: boolean
  readonly isAuditor?: boolean
  readonly posts?: readonly ActorPost[]
}

/** One person's way to the hub: real HTTP with a real token. */
export interface TestClient {
  run(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<TestAnswer>
}

/** The whole hub in one process, on fresh databases, behind real HTTP. */
export interface TestHub {
  readonly url: string
  readonly supergraphSdl: string
  readonly clock: TestClock
  readonly parties: Readonly<Record<PartyName, Party>>
  readonly databases: Readonly<Record<PartyName, TestDatabase>>
  /** A party's own login at the event log. */
  eventsUrlFor(party: PartyName): string
  /** Events of the log as its owner sees them, oldest first. */
  events(): Promise<HubEvent[]>
  as(persona: TestPersona | null, options?: { purpose?: string; language?: Language }): TestClient
  token(persona: TestPersona, claims?: Record<string, unknown>): Promise<string>
  /** The identity provider as everybody may know it. */
  readonly issuer: { readonly issuer: string; readonly audience: string; readonly jwksUri: string }
  /** Statements that ran in all parties during `work`, as `party:name`. */
  statements(work: () => Promise<unknown>): Promise<string[]>
  sql<Row extends object>(party: PartyName, text: string, values?: unknown[]): Promise<Row[]>
  /** Lets every event reach every party that is up. */
  settle(): Promise<void>
  /** Ends a party of a split hub: its door, its loops, its connections. */
  stopParty(party: PartyName): Promise<void>
  /** Starts a stopped party again, on its own database and at its old address. */
  startParty(party: PartyName): Promise<void>
  stop(): Promise<void>
}

const ISSUER = 'https://idp.test.example'
const AUDIENCE = 'commonhall'

/** Serves the issuer's public keys on loopback. */
const startIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' }
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    privateKey,
    jwksUri: `http://127.0.0.1:${port}/jwks`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Starts everything; `seedFor` fixtures are loaded before the parties start. The clock stands at `now` until the test moves it. */
export const startTestHub = async (options: {
  readonly parties: PartyFactories
  readonly createGateway: GatewayFactory
  readonly now: Date
  /** Persona name → subject at the issuer, for the seed of the residents. */
  readonly personas?: Readonly<Record<string, string>>
  /** Every party behind HTTP, so that it can be stopped alone. */
  readonly isSplit?: boolean
}): Promise<TestHub> => {
  const clock = new TestClock(options.now)
  const issuer = await startIssuer()
  const signingKey = loadHubKeys(generateHubKey().privateKeyPem)
  const pairwiseKeys = Object.fromEntries(PARTY_NAMES.map((name) => [name, `pairwise-key-of-${name}`]))
  const personaSubjects = Object.fromEntries(
    Object.entries(options.personas ?? {}).map(([name, subject]) => [
      name,
      pairwiseSubject(pairwiseKeys['residents'] ?? '', ISSUER, subject),
    ]),
  )
  const databases = Object.fromEntries(
    await Promise.all(PARTY_NAMES.map(async (name) => [name, await freshDatabase(name, options.parties[name].migrate)] as const)),
  ) as Record<PartyName, TestDatabase>
  const events = await freshEventLog(PARTY_NAMES)
  await Promise.all(PARTY_NAMES.map((name) => options.parties[name].seed({ ownerUrl: databases[name].ownerUrl, personaSubjects })))
  const createOne = (name: PartyName): Promise<Party> =>
    options.parties[name].create({
      databaseUrl: databases[name].appUrl,
      eventsUrl: events.urlFor(name),
      clock,
      log: createLog({ name, level: process.env['TEST_LOG'] ?? 'error' }),
      pollMs: 3_600_000,
      poolSize: 4,
    })
  const parties = Object.fromEntries(await Promise.all(PARTY_NAMES.map(async (name) => [name, await createOne(name)] as const))) as Record<
    PartyName,
    Party
  >
  const doors = createPartyDoors({ parties, verifyKey: signingKey.publicKeyPem, nowMs: () => clock.now().getTime() })
  if (options.isSplit === true) for (const name of PARTY_NAMES) await doors.open(name)
  const gateway = await options.createGateway({
    subgraphs: PARTY_NAMES.map((name) =>
      options.isSplit === true ? { kind: 'http', name, url: doors.urlOf(name) } : { kind: 'local', subgraph: parties[name] },
    ),
    signingKey,
    pairwiseKeys,
    issuers: [{ issuer: ISSUER, jwksUri: issuer.jwksUri, audience: AUDIENCE }],
    port: 0,
    clock: () => clock.now().getTime(),
    introspection: true,
  })
  const token = (persona: TestPersona, claims: Record<string, unknown> = {}): Promise<string> => {
    const nowSeconds = Math.floor(clock.now().getTime() / 1000)
    return new SignJWT({
      client_id: 'story',
      commonhall_posts: persona.posts ?? [],
      commonhall_resident: persona.isResident === true,
      commonhall_roles: persona.isAuditor === true ? ['auditor'] : [],
      iss: ISSUER,
      aud: AUDIENCE,
      sub: persona.subject,
      iat: nowSeconds,
      exp: nowSeconds + 3600,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt' })
      .sign(issuer.privateKey)
  }
  const stopped = new Set<PartyName>()
  const eventsOwner = new pg.Pool({ connectionString: events.ownerUrl, max: 1 })
  const pools = Object.fromEntries(
    PARTY_NAMES.map((name) => [name, new pg.Pool({ connectionString: databases[name].ownerUrl, max: 1 })]),
  ) as Record<PartyName, pg.Pool>
  return {
    url: gateway.url,
    supergraphSdl: gateway.supergraphSdl,
    clock,
    parties,
    databases,
    eventsUrlFor: (party) => events.urlFor(party),
    async events() {
      const { rows } = await eventsOwner.query<HubEvent>(
        'select position::int4 as position, id, type, subject, source, data from events order by position',
      )
      return rows
    },
    token,
    issuer: { issuer: ISSUER, audience: AUDIENCE, jwksUri: issuer.jwksUri },
    as: (persona, { purpose, language = 'en' } = {}) => ({
      async run(query, variables, headers) {
        const response = await fetch(gateway.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json',
            'accept-language': language,
            ...(persona === null ? {} : { authorization: `Bearer ${await token(persona)}` }),
            ...(purpose === undefined ? {} : { 'hub-purpose': purpose }),
            ...headers,
          },
          body: JSON.stringify({ query, variables }),
        })
        const answer = (await response.json()) as { data?: unknown; errors?: TestAnswer['errors'] }
        return { data: answer.data ?? null, errors: answer.errors ?? [] }
      },
    }),
    async statements(work) {
      const names: string[] = []
      const offs = PARTY_NAMES.map((name) =>
        parties[name].database.onStatement((statement) => {
          if (!isBackground(statement)) names.push(`${name}:${statement}`)
        }),
      )
      try {
        await work()
      } finally {
        for (const off of offs) off()
      }
      return names
    },
    async sql<Row extends object>(party: PartyName, text: string, values: unknown[] = []) {
      return (await pools[party].query<Row>(text, values)).rows
    },
    async settle() {
      // A relay that a notification woke publishes uncounted, so one quiet round proves nothing yet.
      for (let quiet = 0, round = 0; quiet < 2 && round < 60; round++) {
        let count = 0
        for (const name of PARTY_NAMES) if (!stopped.has(name)) count += await parties[name].settle()
        quiet = count === 0 ? quiet + 1 : 0
      }
    },
    async stopParty(name) {
      stopped.add(name)
      await doors.close(name)
      await parties[name].stop()
    },
    async startParty(name) {
      parties[name] = await createOne(name)
      await doors.open(name)
      stopped.delete(name)
    },
    async stop() {
      await gateway.stop()
      for (const name of PARTY_NAMES) {
        await doors.close(name)
        if (!stopped.has(name)) await parties[name].stop()
      }
      for (const name of PARTY_NAMES) await pools[name].end()
      await eventsOwner.end()
      await issuer.stop()
    },
  }
}
