import { HubError } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { closedBecause, type PURPOSES, type Standing } from './reading.policy.js'

/** The person or entry whose personal field is read. */
interface PersonKeys {
  readonly id: string
  readonly communityId: string
}

interface EntryKeys extends PersonKeys {
  readonly authorId: string | null
  readonly anonymous: boolean
  readonly readByAuthor?: true
}

type Field = keyof typeof PURPOSES

/** Who may read what of whom, for one request. Answers are batched: a list of a hundred costs a statement, not a hundred. */
export interface PersonalReader {
  /** Lets a field of a person be read, or throws FORBIDDEN with its reason. Resolves with how the reader stands to the person. */
  open(person: PersonKeys, field: Field): Promise<Standing>
  /** The same for a field of an entry. */
  openOf(entry: EntryKeys, field: Field): Promise<Standing>
  isOpenOf(entry: EntryKeys, field: Field): Promise<boolean>
  /** Whether the author of an entry may be shown: to the author always, of a named entry also to those who handle it. */
  maySeeAuthor(entry: EntryKeys): Promise<boolean>
}

interface Lookups {
  me(): Promise<{ readonly id: string } | null>
  readonly communityById: { load(id: string): Promise<{ readonly committeeId: string } | null> }
  readonly handled: { load(id: string): Promise<object | null> }
  readonly authorHandled: { load(id: string): Promise<object | null> }
}

/** Makes the reader of one request. Staff stand for their post alone: what they know as residents opens nothing to the office. */
export const createPersonalReader = (actor: Actor, lookups: Lookups): PersonalReader => {
  const ofOffice = async (keys: PersonKeys, handled: Lookups['handled']): Promise<Standing> => {
    const post = actor.actingFor
    if (post === null) return 'OTHER'
    if (post.kind === 'COMMITTEE')
      return (await lookups.communityById.load(keys.communityId))?.committeeId === post.partyId ? 'HANDLER' : 'OTHER'
    return (await handled.load(keys.id)) === null ? 'OTHER' : 'HANDLER'
  }
  const isMe = async (residentId: string | null): Promise<boolean> =>
    residentId !== null && actor.actingFor === null && (await lookups.me())?.id === residentId
  const toPerson = async (person: PersonKeys): Promise<Standing> =>
    (await isMe(person.id)) ? 'SELF' : ofOffice(person, lookups.authorHandled)
  const toEntry = async (entry: EntryKeys): Promise<Standing> =>
    entry.readByAuthor === true || (await isMe(entry.authorId)) ? 'SELF' : ofOffice(entry, lookups.handled)
  const require = (standing: Standing, field: Field): Standing => {
    const reason = closedBecause(standing, actor.purpose, field)
    if (reason !== null) throw new HubError('FORBIDDEN', { reason })
    return standing
  }
  const isOpenOf = async (entry: EntryKeys, field: Field): Promise<boolean> =>
    closedBecause(await toEntry(entry), actor.purpose, field) === null
  return {
    open: async (person, field) => require(await toPerson(person), field),
    openOf: async (entry, field) => require(await toEntry(entry), field),
    isOpenOf,
    async maySeeAuthor(entry) {
      const standing = await toEntry(entry)
      return standing === 'SELF' || (!entry.anonymous && closedBecause(standing, actor.purpose, 'place') === null)
    },
  }
}
