import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'

/** An issuer of tokens with its keys behind HTTP. */
export interface Issuer {
  readonly issuer: string
  readonly jwksUri: string
  readonly audience: string
  readonly key: CryptoKey
  /** A token; `over` replaces claims, `options` header and key. */
  token(
    over?: Record<string, unknown>,
    options?: { readonly key?: CryptoKey; readonly typ?: string; readonly expiresIn?: number },
  ): Promise<string>
  close(): Promise<void>
}

/** Starts an issuer with one Ed25519 key. */
export const startIssuer = async (): Promise<Issuer> => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA', use: 'sig' }
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] })),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = 'https://id.example'
  const audience = 'commonhall'
  return {
    issuer,
    audience,
    jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    key: privateKey,
    token: async (over = {}, options = {}) => {
      const nowSeconds = Math.floor(Date.now() / 1000)
      const claims = {
        iss: issuer,
        aud: audience,
        sub: 'user-1',
        exp: nowSeconds + (options.expiresIn ?? 600),
        client_id: 'dashboard',
        ...over,
      }
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k1', typ: options.typ ?? 'at+jwt' })
        .sign(options.key ?? privateKey)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
