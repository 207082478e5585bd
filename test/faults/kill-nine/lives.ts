import type { PatientClient } from './patient-client.js'

/** Where the lives take place: ids that the hub itself told. */
export interface Scene {
  readonly community: string
  readonly resident: string
  readonly department: string
  readonly nonprofit: string
}

/** A life that has been lived: its suggestion, and the stage in which it must stand. */
export interface Life {
  readonly suggestion: string
  readonly route: 'GOVERNMENT' | 'SELF' | 'NONPROFIT'
  readonly stage: string
}

type LivedBy = (client: PatientClient, scene: Scene) => Promise<Life>

const PROMISE = { days: 2, clock: 'WORKING' }
const textOf = (what: string): string => `${what} ${Math.random().toString(36).slice(2)}`

/** Over the committee to a department and back to the resident: seven acts of four persons. */
const throughGovernment: LivedBy = async (client, { community, department }) => {
  const { id } = await client.act('resident', 'submitSuggestion', {
    kind: 'COMPLAINT',
    text: textOf('路灯不亮'),
    community,
    channel: 'APP',
  })
  await client.act('neighbour', 'supportSuggestion', { suggestion: id })
  await client.act('cadre', 'triageSuggestion', { suggestion: id, route: 'GOVERNMENT', to: [department] })
  const handling = await client.act('officer', 'acceptCase', { suggestion: id, promise: PROMISE })
  await client.act('officer', 'reportProgress', { handling: handling['id'], text: '已派工' })
  await client.act('officer', 'resolveCase', { handling: handling['id'], resolution: '已修复' })
  await client.act('resident', 'rateOutcome', { suggestion: id, resolved: true, score: 5 })
  return { suggestion: String(id), route: 'GOVERNMENT', stage: 'SATISFIED' }
}

/** Kept by the committee itself: four acts. */
const byTheCommittee: LivedBy = async (client, { community }) => {
  const { id } = await client.act('neighbour', 'submitSuggestion', {
    kind: 'SUGGESTION',
    text: textOf('门锁坏了'),
    community,
    channel: 'WEB',
  })
  await client.act('cadre', 'triageSuggestion', { suggestion: id, route: 'SELF', to: [] })
  const handling = await client.act('cadre', 'takeCase', { suggestion: id, promise: PROMISE })
  await client.act('cadre', 'finishCase', { handling: handling['id'], resolution: '已更换' })
  return { suggestion: String(id), route: 'SELF', stage: 'RESOLVED' }
}

/** Typed by a clerk for a resident, delivered by a nonprofit: four acts. */
const byANonprofit: LivedBy = async (client, { community, resident, nonprofit }) => {
  const { id } = await client.act('clerk', 'recordSuggestionFor', {
    resident,
    assent: { form: 'SPOKEN_WITNESSED', at: new Date().toISOString(), witness: '楼栋长' },
    kind: 'HELP_REQUEST',
    text: textOf('需要助餐'),
    community,
    channel: 'VISIT',
  })
  await client.act('cadre', 'triageSuggestion', { suggestion: id, route: 'NONPROFIT', to: [nonprofit] })
  const engagement = await client.act('worker', 'acceptReferral', {
    referral: await referralOf(client, String(id), nonprofit),
    promise: { days: 5, clock: 'CALENDAR' },
  })
  await client.act('worker', 'reportDelivery', { engagement: engagement['id'], delivery: '已送达' })
  return { suggestion: String(id), route: 'NONPROFIT', stage: 'RESOLVED' }
}

/** Written without a name, declined with a reason: three acts. */
const withoutAName: LivedBy = async (client, { community, department }) => {
  const { id } = await client.act(null, 'submitSuggestion', {
    kind: 'PETITION_LETTER',
    text: textOf('请公开账目'),
    community,
    channel: 'WEB',
    anonymous: true,
  })
  await client.act('cadre', 'triageSuggestion', { suggestion: id, route: 'GOVERNMENT', to: [department] })
  await client.act('officer', 'declineCase', { suggestion: id, reason: 'OUT_OF_SCOPE', explanation: '已列入规划' })
  return { suggestion: String(id), route: 'GOVERNMENT', stage: 'EXPLAINED' }
}

const DESK = `query ($n: ID!, $after: String) { referrals(nonprofit: $n, first: 100, after: $after) {
  nodes { id suggestion { id } } pageInfo { hasNextPage endCursor } } }`

interface DeskPage {
  readonly nodes: ReadonlyArray<{ readonly id: string; readonly suggestion: { readonly id: string } | null }>
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** The referral of a suggestion, once the nonprofit's desk has it. */
const referralOf = async (client: PatientClient, suggestion: string, nonprofit: string): Promise<string> => {
  for (let after: string | null = null, tries = 0; tries < 2_000; tries++) {
    const page = (await client.query('worker', DESK, { n: nonprofit, after })) as unknown as DeskPage
    const found = page.nodes.find((node) => node.suggestion?.id === suggestion)
    if (found !== undefined) return found.id
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    if (after === null) await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error(`the desk of ${nonprofit} never had ${suggestion}`)
}

const LIVES: readonly LivedBy[] = [throughGovernment, byTheCommittee, byANonprofit, withoutAName]

/** Lives `count` lives (18 acts for each four) with `workers` clients at once. */
export const liveLives = async (client: PatientClient, scene: Scene, count: number, workers: number): Promise<Life[]> => {
  const lived: Life[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const life = LIVES[index % LIVES.length]
      if (life !== undefined) lived.push(await life(client, scene))
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
  return lived
}
