import { describe, expect, it } from '@jest/globals'

import { generateHubKey } from '@commonhall/shared/identity'

import { readGatewayConfig } from './config.js'

const SECRETS = { government: 'g'.repeat(16), committees: 'c'.repeat(16), nonprofits: 'n'.repeat(16), residents: 'r'.repeat(16) }
const GOOD = {
  COMMONHALL_HUB_PRIVATE_KEY: generateHubKey().privateKeyPem,
  COMMONHALL_PAIRWISE_KEYS: JSON.stringify(SECRETS),
  COMMONHALL_ISSUER: 'https://id.example',
  COMMONHALL_ISSUER_JWKS: 'https://id.example/jwks',
  COMMONHALL_AUDIENCE: 'commonhall',
  COMMONHALL_GOVERNMENT_URL: 'http://127.0.0.1:4001/graphql',
  COMMONHALL_COMMITTEES_URL: 'http://127.0.0.1:4002/graphql',
  COMMONHALL_NONPROFITS_URL: 'http://127.0.0.1:4003/graphql',
  COMMONHALL_RESIDENTS_URL: 'http://127.0.0.1:4004/graphql',
}

const faultsOf = (environment: Record<string, string>): string => {
  try {
    readGatewayConfig(environment)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe("the gateway's settings", () => {
  it('become options, closed unless opened', () => {
    expect(readGatewayConfig({ ...GOOD, COMMONHALL_CORS_ORIGINS: 'https://a.example, https://b.example', PATH: '/bin' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      introspection: false,
      corsOrigins: ['https://a.example', 'https://b.example'],
      pairwiseKeys: SECRETS,
    })
  })

  it('name every fault at once', () => {
    const faults = faultsOf({ ...GOOD, COMMONHALL_PORT: '70000', COMMONHALL_RESIDENTS_URL: 'file:///etc/passwd', COMMONHALL_PROT: '1' })
    expect(faults).toContain('COMMONHALL_PORT')
    expect(faults).toContain('COMMONHALL_RESIDENTS_URL')
    expect(faults).toContain('COMMONHALL_PROT is not a setting')
  })

  it.each([
    ['COMMONHALL_HUB_PRIVATE_KEY', 'not-a-key-s3cret'],
    ['COMMONHALL_HUB_PRIVATE_KEY', `-----BEGIN ${'PRIVATE'} KEY-----\ns3cret\n-----END ${'PRIVATE'} KEY-----`],
    ['COMMONHALL_PAIRWISE_KEYS', '{"government":"s3cret"'],
    ['COMMONHALL_PAIRWISE_KEYS', '{"government":"s3cret"}'],
  ])('refuse a bad %s without repeating it', (name, value) => {
    const faults = faultsOf({ ...GOOD, [name]: value })
    expect(faults).toContain(name)
    expect(faults).not.toContain('s3cret')
  })
})
