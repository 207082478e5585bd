import { Chance, entityId } from '../chance.js'
import { dayMs } from '../clock.js'
import type { CellPlace, Territory } from '../place/territory.js'
import { topics, type Handler, type Topic } from '../topics/index.js'
import type { Arrivals } from './arrivals.js'
import type { Plan } from './plan.js'
import type { SuggestionKind, SuggestionStage } from './story.js'

/** What is known of a story before its life is told; cheap, so that another story can look at it. */
export interface Skeleton {
  readonly index: number
  readonly id: string
  readonly createdMs: number
  readonly stage: SuggestionStage
  readonly kind: SuggestionKind
  readonly topicIndex: number
  readonly topic: Topic
  readonly communityIndex: number
  readonly place: CellPlace
  /** Index of the earlier story into which this one is merged, or null. */
  readonly target: number | null
}

const withDepartment: ReadonlySet<SuggestionStage> = new Set(['IN_PROGRESS', 'WAITING_FOR_RESIDENT', 'REFERRED_BACK', 'IN_CONFERENCE'])
const indexesOf = (wanted: (topic: Topic) => boolean): number[] => topics.flatMap((topic, i) => (wanted(topic) ? [i] : []))
const byHandler: Readonly<Record<Handler, readonly number[]>> = {
  GOVERNMENT: indexesOf(({ handler }) => handler === 'GOVERNMENT'),
  COMMITTEE: indexesOf(({ handler }) => handler === 'COMMITTEE'),
  NONPROFIT: indexesOf(({ handler }) => handler === 'NONPROFIT'),
}
const slow = [20, 30, 45].map((days) => indexesOf(({ handler, resolveWithin }) => handler === 'GOVERNMENT' && resolveWithin >= days))

/** Makes skeletons by index alone. A merged story takes place and topic of an earlier one that is neither merged nor withdrawn. */
export const createSkeletons = (seed: number, anchorMs: number, territory: Territory, plan: Plan, arrivals: Arrivals) => {
  const weights: number[] = []
  territory.places.forEach((own, c) => own.forEach(() => weights.push(c)))

  // What runs for long must be a matter with a long limit: two extensions triple it at most.
  const topicOf = (stage: SuggestionStage, ageDays: number, chance: Chance): number => {
    const isRunning = stage === 'PROMISED' || stage === 'IN_PROGRESS' || stage === 'WAITING_FOR_RESIDENT'
    if (isRunning && ageDays > 8) {
      return chance.pick(slow[ageDays > 45 ? 2 : ageDays > 25 ? 1 : 0] ?? byHandler.GOVERNMENT)
    }
    const draw = withDepartment.has(stage) ? 0 : chance.unit()
    return chance.pick(byHandler[draw < 0.62 ? 'GOVERNMENT' : draw < 0.82 ? 'COMMITTEE' : 'NONPROFIT'])
  }

  const targetOf = (index: number): number => {
    const chance = new Chance(seed, 43, index)
    let target = index - 1 - chance.below(Math.min(index, 60))
    for (; target > 0; target--) {
      const stage = plan.stageOf(target)
      if (stage !== 'MERGED' && stage !== 'WITHDRAWN' && plan.kindOf(target) !== 'PRAISE') break
    }
    return Math.max(0, target)
  }

  const make = (index: number): Skeleton => {
    const chance = new Chance(seed, 42, index)
    const createdMs = arrivals.createdMs(index)
    const stage = plan.stageOf(index)
    const target = stage === 'MERGED' ? targetOf(index) : null
    const like = target === null ? null : make(target)
    const communityIndex = like ? like.communityIndex : chance.pick(weights)
    const topicIndex = like ? like.topicIndex : topicOf(stage, (anchorMs - createdMs) / dayMs, chance)
    const topic = topics[topicIndex]
    const place = like ? like.place : chance.pick(territory.places[communityIndex] ?? [])
    if (!topic) throw new Error('no such topic')
    const id = entityId(seed, 'sug', createdMs, index)
    return { index, id, createdMs, stage, kind: plan.kindOf(index), topicIndex, topic, communityIndex, place, target }
  }

  let merged: Map<number, number[]> | null = null
  return {
    make,
    /** Indexes of the stories that were merged into this one. */
    mergedInto: (index: number): readonly number[] => {
      if (!merged) {
        merged = new Map()
        for (let i = 0; i < plan.count; i++) {
          if (plan.stageOf(i) !== 'MERGED') continue
          const target = targetOf(i)
          merged.set(target, [...(merged.get(target) ?? []), i])
        }
      }
      return merged.get(index) ?? []
    },
  }
}

export type Skeletons = ReturnType<typeof createSkeletons>
