import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { serverAudits } from 'graphql-http'

import type { Gateway } from '../src/gateway.js'
import { startFixture } from './fixture-gateway.js'

/**
 * Audits that send a bare GET. The door takes queries by GET from whoever proves that a browser has asked first, because a bare GET
 * may come from any page (CSRF, XS-Search); the audits know no such proof, so it is added to exactly these, and to no other.
 */
const NEED_PREFLIGHT: Readonly<Record<string, string>> = {
  '5A70': 'MAY accept application/x-www-form-urlencoded formatted GET requests',
  D6D5: 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  '6A70': 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
}

let gateway: Gateway | undefined
const url = (): string => gateway?.url ?? ''
const withProof = (input: unknown, init: RequestInit = {}): Promise<Response> =>
  fetch(String(input), { ...init, headers: { ...(init.headers as Record<string, string> | undefined), 'hub-preflight': '1' } })

describe('the audit of GraphQL over HTTP', () => {
  beforeAll(async () => {
    ;({ gateway } = await startFixture())
  })
  afterAll(() => gateway?.stop())

  const bare = serverAudits({ url, fetchFn: fetch })
  const proven = new Map(serverAudits({ url, fetchFn: withProof }).map((audit) => [audit.id, audit]))

  it.each(bare.map(({ id, name, fn }) => [id, name, fn] as const))('%s: %s', async (id, name, fn) => {
    const result = await (NEED_PREFLIGHT[id] === name ? proven.get(id)?.fn() : fn())
    expect(result).toMatchObject({ id, status: 'ok' })
  })

  it('has no exception among what a server MUST do', () => {
    expect(Object.values(NEED_PREFLIGHT).filter((name) => !name.startsWith('MAY'))).toEqual([])
  })

  it.each(Object.entries(NEED_PREFLIGHT))('%s fails without the proof of a preflight, as it is meant to', async (id) => {
    const result = await bare.find((audit) => audit.id === id)?.fn()
    expect(result).toMatchObject({ status: 'notice', reason: 'Response status code is not 200' })
  })
})
