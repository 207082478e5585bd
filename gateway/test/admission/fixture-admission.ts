import { WebSocket } from 'ws'

import type { AdmissionOptions } from '../../src/admission/admission-options.js'
import { createTrustedDocuments } from '../../src/admission/trusted-documents.js'
import { documentHash } from '../../src/planning/document-cache.js'
import { startFixture } from '../fixture-gateway.js'
import { startIssuer, type Issuer } from '../fixture-issuer.js'
import type { FixtureSubgraph } from '../fixture-subgraph.js'

/** What came back, whatever way it went. */
export interface Reply {
  readonly status: number
  /** The whole answer as text: the body, or all messages of a socket. */
  readonly text: string
  /** The first code in it; null when there is none. */
  readonly code: string | null
  readonly reason: string | null
  readonly headers: Headers
}

/** What is sent. */
export type Payload = Readonly<Record<string, unknown>>

/** A gateway with an admission of its own, an issuer, and every way in. */
export interface AdmissionFixture {
  readonly ways: Readonly<Record<WayName, (payload: Payload, headers?: Readonly<Record<string, string>>) => Promise<Reply>>>
  readonly residents: FixtureSubgraph
  /** Headers of a signed-in person. */
  signIn(client: string, subject?: string): Promise<Record<string, string>>
  close(): Promise<void>
}

/** The ways in. */
export type WayName = 'POST' | 'GET' | 'SSE' | 'multipart' | 'WebSocket'
/** All ways in. */
export const WAYS: readonly WayName[] = ['POST', 'GET', 'SSE', 'multipart', 'WebSocket']

const replyOf = (status: number, text: string, headers: Headers): Reply => ({
  status,
  text,
  code: /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? null,
  reason: /"reason":"([A-Z_0-9]+)"/.exec(text)?.[1] ?? null,
  headers,
})

/** Makes a manifest of plain texts. */
export const manifestOf = (...texts: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(texts.map((text) => [documentHash(text), text])))

/** Registers plain texts for all clients. */
export const trustedOf = (...texts: readonly string[]): ReturnType<typeof createTrustedDocuments> =>
  createTrustedDocuments([{ source: 'test', text: manifestOf(...texts) }])

const overHttp =
  (url: string, accept: string) =>
  async (payload: Payload, headers: Readonly<Record<string, string>> = {}): Promise<Reply> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, 'accept-language': 'en', ...headers },
      body: JSON.stringify(payload),
    })
    return replyOf(response.status, await response.text(), response.headers)
  }

const overGet =
  (url: string) =>
  async (payload: Payload, headers: Readonly<Record<string, string>> = {}): Promise<Reply> => {
    const parameters = new URLSearchParams()
    for (const [name, value] of Object.entries(payload)) parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    const response = await fetch(`${url}?${parameters.toString()}`, {
      headers: { 'hub-preflight': '1', 'accept-language': 'en', ...headers },
    })
    return replyOf(response.status, await response.text(), response.headers)
  }

const overSocket =
  (url: string) =>
  (payload: Payload, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws')
      const messages: string[] = []
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { 'accept-language': 'en', ...headers } })))
      socket.on('message', (data: Buffer) => {
        const { type } = JSON.parse(data.toString()) as { type: string }
        messages.push(data.toString())
        if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
        if (type === 'error' || type === 'complete') socket.close()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(replyOf(0, messages.slice(1).join('\n'), new Headers())))
    })

/** Starts it; the schema is hidden unless said. */
export const startAdmission = async (admission: AdmissionOptions, introspection = false): Promise<AdmissionFixture> => {
  const issuer: Issuer = await startIssuer()
  const { gateway, residents } = await startFixture({ admission, introspection, issuers: [issuer] })
  const { url } = gateway
  return {
    ways: {
      POST: overHttp(url, 'application/json'),
      GET: overGet(url),
      SSE: overHttp(url, 'text/event-stream'),
      multipart: overHttp(url, 'multipart/mixed;subscriptionSpec=1.0'),
      WebSocket: overSocket(url),
    },
    residents,
    signIn: async (client, subject = 'user-1') => ({ authorization: `Bearer ${await issuer.token({ client_id: client, sub: subject })}` }),
    async close() {
      await gateway.stop()
      await issuer.close()
    },
  }
}
