import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readCharter } from '@commonhall/shared/charter'

const repository = resolve(dirname(new URL(import.meta.url).pathname), '../..')

describe('the agreement of the street', () => {
  const charter = readCharter(join(repository, 'charter'))

  it('is made by the four kinds of parties', () => {
    expect(charter.parties.map(({ party, kind }) => `${party} ${kind}`)).toEqual([
      'committees COMMITTEE',
      'government GOVERNMENT',
      'nonprofits NONPROFIT',
      'residents RESIDENT',
    ])
  })

  it('lets three parties answer a suggestion, each in a field of its own', () => {
    const residents = charter.parties.find(({ party }) => party === 'residents')
    expect(residents?.grants.filter(({ extend }) => extend === 'Suggestion').map(({ to }) => to)).toEqual([
      'committees',
      'government',
      'nonprofits',
    ])
  })

  it('names each act after the party that performs it', () => {
    const strangers = charter.parties.flatMap(({ kind, acts }) => acts.filter(({ code }) => !code.startsWith(`${kind.toLowerCase()}.`)))
    expect(strangers).toEqual([])
  })
})
