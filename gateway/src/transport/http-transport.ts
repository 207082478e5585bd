import { Pool } from 'undici'

import { HubError } from '@commonhall/shared/errors'
import { ASSERTION_HEADER, bodyDigest, signAssertion, type HubSigningKey } from '@commonhall/shared/identity'
import type { SubgraphAnswer } from '@commonhall/shared/port'

import { withDeadline } from './deadline.js'
import { CALL_DEADLINE_MS, MAX_ANSWER_BYTES, type Transport } from './transport.js'

const JSON_TYPE = /^application\/(graphql-response\+)?json\s*(;|$)/i

const unavailable = (detail: string, cause?: unknown): HubError => new HubError('PARTY_UNAVAILABLE', { detail, cause })

const readBounded = async (body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw unavailable(`the answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/**
 * Calls a party over HTTP: one pool per party as a bulkhead, no pipelining, no redirect ever followed, every call signed over its
 * exact bytes. Nothing of the client's request travels along: no header, no token.
 */
export const createHttpTransport = (options: {
  readonly party: string
  readonly url: string
  readonly signingKey: HubSigningKey
  readonly nowMs: () => number
  readonly deadlineMs?: number
  readonly maxAnswerBytes?: number
}): Transport => {
  const deadlineMs = options.deadlineMs ?? CALL_DEADLINE_MS
  const maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES
  const target = new URL(options.url)
  const pool = new Pool(target.origin, {
    connections: 50,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: deadlineMs },
  })
  let isUp = true

  const exchange = async (body: Buffer, assertion: string, signal: AbortSignal): Promise<SubgraphAnswer> => {
    const response = await pool.request({
      path: target.pathname + target.search,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        [ASSERTION_HEADER]: assertion,
      },
      body,
      signal,
    })
    const refuse = (detail: string): never => {
      response.body.on('error', () => {})
      response.body.destroy()
      throw unavailable(detail)
    }
    if (response.statusCode < 200 || response.statusCode > 299) refuse(`HTTP status ${response.statusCode}`)
    if (response.headers['content-encoding'] !== undefined) refuse('a content encoding that was not asked for')
    if (!JSON_TYPE.test(String(response.headers['content-type'] ?? ''))) refuse('a content type that is no JSON')
    const bytes = await readBounded(response.body, maxAnswerBytes)
    try {
      return JSON.parse(bytes.toString('utf8')) as SubgraphAnswer
    } catch (cause) {
      throw unavailable('an answer that is no JSON', cause)
    }
  }

  return {
    party: options.party,
    async call(request, identity) {
      const body = Buffer.from(JSON.stringify(request))
      const assertion = signAssertion(
        { ...identity, aud: options.party, digest: bodyDigest(body), deadlineMs },
        options.signingKey,
        options.nowMs(),
      )
      try {
        const answer = await withDeadline(deadlineMs, (signal) => exchange(body, assertion, signal))
        isUp = true
        return answer
      } catch (cause) {
        isUp = false
        throw cause instanceof HubError ? cause : unavailable('the connection failed', cause)
      }
    },
    isUp: () => isUp,
    close: () => pool.close(),
  }
}
