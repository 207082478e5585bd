import { describe, expect, it } from '@jest/globals'

import { accessClaimsOf, identityOfClaims, languageOf, principalOf } from './principal.js'

const NO_HEADERS = { actingFor: undefined, purpose: undefined, acceptLanguage: undefined }

describe('what a token grants', () => {
  it('is nothing when its claims are of another shape', () => {
    const strange = {
      iss: 'i',
      sub: 's',
      commonhall_posts: [7, null, { kind: 'COMMITTEE', partyId: 'cmt_1', role: 'king' }, { kind: 'KINGDOM', partyId: 'x', role: 'cadre' }],
      commonhall_resident: 'yes',
      commonhall_roles: 'auditor',
      azp: 7,
    }
    expect(identityOfClaims(strange)).toEqual({ issuer: 'i', subject: 's', client: 'unnamed', roles: [], posts: [], expiresAtMs: 0 })
  })

  it('opens the desk of the post that acts, and of no other', () => {
    const identity = identityOfClaims({
      iss: 'i',
      sub: 's',
      commonhall_posts: [
        { kind: 'COMMITTEE', partyId: 'cmt_1', role: 'cadre' },
        { kind: 'GOVERNMENT', partyId: 'dep_1', role: 'officer' },
      ],
    })
    expect([...accessClaimsOf(principalOf(identity, NO_HEADERS)).scopes]).toEqual(['desk:committee'])
    expect([...accessClaimsOf(principalOf(identity, { ...NO_HEADERS, actingFor: 'dep_1' })).scopes]).toEqual(['desk:government'])
    expect(accessClaimsOf(principalOf(null, NO_HEADERS))).toEqual({ isSignedIn: false, scopes: new Set() })
  })
})

describe('scopes of a token', () => {
  const claims = { iss: 'i', sub: 's', scope: 'orders:read  orders:write', scp: ['desk:committee', 7, ''] }
  const scopesOf = (scopeClaim?: string) => [...accessClaimsOf(principalOf(identityOfClaims(claims, scopeClaim), NO_HEADERS)).scopes]

  it('count from the claim that the issuer is trusted with, as text or as a list', () => {
    expect(scopesOf('scope')).toEqual(['orders:read', 'orders:write'])
    expect(scopesOf('scp')).toEqual(['desk:committee'])
    expect(scopesOf('missing')).toEqual([])
  })

  it('grant nothing where the issuer is not trusted with any', () => expect(scopesOf()).toEqual([]))
})

describe('the language of messages', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['fr', 'zh'],
    ['en-GB,en;q=0.8', 'en'],
    ['fr, en', 'en'],
    ['zh-CN,en', 'zh'],
  ])('for %s is %s', (accept, language) => expect(languageOf(accept)).toBe(language))
})
