import { describe, expect, it } from '@jest/globals'

import { buildFederatedSchema } from '@commonhall/shared/subgraph'
import { buildSchema, parse, type ObjectTypeDefinitionNode } from 'graphql'

import { ORPHANED_TYPES, REFERENCES, RESOLVERS } from '../src/schema.js'

describe('the schema of the committees', () => {
  it('gives every type of its own an owner, every act a code and every foreign field a signature', async () => {
    const { sdl } = await buildFederatedSchema({
      resolvers: RESOLVERS,
      orphanedTypes: ORPHANED_TYPES,
      references: REFERENCES,
      instances: new Map(),
    })
    expect(() => buildSchema(sdl.replace(/extend schema[\s\S]*?(?=\n\n")/, ''), { assumeValidSDL: true })).not.toThrow()
    const types = parse(sdl).definitions.filter((node): node is ObjectTypeDefinitionNode => node.kind === 'ObjectTypeDefinition')
    const named = (name: string): ObjectTypeDefinitionNode => types.find((type) => type.name.value === name)!
    const directives = (node: { directives?: ReadonlyArray<{ name: { value: string } }> }) =>
      (node.directives ?? []).map(({ name }) => name.value)
    for (const field of named('Mutation').fields ?? []) expect(directives(field)).toEqual(expect.arrayContaining(['act', 'authenticated']))
    const contributed = (named('Suggestion').fields ?? []).filter(({ name }) => name.value !== 'id')
    expect(contributed.map(({ name }) => name.value).sort()).toEqual([
      'committeeHandling',
      'conference',
      'ledgerEntry',
      'triage',
      'triageHistory',
    ])
    for (const field of contributed) {
      expect(directives(field)).toEqual(['owner'])
      expect(field.type.kind).not.toBe('NonNullType')
    }
    const foreign = ['Department', 'Nonprofit', 'Resident', 'FunctionItem', 'Suggestion']
    for (const name of foreign) expect(named(name).description).toBeUndefined()
    for (const type of types) {
      if (foreign.includes(type.name.value) || ['Query', 'Mutation', 'Subscription'].includes(type.name.value)) continue
      expect([type.name.value, directives(type).some((name) => name === 'owner' || name === 'shareable')]).toEqual([type.name.value, true])
    }
    // Lists and names of every entity reach their references.
    const entities = types.filter((type) => directives(type).includes('key') && directives(type).includes('owner'))
    expect([...entities.map(({ name }) => name.value), 'Suggestion'].sort()).toEqual(Object.keys(REFERENCES).sort())
  })
})
