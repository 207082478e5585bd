import { describe, expect, it } from '@jest/globals'
import { assembleCharter } from './assemble.js'
import { formatCharterFault } from './faults.js'
import { parseCharterFile } from './parse.js'

const residents = `party: residents
kind: RESIDENT
title: { zh: 居民, en: Residents }
owns:
  types: [Resident, Suggestion]
  queries: [me]
acts:
  - code: resident.suggestion.submit
    mutation: submitSuggestion
    title: { zh: 提交建议, en: Submit a suggestion }
    by: [resident]
    basis: { zh: 宪法第四十一条, en: 'Constitution, art. 41' }
grants:
  - { to: committees, extend: Suggestion }
`
const committees = `party: committees
kind: COMMITTEE
title: { zh: 居委会, en: Committees }
owns: { types: [Community], queries: [community] }
acts: []
`
const commons = `commons: true
title: { zh: 公共词汇, en: The commons }
scalars: [DateTime]
directives: [owner, act]
types: [Refusal]
`
const files = (...texts: string[]) => texts.map((text) => ({ file: `charter/${/^(?:party: )?(\w+)/.exec(text)![1]}.yaml`, text }))
const faultsOf = (...texts: string[]) => {
  const assembled = assembleCharter(files(...texts))
  return assembled.ok ? [] : assembled.faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.code}`)
}

describe('a charter file', () => {
  it('is read with the lines of what it names', () => {
    const [source] = files(residents)
    const parsed = parseCharterFile(source!)
    if (!parsed.ok || !parsed.party) throw new Error('the honest file was refused')
    expect(parsed.party).toMatchObject({ party: 'residents', kind: 'RESIDENT', title: { zh: '居民', en: 'Residents' } })
    expect([...parsed.party.types]).toEqual([
      ['Resident', 5],
      ['Suggestion', 5],
    ])
    expect(parsed.party.acts[0]).toMatchObject({ code: 'resident.suggestion.submit', by: ['resident'], line: 8 })
    expect(parsed.party.grants).toEqual([{ to: 'committees', extend: 'Suggestion', line: 14 }])
  })

  it.each([
    ['YAML that does not parse', residents.replace('[me]', '[me'), 'charter/residents.yaml:7:1 CHARTER_NOT_YAML'],
    ['a key that stands twice', residents.replace('kind: RESIDENT', 'party: again'), 'charter/residents.yaml:2:1 CHARTER_NOT_YAML'],
    ['an unknown key', residents.replace('  queries:', '  questions: [me]\n  queries:'), 'charter/residents.yaml:6:3 CHARTER_UNKNOWN_KEY'],
    ['an unknown key of an act', residents.replace('by: [', 'who: x\n    by: ['), 'charter/residents.yaml:11:5 CHARTER_UNKNOWN_KEY'],
    ['an unknown role', residents.replace('[resident]', '[mayor]'), 'charter/residents.yaml:11:10 CHARTER_SHAPE'],
    ['an act that nobody may perform', residents.replace('[resident]', '[]'), 'charter/residents.yaml:11:9 CHARTER_SHAPE'],
    ['a malformed act code', residents.replace('resident.suggestion.submit', 'R-01'), 'charter/residents.yaml:8:11 CHARTER_SHAPE'],
    ['a title in one language', residents.replace('zh: 提交建议, ', ''), 'charter/residents.yaml:10:12 CHARTER_SHAPE'],
    ['a missing part', residents.replace('kind: RESIDENT\n', ''), 'charter/residents.yaml:1:1 CHARTER_SHAPE'],
    ['a type named twice', residents.replace('[Resident,', '[Resident, Resident,'), 'charter/residents.yaml:5:21 CHARTER_DUPLICATE_OWNER'],
    ['an empty file', 'residents', 'charter/residents.yaml:1:1 CHARTER_SHAPE'],
  ])('is refused with file, line and column for %s', (_, text, expected) => {
    expect(faultsOf(text, committees, commons)).toContain(expected)
  })

  it('is refused with a remedy that names the keys it may have', () => {
    const [source] = files(residents.replace('party:', 'parti:'))
    const parsed = parseCharterFile({ ...source!, file: 'charter/residents.yaml' })
    expect(parsed.ok ? [] : parsed.faults.map(formatCharterFault).join('\n')).toContain(
      'use one of: party, kind, title, subgraphs, owns, acts, grants',
    )
  })

  it('is refused with all its faults at once', () => {
    expect(faultsOf(residents.replace('kind: RESIDENT', 'kind: KING').replace('[me]', '[7]'), committees, commons)).toEqual([
      'charter/residents.yaml:2:7 CHARTER_SHAPE',
      'charter/residents.yaml:6:13 CHARTER_SHAPE',
    ])
  })
})

describe('the agreement', () => {
  const act = residents.slice(residents.indexOf('  - code'), residents.indexOf('grants'))

  it('joins the parties and the commons', () => {
    expect(faultsOf(residents, committees, commons)).toEqual([])
  })

  it.each([
    ['a type of two owners', committees.replace('[Community]', '[Community, Suggestion]'), 'CHARTER_DUPLICATE_OWNER'],
    ['a type of the commons taken by a party', committees.replace('[Community]', '[Refusal]'), 'CHARTER_DUPLICATE_OWNER'],
    ['a query of two owners', committees.replace('[community]', '[me]'), 'CHARTER_DUPLICATE_OWNER'],
    [
      'an act code that stands twice',
      committees.replace('acts: []', `acts:\n${act.replace(': submitS', ': writeS')}`),
      'CHARTER_DUPLICATE_ACT',
    ],
    ['a mutation of two acts', committees.replace('acts: []', `acts:\n${act.replace('.submit', '.write')}`), 'CHARTER_DUPLICATE_ACT'],
    ['two parties of one kind', committees.replace('COMMITTEE', 'RESIDENT'), 'CHARTER_DUPLICATE_PARTY'],
    ['two parties of one name', committees.replace('party: committees', 'party: residents'), 'CHARTER_DUPLICATE_PARTY'],
    ['a grant of what is not owned', `${committees}grants: [{ to: residents, extend: Resident }]\n`, 'CHARTER_BAD_GRANT'],
    ['a grant to oneself', `${committees}grants: [{ to: committees, extend: Community }]\n`, 'CHARTER_BAD_GRANT'],
    ['a grant of nothing', `${committees}grants: [{ to: residents, until: 2027-01-01 }]\n`, 'CHARTER_BAD_GRANT'],
    [
      'values without a purpose',
      `${committees}grants: [{ to: residents, receive: Community.x, until: 2027-01-01 }]\n`,
      'CHARTER_BAD_GRANT',
    ],
    ['values without an end', `${committees}grants: [{ to: residents, receive: Community.x, purpose: CARE }]\n`, 'CHARTER_BAD_GRANT'],
    [
      'a grant that ends before it begins',
      `${committees}grants: [{ to: residents, extend: Community, from: 2027-02-01, until: 2027-01-01 }]\n`,
      'CHARTER_BAD_GRANT',
    ],
    ["a grant of another's root field", `${committees}grants: [{ to: residents, override: Query.me }]\n`, 'CHARTER_BAD_GRANT'],
    ['a day that no calendar has', `${committees}grants: [{ to: residents, extend: Community, until: 2027-02-30 }]\n`, 'CHARTER_SHAPE'],
    ['a wildcard', `${committees}grants: [{ to: residents, hide: 'Community.*' }]\n`, 'CHARTER_SHAPE'],
    ['a purpose that nobody knows', `${committees}grants: [{ to: residents, extend: Community, purpose: CURIOSITY }]\n`, 'CHARTER_SHAPE'],
    ['a subgraph of two parties', committees.replace('owns:', 'subgraphs: [residents]\nowns:'), 'CHARTER_DUPLICATE_PARTY'],
    ['a grant to nobody', `${committees}grants: [{ to: police, extend: Community }]\n`, 'CHARTER_BAD_GRANT'],
  ])('refuses %s', (_, text, code) => {
    expect(faultsOf(residents, text, commons).map((fault) => fault.split(' ')[1])).toContain(code)
  })

  it('refuses to stand without the commons, or with two', () => {
    expect(faultsOf(residents, committees)).toEqual(['charter/commons.yaml:1:1 CHARTER_NO_COMMONS'])
    const second = commons.replace('[DateTime]', '[]').replace('[owner, act]', '[]').replace('[Refusal]', '[]')
    expect(faultsOf(residents, committees, commons, second)).toEqual(['charter/commons.yaml:1:1 CHARTER_DUPLICATE_PARTY'])
  })
})
