import { createHmac } from 'node:crypto'

import { generateKeyPair, importJWK, exportSPKI, SignJWT, type JWK } from 'jose'

import type { TestHub, TestPersona } from '@commonhall/harness'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Every value of `Authorization` that must never be taken for somebody, nor for nobody in particular, by what is wrong with it. */
export const forgeries = async (hub: TestHub, persona: TestPersona): Promise<Readonly<Record<string, string>>> => {
  const good = await hub.token(persona)
  const [head = '', body = '', signature = ''] = good.split('.')
  const nowSeconds = Math.floor(hub.clock.now().getTime() / 1000)
  const { keys } = (await (await fetch(hub.issuer.jwksUri)).json()) as { keys: JWK[] }
  const publicJwk = keys[0] ?? {}
  const publicPem = await exportSPKI((await importJWK(publicJwk, 'EdDSA')) as Parameters<typeof exportSPKI>[0])
  const stranger = await generateKeyPair('EdDSA')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown>
  const signedBy = (header: Record<string, unknown>, over: Record<string, unknown> = {}): Promise<string> =>
    new SignJWT({ ...claims, ...over })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: 'at+jwt', ...header })
      .sign(stranger.privateKey)
  const symmetric = (secret: string, header: Record<string, unknown>): string => {
    const text = `${part({ alg: 'HS256', kid: 'test', typ: 'at+jwt', ...header })}.${body}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  const bearer = async (token: string | Promise<string>): Promise<string> => `Bearer ${await token}`
  const elsewhere = { ...claims, commonhall_posts: [{ kind: 'COMMITTEE', partyId: 'cmt_00000000000000000000000000', role: 'cadre' }] }
  return {
    'expired a minute ago': await bearer(hub.token(persona, { iat: nowSeconds - 3_660, exp: nowSeconds - 60 })),
    'not valid yet': await bearer(hub.token(persona, { nbf: nowSeconds + 600 })),
    'without an end': await bearer(hub.token(persona, { exp: undefined })),
    'without a subject': await bearer(hub.token(persona, { sub: undefined })),
    'for another audience': await bearer(hub.token(persona, { aud: 'another-hub' })),
    'for many audiences, none of them this one': await bearer(hub.token(persona, { aud: ['a', 'b'] })),
    'of another issuer': await bearer(hub.token(persona, { iss: 'https://idp.evil.example' })),
    'of an issuer that looks alike': await bearer(hub.token(persona, { iss: `${hub.issuer.issuer}/` })),
    'without an issuer': await bearer(hub.token(persona, { iss: undefined })),
    'signed by a stranger under the known key id': await bearer(signedBy({})),
    'signed by a stranger under an unknown key id': await bearer(signedBy({ kid: 'unheard-of' })),
    'with a key of its own in the header': await bearer(signedBy({ jwk: publicJwk })),
    'with the address of its own keys in the header': await bearer(signedBy({ jku: 'http://127.0.0.1:1/jwks' })),
    'with algorithm none': await bearer(`${part({ alg: 'none', typ: 'at+jwt' })}.${body}.`),
    'with algorithm None and the old signature': await bearer(`${part({ alg: 'None', kid: 'test', typ: 'at+jwt' })}.${body}.${signature}`),
    'signed symmetrically with the public key': await bearer(symmetric(publicPem, {})),
    'signed symmetrically with the public x': await bearer(symmetric(String(publicJwk.x), {})),
    'signed symmetrically with nothing': await bearer(symmetric('', { kid: undefined })),
    'with a body that was changed after signing': await bearer(`${head}.${part(elsewhere)}.${signature}`),
    'with a signature that lacks a byte': await bearer(`${head}.${body}.${signature.slice(0, -2)}`),
    'without a signature': await bearer(`${head}.${body}.`),
    'an id token, no access token': await bearer(signedBy({ typ: 'id_token' })),
    'two tokens at once': `Bearer ${good} ${good}`,
    garbage: 'Bearer garbage',
    'three dots': 'Bearer ...',
    'a claim set that is no object': `Bearer ${head}.${part(7)}.${signature}`,
    'fourteen thousand letters': `Bearer ${'A'.repeat(14_000)}`,
    'a word without a token': 'Bearer',
    'a good token without the word': good,
    'a good token under another scheme': `Basic ${good}`,
    'a name and a password': `Basic ${Buffer.from('admin:admin').toString('base64')}`,
  }
}
