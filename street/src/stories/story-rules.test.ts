import { describe, expect, it } from '@jest/globals'

import { buildFunctionIndex, matchFunctions } from '@commonhall/shared/functions'
import { stageOf } from '@commonhall/shared/matters'
import { scanForbiddenData } from '@commonhall/shared/protection'
import {
  addDays,
  chinaCalendar,
  extendPromise,
  keepPromise,
  makePromise,
  pausePromise,
  promiseState,
  resumePromise,
  workingMinutesBetween,
  type PromiseRecord,
  type PromiseResult,
} from '@commonhall/shared/time'

import { createStreet, factsOf, type SuggestionStory } from '../index.js'

const anchor = new Date('2026-11-23T10:00:00+08:00')
const street = createStreet({ anchor, scale: 0.1 })
const stories = [...street.suggestions()]
const byId = new Map(stories.map((story) => [story.id, story]))
const items = new Map(street.functionItems.map((item) => [item.id, item]))
const calendar = chinaCalendar()
const residents = new Map([...street.residents()].map((resident) => [resident.id, resident]))
const dayMs = 86_400_000

/** Names of the stories for which a rule does not hold; a green test shows an empty list. */
const breaches = (holds: (story: SuggestionStory) => boolean): string[] =>
  stories.filter((story) => !holds(story)).map(({ number, stage }) => `${number} ${stage}`)
const promisesOf = ({ caseHandlings, engagements, committeeHandlings }: SuggestionStory): PromiseRecord[] =>
  [...caseHandlings, ...engagements, ...committeeHandlings].flatMap(({ promise }) => (promise ? [promise] : []))
const resolutionsOf = ({ caseHandlings, engagements, committeeHandlings }: SuggestionStory): Date[] =>
  [
    ...caseHandlings.map(({ resolvedAt }) => resolvedAt),
    ...engagements.map(({ deliveredAt }) => deliveredAt),
    ...committeeHandlings.map(({ resolvedAt }) => resolvedAt),
  ].flatMap((at) => at ?? [])
const isSorted = (dates: readonly Date[]): boolean => dates.every((at, i) => i === 0 || at >= (dates[i - 1] ?? at))
const value = (result: PromiseResult): PromiseRecord => {
  if (!result.ok) throw new Error(result.code)
  return result.promise
}

/** The same promise made again by the shared rules, act by act. */
const replayed = (promise: PromiseRecord): PromiseRecord => {
  const { days, clock, basis, plan, extensions, pauses, keptAt } = promise
  let record = value(makePromise(promise.madeAt, { days, clock, basis, plan }, calendar))
  const acts = [
    ...pauses.map((pause) => ({ at: pause.from, act: () => pausePromise(record, pause.from, calendar) })),
    ...pauses.flatMap(({ to }) => (to ? [{ at: to, act: () => resumePromise(record, to, calendar) }] : [])),
    ...extensions.map((extension) => ({
      at: extension.at,
      act: () => {
        // The record keeps limits, not days: the days are found again from the limit.
        const wanted = Array.from({ length: days }, (_, i) => i + 1).find(
          (n) => addDays(new Date(record.dueAt.getTime() - 1), n, clock, calendar).getTime() === extension.dueAt.getTime(),
        )
        return extendPromise(record, { days: wanted ?? Number.NaN, why: extension.why, at: extension.at }, calendar)
      },
    })),
  ].sort((x, y) => x.at.getTime() - y.at.getTime())
  for (const { act } of acts) record = value(act())
  return keptAt ? value(keepPromise(record, keptAt)) : record
}

describe('every story obeys W1', () => {
  it('has the stage that its facts give', () => {
    expect(breaches((story) => stageOf(factsOf(story), anchor) === story.stage)).toEqual([])
  })

  it('holds promises that the shared rules would make, extend, pause and keep in the same way', () => {
    expect(
      breaches((story) => promisesOf(story).every((promise) => JSON.stringify(replayed(promise)) === JSON.stringify(promise))),
    ).toEqual([])
  })

  it('keeps departments within the limit of the function item', () => {
    const within = ({ caseHandlings, triages }: SuggestionStory): boolean =>
      caseHandlings.every(({ promise, triage }) => {
        const item = items.get(triages.find(({ id }) => id === triage)?.functionItem ?? '')
        return !promise || (item !== undefined && promise.clock === item.clock && promise.days <= item.resolveWithin)
      })
    expect(breaches(within)).toEqual([])
  })

  it('names another owner in every decline NOT_MY_FUNCTION, and explains every decline', () => {
    const fair = ({ caseHandlings, engagements }: SuggestionStory): boolean =>
      caseHandlings.every(({ verdict, reason, explanation, suggestedOwner, department, promise }) => {
        if (verdict === 'ACCEPTED') return promise !== null && reason === null
        const owner = suggestedOwner === null ? null : items.get(suggestedOwner)?.owner
        return (
          Boolean(explanation) &&
          promise === null &&
          (reason === 'NOT_MY_FUNCTION' ? owner !== null && owner !== department : suggestedOwner === null)
        )
      }) && engagements.every(({ verdict, note, promise }) => (verdict === 'ACCEPTED' ? promise !== null : Boolean(note)))
    expect(breaches(fair)).toEqual([])
  })

  it('sends a matter to a joint conference after two bounces, and never before', () => {
    const rule = ({ caseHandlings, triages, desk, conference }: SuggestionStory): boolean => {
      const bounced = caseHandlings.filter(({ reason }) => reason === 'NOT_MY_FUNCTION')
      const afterTwo = triages.filter(({ at }) => bounced.length >= 2 && at >= (bounced[1]?.at ?? anchor))
      return (
        desk.bounces === bounced.length &&
        (conference !== null) === bounced.length >= 2 &&
        (afterTwo[0]?.route ?? 'JOINT_CONFERENCE') === 'JOINT_CONFERENCE'
      )
    }
    expect(breaches(rule)).toEqual([])
    expect(stories.filter(({ conference }) => conference).length).toBeGreaterThan(5)
  })

  it('asks a party before it answers: a conference is an invitation, not a question', () => {
    const asked = ({ caseHandlings, triages }: SuggestionStory): boolean =>
      caseHandlings.every(({ department, at }) => {
        const inForce = triages.findLast((triage) => triage.at <= at)
        return inForce?.route === 'GOVERNMENT' && inForce.to.some(({ id }) => id === department)
      })
    expect(breaches(asked)).toEqual([])
  })

  it('holds a conference within five working days', () => {
    expect(breaches(({ conference: held }) => !held || held.at <= addDays(held.convenedAt, 5, 'WORKING', calendar))).toEqual([])
  })

  it('rates only after the last resolution and within 30 days', () => {
    const rule = (story: SuggestionStory): boolean => {
      const last = Math.max(...resolutionsOf(story).map((at) => at.getTime()))
      const { outcome } = story
      return (
        !outcome || (outcome.at.getTime() > last && outcome.at.getTime() <= last + 30 * dayMs && outcome.score >= 1 && outcome.score <= 5)
      )
    }
    expect(breaches(rule)).toEqual([])
  })

  it('reopens only after a resolution and within 30 days', () => {
    const rule = (story: SuggestionStory): boolean =>
      story.reopenings.every(({ at }) =>
        resolutionsOf(story).some((resolved) => resolved < at && at.getTime() <= resolved.getTime() + 30 * dayMs),
      )
    expect(breaches(rule)).toEqual([])
    expect(stories.some(({ stage, reopenings }) => stage === 'SATISFIED' && reopenings.length > 0)).toBe(true)
  })

  it('merges only into an earlier live entry of the same community, after the ten days to contest', () => {
    const rule = ({ mergedInto, mergedAt, triages, community, index }: SuggestionStory): boolean => {
      if (mergedInto === null) return mergedAt === null
      const target = byId.get(mergedInto)
      const last = triages[triages.length - 1]
      const isLive = target !== undefined && target.mergedInto === null && target.withdrawnAt === null
      const isFinal = last !== undefined && mergedAt !== null && mergedAt.getTime() >= last.at.getTime() + 10 * dayMs
      return (
        isLive &&
        isFinal &&
        target.index < index &&
        target.community === community &&
        last.route === 'DUPLICATE' &&
        last.duplicateOf === mergedInto
      )
    }
    expect(breaches(rule)).toEqual([])
  })

  it('counts a support once per person, of the same community and never of the author', () => {
    const rule = ({ supporters, author, community, createdAt }: SuggestionStory): boolean =>
      new Set(supporters.map(({ resident }) => resident)).size === supporters.length &&
      supporters.every(({ resident, at, movedFrom }) => {
        const person = residents.get(resident)
        return (
          resident !== author && person?.community === community && person.registeredAt <= at && (movedFrom !== null || at >= createdAt)
        )
      })
    expect(breaches(rule)).toEqual([])
    expect(stories.some(({ supporters }) => supporters.some(({ movedFrom }) => movedFrom !== null))).toBe(true)
  })

  it('lets only registered people of the community write, and asks for assent when somebody enters it for them', () => {
    const rule = ({ author, community, createdAt, enteredBy, assent, committee }: SuggestionStory): boolean => {
      const person = author === null ? null : residents.get(author)
      const known = person === null || (person?.community === community && person.registeredAt <= createdAt)
      return (
        known &&
        (enteredBy === null) === (assent === null) &&
        (enteredBy?.id ?? committee) === committee &&
        (assent?.at ?? createdAt) <= createdAt
      )
    }
    expect(breaches(rule)).toEqual([])
  })

  it('answers questions only once asked, and inside the ten days', () => {
    const rule = ({ answers, caseHandlings }: SuggestionStory): boolean => {
      const questions = caseHandlings.flatMap(({ questions: asked }) => asked)
      return answers.every(({ question, at }) =>
        questions.some(({ id, at: askedAt, pausedUntil }) => id === question && askedAt < at && at < pausedUntil),
      )
    }
    expect(breaches(rule)).toEqual([])
    expect(stories.some(({ answers }) => answers.length > 0)).toBe(true)
  })

  it('tells facts in the order of time, none after today', () => {
    const rule = (story: SuggestionStory): boolean => {
      const { createdAt, updatedAt, triages, caseHandlings, engagements, committeeHandlings, supporters, ledger, withdrawnAt } = story
      const answered = [...caseHandlings, ...engagements, ...committeeHandlings].every(({ at, triage }) => {
        const asked = triages.find(({ id }) => id === triage)
        return asked !== undefined && asked.at <= at
      })
      const notes = caseHandlings.every(({ at, progress, resolvedAt }) =>
        progress.every((note) => note.at >= at && note.at <= (resolvedAt ?? anchor)),
      )
      const facts = [
        ...triages.map(({ at }) => at),
        ...[...caseHandlings, ...engagements, ...committeeHandlings].map(({ at }) => at),
        ...resolutionsOf(story),
        ...promisesOf(story).flatMap(({ extensions, pauses }) => [...extensions.map(({ at }) => at), ...pauses.map(({ from }) => from)]),
        ...caseHandlings.flatMap(({ progress }) => progress.map(({ at }) => at)),
        ...story.reopenings.map(({ at }) => at),
        ...(ledger
          ? [
              ledger.openedAt,
              ...ledger.feedback.map(({ at }) => at),
              ...ledger.schedule.flatMap(({ doneAt }) => doneAt ?? []),
              ledger.closedAt ?? createdAt,
            ]
          : []),
        ...[withdrawnAt, story.mergedAt, story.outcome?.at].map((at) => at ?? createdAt),
      ]
      const inside =
        facts.every((at) => at >= createdAt && at <= updatedAt) && updatedAt <= anchor && supporters.every(({ at }) => at <= anchor)
      return isSorted(triages.map(({ at }) => at)) && answered && notes && inside && (withdrawnAt ?? updatedAt) >= updatedAt
    }
    expect(breaches(rule)).toEqual([])
  })

  it('chains triages: each supersedes the one before', () => {
    expect(breaches(({ triages }) => triages.every(({ supersedes }, i) => supersedes === (triages[i - 1]?.id ?? null)))).toEqual([])
  })

  it('leads both ways between a desk and its answers', () => {
    const rule = ({ inbox, caseHandlings, referrals, engagements }: SuggestionStory): boolean =>
      caseHandlings.every(({ id, inboxItem, department }) =>
        inbox.some((place) => place.id === inboxItem && place.handling === id && place.department === department),
      ) &&
      engagements.every(({ id, referral, nonprofit }) =>
        referrals.some((place) => place.id === referral && place.engagement === id && place.nonprofit === nonprofit),
      )
    expect(breaches(rule)).toEqual([])
  })

  it('numbers and ids never repeat', () => {
    const ids = stories.flatMap(({ id, desk, triages, inbox, caseHandlings, referrals, engagements, committeeHandlings }) =>
      [{ id }, desk, ...triages, ...inbox, ...caseHandlings, ...referrals, ...engagements, ...committeeHandlings].map(
        (record) => record.id,
      ),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(stories.map(({ number }) => number)).size).toBe(stories.length)
    expect(isSorted(stories.map(({ createdAt }) => createdAt))).toBe(true)
  })
})

describe('the living desk', () => {
  it('has waiting, overdue, due and broken matters, but mostly good ones', () => {
    const waiting = stories.filter(({ desk }) => desk.clearedAt === null)
    const overdue = waiting.filter(({ desk }) => desk.triageBy < anchor)
    expect(waiting.length).toBeGreaterThan(15)
    expect(overdue.length).toBeGreaterThan(0)
    expect(overdue.length).toBeLessThan(waiting.length)
    const open = stories
      .filter(({ stage }) => stage === 'PROMISED' || stage === 'IN_PROGRESS')
      .flatMap(promisesOf)
      .filter(({ keptAt }) => keptAt === null)
    const broken = open.filter((promise) => promiseState(promise, anchor) === 'BROKEN')
    expect(broken.length).toBeGreaterThan(0)
    expect(broken.length).toBeLessThan(open.length / 10)
    expect(open.some(({ dueAt }) => dueAt > anchor && dueAt.getTime() < anchor.getTime() + dayMs)).toBe(true)
  })

  it('answers faster in the third year than in the first', () => {
    // Working minutes, so that the holidays at either end do not count.
    const meanMinutes = (part: readonly SuggestionStory[]): number => {
      const waits = part.flatMap(({ createdAt, triages }) =>
        triages[0] ? [workingMinutesBetween(createdAt, triages[0].at, calendar)] : [],
      )
      return waits.reduce((sum, minutes) => sum + minutes, 0) / waits.length
    }
    expect(meanMinutes(stories.slice(-1000))).toBeLessThan(meanMinutes(stories.slice(0, 1000)) * 0.9)
  })

  it('is written so that the words lead to the right line of the function list', () => {
    const entries = street.functionItems.map(({ title, ...item }) => ({ ...item, titleZh: title.zh, titleEn: title.en }))
    const index = buildFunctionIndex(entries)
    const first = (text: string): string | undefined => matchFunctions(text, index, 1)[0]?.id
    const wrong = stories
      .slice(0, 600)
      .filter(({ text, proposedItem }) => first(text.zh) !== proposedItem || first(text.en) !== proposedItem)
    expect(wrong.map(({ text }) => `${text.zh} / ${text.en}`)).toEqual([])
  })

  it('holds nothing that the hub never holds', () => {
    const textsOf = (of: unknown): string[] =>
      typeof of === 'string'
        ? [of]
        : of !== null && typeof of === 'object' && !(of instanceof Date)
          ? Object.values(of).flatMap(textsOf)
          : []
    const texts = new Set(
      [street.communities, street.cells, street.functionItems, street.nonprofits, [...residents.values()], stories].flatMap(textsOf),
    )
    expect([...texts].filter((text) => scanForbiddenData(text).length > 0)).toEqual([])
  })
})
