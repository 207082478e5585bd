import { describe, expect, it } from '@jest/globals'

import { mergeEntities } from '../../src/execution/entity-batch.js'
import { HubNode } from '../../src/execution/hub-node.js'
import { PartyRoom } from '../../src/execution/party-room.js'

const TYPES = { satisfies: () => true, nameOf: (name: string) => name } as never

/** An entity with so many objects below it. */
const entityOf = (objects: number): HubNode => {
  const list = Array.from({ length: objects }, () => new HubNode([undefined, undefined]))
  return new HubNode([list])
}
const merge = (places: number, objects: number): void => {
  const waiting = Array.from({ length: places }, () => new HubNode([undefined]))
  const batch = { target: { isFinal: false }, representations: ['{}'], places: [waiting] }
  mergeEntities(batch as never, [entityOf(objects)], TYPES, new PartyRoom())
}

describe('an entity that waits at many places', () => {
  it('is copied to each of them', () => expect(() => merge(500, 100)).not.toThrow())

  it('of a hostile party is not copied until the memory is full', () =>
    expect(() => merge(10_000, 100_000)).toThrow(expect.objectContaining({ code: 'PARTY_UNAVAILABLE', reason: 'TOO_LARGE' })))
})

describe('a party that is called many times in one operation', () => {
  it('may not fill the memory with answers that are each small enough', () => {
    const room = new PartyRoom()
    const eightMebibytes = 8 * 1024 * 1024
    for (let call = 0; call < 8; call++) room.takeBytes(eightMebibytes)
    expect(() => room.takeBytes(1)).toThrow(expect.objectContaining({ code: 'PARTY_UNAVAILABLE', reason: 'TOO_LARGE' }))
  })

  it('is heard once, however large its operator lets it be', () => {
    const room = new PartyRoom()
    expect(() => room.takeBytes(200 * 1024 * 1024)).not.toThrow()
    expect(() => room.takeBytes(1)).toThrow()
  })
})
