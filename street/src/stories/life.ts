import { dayMs, hourMs } from '../clock.js'
import type { FunctionItem, NonprofitForm, PartyKey } from '../model.js'
import { accept, decline, leaveWaiting, type Progress } from './answers.js'
import type { Draft } from './draft.js'
import { keepLedger } from './ledger.js'
import type { StoryTriage } from './story.js'

const careForms: ReadonlySet<NonprofitForm> = new Set(['VOLUNTEER_ORGANIZATION', 'PUBLIC_SERVICE_GROUP', 'SOCIAL_WORK_AGENCY'])

const departmentOf = (draft: Draft): PartyKey => ({ kind: 'GOVERNMENT', id: draft.item.owner })

/** Items of other departments, so that a wrong routing meets somebody who is really not responsible. */
const wrongItem = (draft: Draft, not: readonly string[]): FunctionItem => {
  const { functionItems } = draft.stage
  for (;;) {
    const item = draft.chance.pick(functionItems)
    if (!not.includes(item.owner)) return item
  }
}

const nonprofitOf = (draft: Draft, not?: string): PartyKey => {
  const { nonprofits } = draft.stage
  const wanted =
    draft.skeleton.topic.key === 'arts-class'
      ? (form: NonprofitForm) => form === 'CULTURAL_TEAM'
      : (form: NonprofitForm) => careForms.has(form)
  for (;;) {
    const found = draft.chance.pick(nonprofits)
    if (wanted(found.form) && found.id !== not) return { kind: 'NONPROFIT', id: found.id }
  }
}

/** Time until the committee looks: mostly the same or the next working day, quicker every year. */
const reachDesk = (draft: Draft): void => {
  draft.office(draft.chance.unit() ** 2 * 14 * hourMs * draft.pace)
}

/** Sends the matter to a wrong department, which says so and names the right item; back on the desk. */
const bounce = (draft: Draft, not: readonly string[]): string => {
  const item = wrongItem(draft, not)
  const party: PartyKey = { kind: 'GOVERNMENT', id: item.owner }
  decline(draft, party, draft.triage('GOVERNMENT', [party], item), draft.item)
  reachDesk(draft)
  return item.owner
}

/** Two bounces: only a joint conference may follow (`calledByRule`). `isHeld` tells whether it was already held. */
const confer = (draft: Draft, isHeld: boolean): void => {
  const first = bounce(draft, [draft.item.owner])
  const second = bounce(draft, [draft.item.owner, first])
  const invited = [departmentOf(draft), { kind: 'GOVERNMENT', id: first }, { kind: 'GOVERNMENT', id: second }] as const
  draft.triage('JOINT_CONFERENCE', invited, draft.item)
  const { clock, anchorMs } = draft.stage
  const convenedMs = draft.nowMs
  const planned = clock.inOffice(convenedMs + Math.floor(draft.chance.between(1, 4) * dayMs))
  if (isHeld) draft.office(planned - convenedMs)
  const atMs = isHeld ? draft.nowMs : planned
  const { noun } = draft.skeleton.topic
  draft.conference = {
    id: draft.id('jcf', convenedMs),
    topic: draft.language === 'zh' ? `${noun.zh}责任协调` : `Who is responsible: ${noun.en}`,
    convenedAt: new Date(convenedMs),
    at: new Date(atMs),
    invited,
    calledByRule: true,
    heldAt: isHeld || atMs < anchorMs ? new Date(draft.told(atMs)) : null,
  }
}

/** Triage to whoever is to finish the matter, then their acceptance and its progress. About 1 % is taken on by two parties. */
const handled = (draft: Draft, progress: Progress): void => {
  const { chance } = draft
  const { handler } = draft.skeleton.topic
  if (handler === 'COMMITTEE' && progress !== 'IN_PROGRESS' && progress !== 'WAITING') {
    accept(draft, { kind: 'COMMITTEE', id: draft.committee }, draft.triage('SELF', [], null), progress)
    return
  }
  const first = handler === 'NONPROFIT' ? nonprofitOf(draft) : departmentOf(draft)
  const byDepartment = first.kind === 'GOVERNMENT'
  const isOld = draft.stage.anchorMs - draft.skeleton.createdMs > 40 * dayMs
  if (byDepartment && isOld && progress === 'RESOLVED' && chance.may(0.008)) {
    confer(draft, true)
    // A conference binds nobody: whoever it settled on is asked, and answers for itself.
    accept(draft, first, draft.triage('GOVERNMENT', [first], draft.item), progress)
    return
  }
  if (byDepartment && isOld && chance.may(0.05 - 0.025 * draft.progressOfYears)) bounce(draft, [draft.item.owner])
  const isJoint = progress !== 'WAITING' && chance.may(0.016)
  const second: PartyKey | null = !isJoint
    ? null
    : byDepartment
      ? { kind: 'GOVERNMENT', id: wrongItem(draft, [draft.item.owner]).owner }
      : nonprofitOf(draft, first.id)
  const triage = draft.triage(byDepartment ? 'GOVERNMENT' : 'NONPROFIT', second ? [first, second] : [first], draft.item)
  const routedMs = draft.nowMs
  accept(draft, first, triage, progress)
  if (!second) return
  const endMs = draft.nowMs
  draft.nowMs = routedMs
  accept(draft, second, triage, progress)
  draft.nowMs = Math.max(endMs, draft.nowMs)
}

const openLedger = (draft: Draft, resolved: boolean): void => {
  const accepted = draft.caseHandlings.find(({ verdict }) => verdict === 'ACCEPTED')
  if (!accepted || !draft.chance.may(0.016)) return
  keepOpen(draft, accepted.at.getTime(), resolved ? (accepted.resolvedAt?.getTime() ?? null) : null)
}

const keepOpen = (draft: Draft, acceptedMs: number, resolvedMs: number | null): void => {
  draft.ledger = keepLedger(draft, draft.told(acceptedMs + 1000), resolvedMs)
}

const rate = (draft: Draft, isResolved: boolean): void => {
  const { chance } = draft
  const atMs = draft.later(Math.exp(chance.between(-2, 3.2)) * dayMs)
  const good = chance.may(0.72 + 0.1 * draft.progressOfYears) ? 5 : 4
  const score = isResolved ? (chance.may(0.12) ? 3 : good) : 1 + chance.below(2)
  const comment = chance.may(0.3) ? draft.say(isResolved ? 'praise' : 'blame') : null
  draft.outcome = { resolved: isResolved, score, comment, at: new Date(atMs) }
}

const reopen = (draft: Draft, withinMs: number): void => {
  const atMs = draft.later(withinMs)
  draft.reopenings.push({ reason: draft.say('blame'), at: new Date(atMs) })
}

/** Reopened once: the same handler takes it on again with a new promise; the old one stays as it was. */
const handledAgain = (draft: Draft): void => {
  const triage = draft.triages[draft.triages.length - 1]
  if (!triage) return
  reopen(draft, draft.chance.between(0.5, 12) * dayMs)
  for (const party of triage.route === 'SELF' ? [{ kind: 'COMMITTEE', id: draft.committee } as const] : triage.to.slice(0, 1)) {
    accept(draft, party, triage, 'RESOLVED', true)
  }
}

const explained = (draft: Draft): void => {
  const { handler } = draft.skeleton.topic
  if (draft.skeleton.kind === 'PRAISE' || handler === 'COMMITTEE' || draft.chance.may(0.3)) {
    draft.triage('ANSWERED', [], null, draft.say('answered'))
    return
  }
  const party = handler === 'NONPROFIT' ? nonprofitOf(draft) : departmentOf(draft)
  decline(draft, party, draft.triage(party.kind === 'NONPROFIT' ? 'NONPROFIT' : 'GOVERNMENT', [party], draft.item), null)
}

const withdrawn = (draft: Draft): void => {
  const { chance } = draft
  if (chance.may(0.6)) {
    reachDesk(draft)
    if (chance.may(0.4)) handled(draft, 'LEFT_OFF')
    else if (draft.skeleton.topic.handler === 'COMMITTEE') draft.triage('SELF', [], null)
    else triaged(draft)
  }
  draft.withdrawnAt = new Date(draft.later(chance.between(0.05, 2) * dayMs))
}

/** One in four waits for the first organization, whose worker is a persona: there is always something on that desk. */
const waitingNonprofit = (draft: Draft): PartyKey => {
  const first = draft.stage.nonprofits[0]
  return first && draft.skeleton.topic.key !== 'arts-class' && draft.chance.may(0.25)
    ? { kind: 'NONPROFIT', id: first.id }
    : nonprofitOf(draft)
}

const triaged = (draft: Draft): void => {
  const { handler } = draft.skeleton.topic
  if (handler === 'COMMITTEE') {
    draft.triage('SELF', [], null)
    return
  }
  const party = handler === 'NONPROFIT' ? waitingNonprofit(draft) : departmentOf(draft)
  leaveWaiting(draft, party, draft.triage(party.kind === 'NONPROFIT' ? 'NONPROFIT' : 'GOVERNMENT', [party], draft.item))
}

/** Whether all that was accepted ended in a single plain resolution, so that a second round can follow. */
const isPlain = (draft: Draft): boolean =>
  draft.caseHandlings.length + draft.engagements.length + draft.committeeHandlings.length === 1 && draft.conference === null

/** Tells the life of the story up to the stage that the plan gave it. `targetId` names the entry into which a MERGED one goes. */
export const live = (draft: Draft, targetId: string | null): void => {
  const { chance, skeleton, stage } = draft
  if (skeleton.stage === 'SUBMITTED') return
  if (skeleton.stage !== 'WITHDRAWN') reachDesk(draft)
  switch (skeleton.stage) {
    case 'TRIAGED':
      return triaged(draft)
    case 'REFERRED_BACK':
      // The desk is alive: what came back did so in the last days.
      decline(draft, ...misrouted(draft), draft.item, stage.anchorMs - Math.floor(chance.between(0.05, 3) * dayMs))
      return
    case 'IN_CONFERENCE':
      confer(draft, false)
      return
    case 'PROMISED':
      return handled(draft, 'PROMISED')
    case 'IN_PROGRESS':
      handled(draft, 'IN_PROGRESS')
      return openLedger(draft, false)
    case 'WAITING_FOR_RESIDENT':
      return handled(draft, 'WAITING')
    case 'EXPLAINED':
      return explained(draft)
    case 'MERGED':
      draft.triage('DUPLICATE', [], null, draft.say('duplicate'), targetId)
      draft.mergedAt = new Date(draft.told(stage.clock.limit(draft.nowMs, 10, 'CALENDAR') + 60_000))
      return
    case 'WITHDRAWN':
      return withdrawn(draft)
    case 'REOPENED':
      handled(draft, 'RESOLVED')
      return reopen(draft, Math.min(25 * dayMs, (stage.anchorMs - draft.nowMs) * chance.between(0.3, 0.95)))
    case 'RESOLVED':
      handled(draft, 'RESOLVED')
      openLedger(draft, true)
      if (chance.may(0.15)) rate(draft, false)
      return
    case 'SATISFIED':
      handled(draft, 'RESOLVED')
      openLedger(draft, true)
      if (isPlain(draft) && chance.may(0.02)) handledAgain(draft)
      return rate(draft, true)
  }
}

const misrouted = (draft: Draft): [PartyKey, StoryTriage] => {
  const item = wrongItem(draft, [draft.item.owner])
  const party: PartyKey = { kind: 'GOVERNMENT', id: item.owner }
  return [party, draft.triage('GOVERNMENT', [party], item)]
}
