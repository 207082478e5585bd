import { Chance } from '../chance.js'
import { dayMs } from '../clock.js'
import type { People } from '../people/residents.js'
import type { Arrivals } from './arrivals.js'
import { Draft, type Stage } from './draft.js'
import { live } from './life.js'
import type { Skeleton, Skeletons } from './skeleton.js'
import type { AssentForm, Channel, StorySupport, SuggestionStory } from './story.js'
import { suggestionText } from './wording.js'

type Entry = Pick<SuggestionStory, 'author' | 'channel' | 'enteredBy' | 'assent'>

const assisted: readonly (readonly [Channel, AssentForm, string | null])[] = [
  ['HOTLINE', 'RECORDED_CALL', null],
  ['HOTLINE', 'RECORDED_CALL', null],
  ['STATION', 'SIGNED', null],
  ['VISIT', 'SPOKEN_WITNESSED', 'GRID_MEMBER'],
  ['VISIT', 'SPOKEN_WITNESSED', 'BUILDING_DIRECTOR'],
  ['PAPER', 'SIGNED', null],
  ['FACE_TO_FACE', 'SPOKEN_WITNESSED', 'COMMUNITY_CADRE'],
]

/** How it came in: by the person (some anonymous), or entered by the committee with a trace of the person's assent. */
const entry = (draft: Draft, people: People): Entry => {
  const { chance, skeleton, committee } = draft
  const { id } = people.someone(skeleton.communityIndex, skeleton.createdMs, chance)
  if (chance.may(0.26)) {
    const [channel, form, witness] = chance.pick(assisted)
    const at = new Date(skeleton.createdMs - 60_000 * (1 + chance.below(20)))
    // Everybody whose assent is kept was there; a few of them want to stay unknown.
    return { author: chance.may(0.04) ? null : id, channel, enteredBy: { kind: 'COMMITTEE', id: committee }, assent: { form, at, witness } }
  }
  const channel: Channel = chance.may(0.03) ? 'PARTNER' : chance.may(0.7) ? 'APP' : 'WEB'
  return { author: chance.may(0.08) ? null : id, channel, enteredBy: null, assent: null }
}

/** "Me too" of neighbours of the same community in the first weeks, each person once, never the author. */
const supportsOf = (stage: Stage, people: People, skeleton: Skeleton, untilMs: number, movedFrom: string | null): StorySupport[] => {
  const chance = new Chance(stage.seed, 45, skeleton.index)
  const count = chance.may(0.68) ? 0 : Math.floor(Math.exp(chance.between(0, 3)))
  const given: StorySupport[] = []
  for (let i = 0; i < count; i++) {
    const atMs = Math.floor(
      skeleton.createdMs + (Math.min(untilMs, skeleton.createdMs + 20 * dayMs) - skeleton.createdMs) * chance.unit() ** 2,
    )
    given.push({ resident: people.someone(skeleton.communityIndex, skeleton.createdMs, chance).id, at: new Date(atMs), movedFrom })
  }
  return given
}

const distinct = (given: readonly StorySupport[], author: string | null): StorySupport[] => {
  if (given.length === 0) return []
  const seen = new Set<string | null>([author])
  return given.filter(({ resident }) => !seen.has(resident) && seen.add(resident))
}

/** Supports of a story; those of the entries merged into it come with the merge. A merged entry keeps none. */
const supporters = (draft: Draft, people: People, skeletons: Skeletons, author: string | null): StorySupport[] => {
  const { skeleton, stage } = draft
  if (skeleton.stage === 'MERGED') return []
  const own = supportsOf(stage, people, skeleton, draft.withdrawnAt?.getTime() ?? stage.anchorMs, null)
  const moved = skeletons.mergedInto(skeleton.index).flatMap((index) => {
    const merged = skeletons.make(index)
    return supportsOf(stage, people, merged, stage.anchorMs, merged.id)
  })
  return distinct([...own, ...moved], author)
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

/** Makes the story of one index. Cost: about 25 µs; nothing of another story is kept. */
export const createTeller = (stage: Stage, people: People, arrivals: Arrivals, skeletons: Skeletons) => {
  return (index: number): SuggestionStory => {
    const skeleton = skeletons.make(index)
    const draft = new Draft(stage, skeleton)
    const { chance } = draft
    const { bounds, cell } = skeleton.place
    const building = chance.pick(cell.buildings)
    const text = suggestionText(skeleton.topic, skeleton.kind, building.name, chance)
    const point = [
      round(bounds.west + (bounds.east - bounds.west) * chance.between(0.05, 0.95)),
      round(bounds.south + (bounds.north - bounds.south) * chance.between(0.05, 0.95)),
    ] as const
    const { author, channel, enteredBy, assent } = entry(draft, people)
    const mergedInto = skeleton.target === null ? null : skeletons.make(skeleton.target).id
    live(draft, mergedInto)
    const community = stage.territory.communities[skeleton.communityIndex]
    const lastTriageMs = draft.triages[draft.triages.length - 1]?.at.getTime() ?? -1
    // Written out: an object spread costs more than all the rest of a story.
    return {
      index,
      id: skeleton.id,
      number: arrivals.numberOf(index, skeleton.createdMs),
      kind: skeleton.kind,
      topic: skeleton.topic.key,
      text,
      language: draft.language,
      place: { type: 'Point', coordinates: point },
      address:
        draft.language === 'zh'
          ? `${community?.name.zh ?? ''}${building.name.zh}附近`
          : `near ${building.name.en}, ${community?.name.en ?? ''}`,
      community: cell.community,
      committee: draft.committee,
      cell: cell.id,
      author,
      channel,
      enteredBy,
      assent,
      createdAt: new Date(skeleton.createdMs),
      updatedAt: new Date(draft.updatedMs),
      proposedItem: draft.item.id,
      supporters: supporters(draft, people, skeletons, author),
      desk: {
        id: draft.id('tri', skeleton.createdMs),
        arrivedAt: new Date(draft.deskArrivedMs),
        triageBy: new Date(stage.clock.limit(draft.deskArrivedMs, 1, 'WORKING')),
        bounces: draft.bounces,
        // A withdrawn entry leaves the desk as well.
        clearedAt: lastTriageMs >= draft.deskArrivedMs ? new Date(lastTriageMs) : draft.withdrawnAt,
      },
      triages: draft.triages,
      inbox: draft.inbox,
      caseHandlings: draft.caseHandlings,
      referrals: draft.referrals,
      engagements: draft.engagements,
      committeeHandlings: draft.committeeHandlings,
      ledger: draft.ledger,
      conference: draft.conference,
      mergedInto,
      mergedAt: draft.mergedAt,
      withdrawnAt: draft.withdrawnAt,
      outcome: draft.outcome,
      reopenings: draft.reopenings,
      answers: draft.answers,
      stage: skeleton.stage,
    }
  }
}
