import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'

import { DEMO_AUDIENCE, DEMO_ISSUER, PERSONA_GRANT } from './constants.js'
import { createIdentityProvider } from './create-identity-provider.js'
import type { Persona } from './personas.js'

const clerk: Persona = {
  name: 'clerk',
  title: { zh: '社区干部', en: 'Committee clerk' },
  posts: [{ kind: 'COMMITTEE', partyId: 'cmt_01kkkkkkkkkkkkkkkkkkkkkkkk', role: 'clerk' }],
  isResident: false,
  roles: [],
}
const resident: Persona = { name: 'resident', title: { zh: '居民<甲>', en: 'A resident' }, posts: [], isResident: true, roles: [] }
const auditor: Persona = { name: 'auditor', title: { zh: '审计员', en: 'Auditor' }, posts: [], isResident: false, roles: ['auditor'] }

let server: Server
let base: string
let jwks: JSONWebKeySet

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const signingJwk = { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'EdDSA', use: 'sig' }
  const keys = { signingJwk, cookieSecret: randomBytes(16).toString('hex') }
  server = createServer(createIdentityProvider({ keys, personas: [resident, clerk, auditor] }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`
  jwks = (await (await fetch(`${base}/jwks`)).json()) as JSONWebKeySet
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const askToken = (persona: string): Promise<Response> =>
  fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: PERSONA_GRANT, client_id: 'commonhall-cli', persona }) })

const verify = async (token: string): Promise<Record<string, unknown>> => {
  const options = { issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, algorithms: ['EdDSA'], typ: 'at+jwt' }
  return (await jwtVerify(token, createLocalJWKSet(jwks), options)).payload
}

describe('the demo identity provider', () => {
  it('gives a terminal the token of a persona, signed for the gateway, with its posts and one hour to live', async () => {
    const answer = (await (await askToken('clerk')).json()) as { access_token: string; expires_in: number }
    const claims = await verify(answer.access_token)
    expect(claims).toMatchObject({ sub: 'persona-clerk', commonhall_posts: clerk.posts, client_id: 'commonhall-cli' })
    expect(claims).not.toHaveProperty('commonhall_resident')
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600)
  })

  it('says of residents and auditors what they are', async () => {
    const tokenOf = async (name: string): Promise<string> =>
      ((await (await askToken(name)).json()) as { access_token: string }).access_token
    expect(await verify(await tokenOf('resident'))).toMatchObject({ commonhall_resident: true, commonhall_posts: [] })
    expect(await verify(await tokenOf('auditor'))).toMatchObject({ commonhall_roles: ['auditor'] })
  })

  it('refuses an unknown persona and names the known ones', async () => {
    const answer = await askToken('mayor')
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('resident, clerk, auditor'),
    })
  })

  it('publishes only the public half of its key', () => {
    expect(jwks.keys).toHaveLength(1)
    expect(jwks.keys[0]).not.toHaveProperty('d')
  })

  it('says in discovery where everything is below its own path', async () => {
    const found = await (await fetch(`${base}/.well-known/openid-configuration`)).json()
    expect(found).toMatchObject({ issuer: DEMO_ISSUER, token_endpoint: `${base}/token`, jwks_uri: `${base}/jwks` })
  })

  it('signs a front-end in by code and PKCE after one click on the page of personas', async () => {
    const verifier = randomBytes(32).toString('base64url')
    const redirect = 'http://127.0.0.1:5173/callback'
    const jar = new Map<string, string>()
    const go = async (url: string, init: RequestInit = {}): Promise<Response> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(new URL(url, base), { ...init, redirect: 'manual', headers: { cookie, 'accept-language': 'en' } })
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/)
        jar.set(name, value)
      }
      return response
    }
    const query = new URLSearchParams({
      client_id: 'commonhall-app',
      response_type: 'code',
      scope: 'openid hub',
      redirect_uri: redirect,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const begun = await go(`${base}/auth?${query}`)
    const page = await go(begun.headers.get('location') ?? '')
    const html = await page.text()
    expect(html).toContain('<button name="persona" value="clerk">Committee clerk')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    let next = await go(begun.headers.get('location') ?? '', { method: 'POST', body: new URLSearchParams({ persona: 'clerk' }) })
    for (let hop = 0; hop < 4 && !(next.headers.get('location') ?? '').startsWith(redirect); hop++) {
      expect(next.status).toBe(303)
      next = await go(next.headers.get('location') ?? '')
    }
    const code = new URL(next.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', client_id: 'commonhall-app', code, redirect_uri: redirect, code_verifier: verifier }
    const answer = (await (await fetch(`${base}/token`, { method: 'POST', body: new URLSearchParams(form) })).json()) as {
      access_token: string
      id_token: string
    }
    expect(await verify(answer.access_token)).toMatchObject({ sub: 'persona-clerk', commonhall_posts: clerk.posts })
    expect(answer.id_token.split('.')).toHaveLength(3)
  })

  it('answers an unknown sign-in plainly', async () => {
    const answer = await fetch(`${base}/interaction/nothing-here`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('begin again')
  })
})
