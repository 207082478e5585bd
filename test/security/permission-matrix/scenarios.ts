import { expectDone, expectNoErrors, type TestHub, type TestPersona } from '@commonhall/harness'
import type { Street } from '@commonhall/street'

import type { Cast } from '../../stories/street-hub.js'
import { ACTS, type ActName } from '../../stories/suggestion-life/documents.js'

/** What every scenario stands on. */
export interface Stand {
  readonly hub: TestHub
  readonly street: Street
  readonly cast: Cast
}

type Input = Record<string, unknown>

const DAY_MS = 86_400_000
let count = 0

/** Performs an act that must succeed, and lets everybody hear of it. */
const done = async ({ hub }: Stand, persona: TestPersona | null, name: ActName, input: Input): Promise<Input> => {
  const record = expectDone(await hub.as(persona).run(ACTS[name], { input }))
  await hub.settle()
  hub.clock.advanceMs(60_000)
  return record
}

const community = ({ street }: Stand): string => street.communities[0]?.id ?? ''
const submitted = (stand: Stand): Promise<Input> =>
  done(stand, stand.cast.resident, 'submitSuggestion', {
    kind: 'COMPLAINT',
    text: `矩阵 ${count++}:路灯不亮`,
    community: community(stand),
    channel: 'APP',
  })

const routed = async (stand: Stand, route: 'GOVERNMENT' | 'NONPROFIT' | 'SELF'): Promise<Input> => {
  const { personas } = stand.street
  const to = { GOVERNMENT: [personas.officer.id], NONPROFIT: [personas.worker.id], SELF: [] }[route]
  const { id } = await submitted(stand)
  await done(stand, stand.cast.cadre, 'triageSuggestion', { suggestion: id, route, to })
  return { id }
}

const accepted = async (stand: Stand): Promise<Input> => {
  const { id } = await routed(stand, 'GOVERNMENT')
  return {
    suggestion: id,
    ...(await done(stand, stand.cast.officer, 'acceptCase', { suggestion: id, promise: { days: 2, clock: 'WORKING' } })),
  }
}
const resolved = async (stand: Stand): Promise<Input> => {
  const { suggestion, id } = await accepted(stand)
  await done(stand, stand.cast.officer, 'resolveCase', { handling: id, resolution: '已修复' })
  return { suggestion }
}
const referral = async (stand: Stand): Promise<Input> => {
  const { id } = await routed(stand, 'NONPROFIT')
  const desk = await stand.hub
    .as(stand.cast.worker)
    .run(`query ($n: ID!) { referrals(nonprofit: $n, first: 100) { nodes { id suggestion { id } } } }`, {
      n: stand.street.personas.worker.id,
    })
  expectNoErrors(desk)
  return { referral: desk.data.referrals.nodes.find((node: { suggestion: { id: string } | null }) => node.suggestion?.id === id)?.id }
}
const engaged = async (stand: Stand): Promise<Input> => ({
  engagement: (
    await done(stand, stand.cast.worker, 'acceptReferral', { ...(await referral(stand)), promise: { days: 5, clock: 'CALENDAR' } })
  )['id'],
})
const taken = async (stand: Stand): Promise<Input> => {
  const { id } = await routed(stand, 'SELF')
  return { handling: (await done(stand, stand.cast.cadre, 'takeCase', { suggestion: id, promise: { days: 3, clock: 'WORKING' } }))['id'] }
}
const entered = async (stand: Stand): Promise<Input> => ({
  entry: (await done(stand, stand.cast.cadre, 'openLedgerEntry', { community: community(stand), title: '路灯改造', feedbackEveryDays: 7 }))[
    'id'
  ],
})

/** For each act, a fresh record in the stage that allows it, made by the people of community 1; gives the act's input. */
export const SCENARIOS: Readonly<Record<ActName, (stand: Stand) => Promise<Input>>> = {
  submitSuggestion: async (stand) => ({
    kind: 'SUGGESTION',
    text: `矩阵 ${count++}:加装座椅`,
    community: community(stand),
    channel: 'APP',
    anonymous: false,
  }),
  recordSuggestionFor: async (stand) => ({
    resident: stand.street.personas.resident.id,
    assent: { form: 'SPOKEN_WITNESSED', at: stand.hub.clock.now().toISOString(), witness: '楼栋长' },
    kind: 'HELP_REQUEST',
    text: `矩阵 ${count++}:老人需要陪诊`,
    community: community(stand),
    channel: 'VISIT',
  }),
  supportSuggestion: async (stand) => ({ suggestion: (await submitted(stand))['id'] }),
  withdrawSupport: async (stand) => {
    const { id } = await submitted(stand)
    await done(stand, stand.cast.neighbour, 'supportSuggestion', { suggestion: id })
    return { suggestion: id }
  },
  withdrawSuggestion: async (stand) => ({ suggestion: (await submitted(stand))['id'] }),
  contestMerge: async (stand) => {
    const [original, copy] = [await submitted(stand), await submitted(stand)]
    await done(stand, stand.cast.cadre, 'triageSuggestion', {
      suggestion: copy['id'],
      route: 'DUPLICATE',
      duplicateOf: original['id'],
      to: [],
    })
    return { suggestion: copy['id'], reason: '不是同一件事' }
  },
  answerCaseQuestion: async (stand) => {
    const { id } = await accepted(stand)
    return { question: (await done(stand, stand.cast.officer, 'askRequester', { handling: id, text: '哪一盏?' }))['id'], text: '东侧' }
  },
  rateOutcome: async (stand) => ({ ...(await resolved(stand)), resolved: true, score: 5 }),
  reopenSuggestion: async (stand) => ({ ...(await resolved(stand)), reason: '又坏了' }),
  triageSuggestion: async (stand) => ({
    suggestion: (await submitted(stand))['id'],
    route: 'GOVERNMENT',
    to: [stand.street.personas.officer.id],
  }),
  takeCase: async (stand) => ({ suggestion: (await routed(stand, 'SELF'))['id'], promise: { days: 3, clock: 'WORKING' } }),
  extendCase: async (stand) => ({ ...(await taken(stand)), days: 1, why: '等待配件' }),
  finishCase: async (stand) => ({ ...(await taken(stand)), resolution: '已完成' }),
  openLedgerEntry: async (stand) => ({ community: community(stand), title: '积水治理', feedbackEveryDays: 7 }),
  scheduleStep: async (stand) => ({
    ...(await entered(stand)),
    dueOn: new Date(stand.hub.clock.now().getTime() + 7 * DAY_MS).toISOString().slice(0, 10),
    what: '勘查',
  }),
  completeStep: async (stand) => {
    const { entry } = await entered(stand)
    const dueOn = new Date(stand.hub.clock.now().getTime() + 7 * DAY_MS).toISOString().slice(0, 10)
    const { schedule } = await done(stand, stand.cast.cadre, 'scheduleStep', { entry, dueOn, what: '勘查' })
    return { entry, step: (schedule as Array<{ id: string }>)[0]?.id }
  },
  reportFeedback: async (stand) => ({ ...(await entered(stand)), channel: 'VISIT', text: '已告知居民' }),
  closeLedgerEntry: async (stand) => {
    const { entry } = await entered(stand)
    await done(stand, stand.cast.cadre, 'reportFeedback', { entry, channel: 'VISIT', text: '已告知居民' })
    return { entry }
  },
  acceptCase: async (stand) => ({ suggestion: (await routed(stand, 'GOVERNMENT'))['id'], promise: { days: 2, clock: 'WORKING' } }),
  declineCase: async (stand) => ({
    suggestion: (await routed(stand, 'GOVERNMENT'))['id'],
    reason: 'OUT_OF_SCOPE',
    explanation: '已列入规划',
  }),
  reportProgress: async (stand) => ({ handling: (await accepted(stand))['id'], text: '已派工' }),
  askRequester: async (stand) => ({ handling: (await accepted(stand))['id'], text: '哪一盏?' }),
  extendPromise: async (stand) => ({ handling: (await accepted(stand))['id'], days: 1, why: '等待配件' }),
  resolveCase: async (stand) => ({ handling: (await accepted(stand))['id'], resolution: '已修复' }),
  acceptReferral: async (stand) => ({ ...(await referral(stand)), promise: { days: 5, clock: 'CALENDAR' } }),
  declineReferral: async (stand) => ({ ...(await referral(stand)), reason: 'NO_CAPACITY', note: '人手不足' }),
  extendEngagement: async (stand) => ({ ...(await engaged(stand)), days: 2, why: '志愿者调班' }),
  reportDelivery: async (stand) => ({ ...(await engaged(stand)), delivery: '已送达' }),
}
