import { actors, REFUSED, startTestParty, type TestActor, type TestParty } from '@commonhall/harness'
import { newTypeId } from '@commonhall/shared/typeid'

import { createResidentsSubgraph, migrateResidents } from '../src/subgraph.js'

export const FOLLOW_SECRET = 'only-for-tests-0123456789'

/** A square cell of 0.01 degrees, its lower left corner at (x, y). */
const square = (x: number, y: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + 0.01, y],
      [x + 0.01, y + 0.01],
      [x, y + 0.01],
      [x, y],
    ],
  ],
})

const community = (number: number) => ({
  id: newTypeId('com', number),
  number,
  committee: newTypeId('cmt', number),
  cell: newTypeId('cel', number),
  otherCell: newTypeId('cel', 100 + number),
})

/** Two communities with two cells each; those of north lie at 106.40 and 106.41, those of south one degree below. */
export const north = community(1)
export const south = community(2)
export const urban = newTypeId('dep', 1)
export const social = newTypeId('dep', 2)
export const helpers = newTypeId('npo', 1)
export const inNorth = { type: 'Point', coordinates: [106.405123456, 29.805654321] }
export const inSouth = { type: 'Point', coordinates: [106.405, 28.805] }

export const SUBMIT = `mutation ($input: SubmitSuggestionInput!) { submitSuggestion(input: $input) {
  ${REFUSED} ... on Suggestion { id number stage text place anonymous followCode cell { id } author { id } } } }`
export const REGISTER = `mutation ($input: RegisterResidentInput!) { registerResident(input: $input) {
  ${REFUSED} ... on Resident { id name ageBand contact verification community { id } cell { id } } } }`

/** The residents' party, told of two communities, a department each of two kinds, a nonprofit and one line of the function list. */
export const startResidents = async (now?: Date): Promise<TestParty> => {
  const party = await startTestParty({
    name: 'residents',
    migrate: migrateResidents,
    create: (deps) => createResidentsSubgraph({ ...deps, followSecret: FOLLOW_SECRET }),
    ...(now === undefined ? {} : { now }),
  })
  for (const [place, latitude] of [
    [north, 29.8],
    [south, 28.8],
  ] as const) {
    await party.tell({
      source: 'committees',
      partyId: place.committee,
      type: 'committee.community.published',
      subject: place.id,
      data: {
        community: place.id,
        number: place.number,
        name: { zh: `第${place.number}社区`, en: `Community ${place.number}` },
        committee: place.committee,
        committeeName: { zh: `第${place.number}居委会`, en: `Committee ${place.number}` },
        timeZone: 'Asia/Shanghai',
        rules: { reopenWithinDays: 30, maxExtensions: 2, bouncesToConference: 2, smallestGroup: 5 },
      },
    })
    for (const [index, cell] of [place.cell, place.otherCell].entries())
      await party.tell({
        source: 'committees',
        type: 'committee.cell.published',
        subject: cell,
        data: { cell, net: newTypeId('net'), community: place.id, number: index + 1, boundary: square(106.4 + index / 100, latitude) },
      })
  }
  for (const [id, code] of [
    [urban, 'URBAN'],
    [social, 'SOCIAL'],
  ] as const)
    await party.tell({
      source: 'government',
      type: 'government.department.published',
      subject: id,
      data: { department: id, code, name: { zh: `${code}办`, en: `${code} office` } },
    })
  await party.tell({
    source: 'nonprofits',
    type: 'nonprofit.profile.registered',
    subject: helpers,
    data: { nonprofit: helpers, name: { zh: '邻里互助', en: 'Helpers' }, form: 'VOLUNTEER_ORGANIZATION' },
  })
  await party.tell({
    source: 'government',
    type: 'government.function.published',
    subject: LAMPS,
    data: {
      item: LAMPS,
      code: 'URB-014',
      title: { zh: '路灯维护', en: 'Street lights' },
      list: 'BASIC',
      owner: urban,
      ownerName: { zh: '城管办', en: 'Urban office' },
      respondWithin: 5,
      resolveWithin: 10,
      clock: 'WORKING',
      keywords: ['路灯', 'street light'],
    },
  })
  return party
}

export const LAMPS = newTypeId('fun', 1)

/** The id of a mutation's record; for steps that a test takes for granted. */
export const idOf = (answer: { data: Record<string, { id?: string; code?: string }> | null; errors: readonly unknown[] }): string => {
  const record = Object.values(answer.data ?? {})[0]
  if (record?.id === undefined) throw new Error(`No record: ${JSON.stringify(answer)}`)
  return record.id
}

/** A registered resident of a community, as an actor; born 1960. */
export const aResident = async (party: TestParty, subject: string, of = north): Promise<{ actor: TestActor; id: string }> => {
  const actor = actors.resident(subject)
  const id = idOf(
    await party.run(actor, REGISTER, {
      input: { name: `Name of ${subject}`, contact: '13800000000', birthYear: 1960, community: of.id, cell: of.cell },
    }),
  )
  return { actor, id }
}

/** A submitted entry; its id. */
export const aSuggestion = async (party: TestParty, actor: TestActor, changes: Record<string, unknown> = {}): Promise<string> =>
  idOf(
    await party.run(actor, SUBMIT, {
      input: { kind: 'SUGGESTION', text: '三号楼下的路灯坏了两周了', community: north.id, channel: 'APP', place: inNorth, ...changes },
    }),
  )

/** What other parties tell about a suggestion, in the words of the event catalogue. */
export const story = (party: TestParty, suggestion: string) => {
  const at = (): string => party.clock.now().toISOString()
  const triage = (route: string, to: ReadonlyArray<{ kind: 'GOVERNMENT' | 'NONPROFIT'; id: string }>, duplicateOf: string | null = null) =>
    party.tell({
      source: 'committees',
      partyId: north.committee,
      type: 'committee.suggestion.triaged',
      subject: suggestion,
      data: {
        ...{ suggestion, triage: newTypeId('trg'), committee: north.committee, community: north.id, route, to },
        ...{
          functionItem: null,
          duplicateOf,
          answerBy: new Date(party.clock.now().getTime() + 7 * 86_400_000).toISOString(),
          bounces: 0,
          at: at(),
        },
      },
    })
  const dates = () => ({
    firstDueAt: new Date(party.clock.now().getTime() + 10 * 86_400_000).toISOString(),
    dueAt: new Date(party.clock.now().getTime() + 10 * 86_400_000).toISOString(),
  })
  return {
    toUrban: () => triage('GOVERNMENT', [{ kind: 'GOVERNMENT', id: urban }]),
    toHelpers: () => triage('NONPROFIT', [{ kind: 'NONPROFIT', id: helpers }]),
    duplicateOf: (other: string) => triage('DUPLICATE', [], other),
    answered: () => triage('ANSWERED', []),
    toSelf: () => triage('SELF', []),
    toConference: () => triage('JOINT_CONFERENCE', []),
    taken: (handling: string) =>
      party.tell({
        ...{ source: 'committees', partyId: north.committee, type: 'committee.case.taken', subject: suggestion },
        data: { suggestion, handling, committee: north.committee, at: at(), ...dates() },
      }),
    accepted: (handling: string) =>
      party.tell({
        ...{ source: 'government', partyId: urban, type: 'government.case.accepted', subject: suggestion },
        data: { suggestion, handling, department: urban, at: at(), ...dates() },
      }),
    declined: (handling: string, reason = 'NOT_MY_FUNCTION') =>
      party.tell({
        ...{ source: 'government', partyId: urban, type: 'government.case.declined', subject: suggestion },
        data: { suggestion, handling, department: urban, reason, suggestedOwner: null, at: at() },
      }),
    reported: (handling: string) =>
      party.tell({
        ...{ source: 'government', partyId: urban, type: 'government.case.reported', subject: suggestion },
        data: { suggestion, handling, department: urban, at: at() },
      }),
    asked: (handling: string, question: string) =>
      party.tell({
        ...{ source: 'government', partyId: urban, type: 'government.case.asked', subject: suggestion },
        data: {
          ...{ suggestion, handling, department: urban, question, at: at() },
          firstDueAt: new Date(party.clock.now().getTime() + 10 * 86_400_000).toISOString(),
          dueAt: new Date(party.clock.now().getTime() + 20 * 86_400_000).toISOString(),
          pausedUntil: new Date(party.clock.now().getTime() + 10 * 86_400_000).toISOString(),
        },
      }),
    resolved: (handling: string) =>
      party.tell({
        ...{ source: 'government', partyId: urban, type: 'government.case.resolved', subject: suggestion },
        data: { suggestion, handling, department: urban, at: at() },
      }),
  }
}

/** Names of the statements of the party itself during `work`; what its relay and consumer do meanwhile is not counted. */
export const statementsOf = async (party: TestParty, work: () => Promise<unknown>): Promise<string[]> => {
  await party.settle()
  return (await party.statements(work)).filter((name) => !/^(relay|consumer)\./.test(name))
}
