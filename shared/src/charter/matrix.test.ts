import { describe, expect, it } from '@jest/globals'
import { briefly, findingsAfter } from './examples.js'
import type { Change } from './examples.js'
import { CROSSINGS } from './matrix.data.js'

const changesOf = (text: string | Change): Change[] => [typeof text === 'string' ? { in: 'committees', add: text } : text]
const withGrant = (grant: string, of = 'residents', more = '') => ({ grants: [{ of, line: `{ to: committees, ${grant}${more} }` }] })
const found = (...given: Parameters<typeof findingsAfter>) =>
  briefly(findingsAfter(...given)).map((line) => line.replace(/ committees$/, ''))
const EVERYTHING =
  'extend: [Suggestion, Resident, Matter, Address], override: [Suggestion.id, Query.resident], ' +
  'hide: [Suggestion.id], receive: [Suggestion.address], purpose: CASE_HANDLING, until: 2027-12-31'

describe('each kind of crossing, at each kind of element', () => {
  it.each(CROSSINGS)('$kind: $element is refused without a grant', ({ text, expected }) => {
    expect(found(changesOf(text))).toEqual([expected])
  })

  it.each(CROSSINGS.filter(({ grant }) => grant !== undefined))(
    '$kind: $element is accepted with the grant, and refused again when it ended or was revoked',
    ({ text, expected, grant = '', of }) => {
      const changes = changesOf(text)
      const open = grant.replace(/, until: .*$/, '')
      expect(found(changes, withGrant(grant, of))).toEqual([])
      expect(found(changes, withGrant(open, of, ', until: 2026-11-22'))).toEqual([expected])
      expect(found(changes, withGrant(grant, of, ', revoked: 2026-11-23'))).toEqual([expected])
    },
  )

  it.each(CROSSINGS.filter(({ grant }) => grant === undefined))(
    '$kind: $element stays refused whatever the owners grant',
    ({ text, expected }) => {
      expect(found(changesOf(text), withGrant(EVERYTHING))).toContain(expected)
    },
  )
})
