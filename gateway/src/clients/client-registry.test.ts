import { describe, expect, it } from '@jest/globals'

import { createClientRegistry, readClientsFile } from './client-registry.js'

const HASH = 'a'.repeat(64)

describe('the registry of clients', () => {
  const registry = createClientRegistry({
    anonymous: { maxCost: 100, costPerMinute: 1000, introspection: false },
    signedIn: { maxCost: 1000 },
    clients: {
      dashboard: { limits: { maxDepth: 25 }, maxCost: 5000, introspection: true, purposes: ['OVERSIGHT'] },
      portal: { maxCost: 50, onlyTrustedDocuments: true, documents: [HASH], limits: { maxDepth: 30, maxAliases: 5 } },
    },
  })

  it('gives a proven client what its policy says, also more than the class has', () => {
    expect(registry.ofToken('dashboard')).toMatchObject({ name: 'dashboard', maxCost: 5000, introspection: true })
    expect(registry.ofToken('dashboard').limits).toMatchObject({ maxDepth: 25, maxTokens: 10_000 })
  })

  it('gives unknown clients their class', () => {
    expect(registry.ofToken('nobody')).toMatchObject({ name: 'signed-in', maxCost: 1000, purposes: null })
    expect(registry.ofName('nobody')).toBe(registry.ofName(null))
  })

  it('lets a name that nobody has proven narrow, and never widen', () => {
    expect(registry.ofName('dashboard')).toMatchObject({
      maxCost: 100,
      costPerMinute: 1000,
      introspection: false,
      limits: { maxDepth: 15 },
    })
    expect(registry.ofName('portal')).toMatchObject({ maxCost: 50, onlyTrustedDocuments: true, limits: { maxDepth: 15, maxAliases: 5 } })
    expect(registry.ofName('portal').documents).toEqual(new Set([HASH]))
  })

  it('does not take names for properties of objects', () => {
    expect(registry.ofToken('__proto__').name).toBe('signed-in')
    expect(registry.ofName('constructor').name).toBe('anonymous')
  })
})

describe('a file of clients', () => {
  it('is read when the model knows all of it', () => {
    expect(readClientsFile('{"clients":{"portal":{"maxCost":5}}}')).toEqual({ clients: { portal: { maxCost: 5 } } })
  })

  it.each([
    ['no JSON', '{', 'It is no JSON.'],
    ['a misspelt setting', '{"anonymous":{"maxCosts":5}}', 'anonymous'],
    ['a negative limit', '{"anonymous":{"limits":{"maxDepth":-1}}}', 'anonymous.limits.maxDepth'],
    ['a purpose that does not exist', '{"clients":{"x":{"purposes":["PLAY"]}}}', 'clients.x.purposes.0'],
    ['a nesting that the planner cannot follow', '{"signedIn":{"limits":{"maxNesting":60}}}', 'signedIn.limits.maxNesting'],
  ])('is refused for %s, and says where', (_, text, place) => {
    expect(() => readClientsFile(text)).toThrow(
      expect.objectContaining({ name: 'ClientsFileRefused', message: expect.stringContaining(place) }),
    )
  })

  it('is refused when an operation may cost more than a minute allows', () => {
    expect(() => createClientRegistry({ clients: { x: { maxCost: 10, costPerMinute: 5 } } })).toThrow(/x: maxCost is more/)
  })
})
