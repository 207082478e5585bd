import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { actors, expectDone, expectRefusal, REFUSED, type TestActor } from '@commonhall/harness'

import { cadreOf, startSmallStreet, submit, type SmallStreet } from './street.data.js'

type Inputs = Record<string, Record<string, unknown>>

const ACTS = [
  'importGrid',
  'assignCellManager',
  'endAssignment',
  'recordVisit',
  'triageSuggestion',
  'takeCase',
  'extendCase',
  'finishCase',
  'openLedgerEntry',
  'scheduleStep',
  'completeStep',
  'reportFeedback',
  'closeLedgerEntry',
] as const

const PERSONS: ReadonlyArray<readonly [string, (street: SmallStreet) => TestActor, string]> = [
  ['a visitor', () => actors.anonymous(), 'NOT_YOUR_FUNCTION'],
  ['a resident', () => actors.resident('r'), 'NOT_YOUR_FUNCTION'],
  ["the committee's clerk", (street) => actors.clerk(street.committee), 'NOT_YOUR_FUNCTION'],
  ['a clerk of another committee', (street) => actors.clerk(street.otherCommittee), 'NOT_YOUR_FUNCTION'],
  ['a cadre of another committee', (street) => actors.cadre(street.otherCommittee), 'NOT_YOUR_RECORD'],
  ['an officer', (street) => actors.officer(street.urban), 'NOT_YOUR_FUNCTION'],
  ['a worker', (street) => actors.worker(street.nonprofit), 'NOT_YOUR_FUNCTION'],
  ['an auditor', () => actors.auditor(), 'NOT_YOUR_FUNCTION'],
]

/** Every person × act: all refused but the own cadre, who may do each of them. */
describe('who may act for a committee', () => {
  let street: SmallStreet
  let inputs: Inputs
  const run = (act: string, actor: TestActor) => {
    const input = `${act[0]?.toUpperCase()}${act.slice(1)}Input`
    return street.party.run(actor, `mutation ($input: ${input}!) { ${act}(input: $input) { ${REFUSED} } }`, { input: inputs[act] })
  }
  const mutate = async (mutation: string, input: string, type: string, values: Record<string, unknown>) => {
    const text = `mutation ($input: ${input}!) { ${mutation}(input: $input) { ${REFUSED} ... on ${type} { id ${type === 'LedgerEntry' ? 'schedule { id }' : ''} } } }`
    return expectDone(await street.party.run(cadreOf(street), text, { input: values }))
  }

  beforeAll(async () => {
    street = await startSmallStreet()
    const [waiting, routed, held] = [await submit(street), await submit(street), await submit(street)]
    for (const suggestion of [routed, held])
      await mutate('triageSuggestion', 'TriageSuggestionInput', 'Triage', { suggestion, route: 'SELF' })
    const promise = { days: 5, clock: 'WORKING' }
    const handling = (await mutate('takeCase', 'TakeCaseInput', 'CommitteeHandling', { suggestion: held, promise }))['id']
    const newEntry = { community: street.community, title: '积水', feedbackEveryDays: 7 }
    const { id: entry } = await mutate('openLedgerEntry', 'OpenLedgerEntryInput', 'LedgerEntry', newEntry)
    const scheduled = await mutate('scheduleStep', 'ScheduleStepInput', 'LedgerEntry', { entry, dueOn: '2026-03-05', what: '查勘' })
    const [step] = scheduled['schedule'] as Array<{ id: string }>
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ]
    const feature = { type: 'Feature', properties: { kind: 'net', number: 50 }, geometry: { type: 'Polygon', coordinates: [square] } }
    inputs = {
      importGrid: { community: street.community, collection: { type: 'FeatureCollection', features: [feature] } },
      assignCellManager: { cell: street.cell, role: 'GRID_MEMBER', resident: street.resident, since: '2026-03-01' },
      endAssignment: { cell: street.cell, role: 'GRID_MEMBER', until: '2026-03-05' },
      recordVisit: { cell: street.cell, at: '2026-03-01T01:00:00Z', by: 'GRID_MEMBER', households: 3 },
      triageSuggestion: { suggestion: waiting, route: 'SELF' },
      takeCase: { suggestion: routed, promise },
      extendCase: { handling, days: 1, why: '等待' },
      finishCase: { handling, resolution: '好了' },
      openLedgerEntry: newEntry,
      scheduleStep: { entry, dueOn: '2026-03-06', what: '施工' },
      completeStep: { entry, step: step?.id },
      reportFeedback: { entry, channel: 'PAPER', text: '已告知' },
      closeLedgerEntry: { entry },
    }
  })
  afterAll(() => street.party.stop())

  describe.each(PERSONS)('%s', (_, actorOf, code) => {
    it.each(ACTS)('may not %s', async (act) => {
      expectRefusal(await run(act, actorOf(street)), code)
    })
  })

  it('a foreign cadre is told whose record it is', async () => {
    const refusal = expectRefusal(await run('triageSuggestion', actors.cadre(street.otherCommittee)), 'NOT_YOUR_RECORD')
    expect(refusal).toMatchObject({ party: { kind: 'COMMITTEE', id: street.committee } })
  })

  it('nobody below the post of a cadre learns whether a record exists', async () => {
    inputs = { ...inputs, triageSuggestion: { suggestion: 'sug_unknown', route: 'SELF' } }
    expectRefusal(await run('triageSuggestion', actors.resident('r')), 'NOT_YOUR_FUNCTION')
  })

  it.each(ACTS.filter((act) => act !== 'triageSuggestion' && act !== 'scheduleStep' && act !== 'closeLedgerEntry'))(
    'the own cadre may %s',
    async (act) => {
      expect(expectDone(await run(act, cadreOf(street)))['__typename']).not.toBe('Refusal')
    },
  )
})
