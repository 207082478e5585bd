import { describe, expect, it } from '@jest/globals'
import { findingsAfter } from '../examples.js'
import { RULE_CODES, RULES } from './index.js'

const examples = RULE_CODES.flatMap((code) => {
  const { example } = RULES[code]
  return example ? [{ code, ...example }] : []
})
const changeOf = ({ in: name, replaces, refused }: (typeof examples)[number], add = refused) => [{ in: name, add, replaces }]
const codesOf = (...given: Parameters<typeof findingsAfter>) => findingsAfter(...given).map(({ code }) => code)

describe('the examples of the rules', () => {
  it('stand in a street that keeps its agreement', () => {
    expect(findingsAfter([])).toEqual([])
  })

  it('exist for every rule that a schema can break', () => {
    expect(RULE_CODES.filter((code) => !RULES[code].example)).toEqual(['PARTY_WITHOUT_SUBGRAPH'])
  })

  it.each(examples)('of $code are refused by it alone', (example) => {
    expect(codesOf(changeOf(example))).toEqual([example.code])
  })

  it.each(examples.filter(({ accepted }) => accepted !== undefined))('of $code are accepted when they are written as shown', (example) => {
    expect(codesOf(changeOf(example, example.accepted))).toEqual([])
  })

  it.each(examples.filter(({ grant }) => grant !== undefined))('of $code are accepted with the grant, and with it alone', (example) => {
    const grant = example.grant!
    const terms = (more: string) => ({ grants: [{ of: grant.of, line: grant.line.replace(/(, until: [-\d]+)? }$/, `, ${more} }`) }] })
    const changes = changeOf(example)
    expect(codesOf(changes, { grants: [grant] })).toEqual([])
    expect(codesOf(changes, terms('until: 2026-11-23'))).toEqual([])
    expect(codesOf(changes, terms('until: 2026-11-22'))).toEqual([example.code])
    expect(codesOf(changes, terms('from: 2026-11-24, until: 2027-12-31'))).toEqual([example.code])
    expect(codesOf(changes, terms('until: 2027-12-31, revoked: 2026-11-24'))).toEqual([])
    expect(codesOf(changes, terms('until: 2027-12-31, revoked: 2026-11-23'))).toEqual([example.code])
  })

  it.each(examples)('of $code pass unseen when the rule is switched off, so that no rule is idle', (example) => {
    expect(codesOf(changeOf(example), { without: [example.code] })).toEqual([])
  })
})
