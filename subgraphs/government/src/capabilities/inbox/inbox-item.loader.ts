import { batchLoader } from '@commonhall/shared/loading'
import type { Actor } from '@commonhall/shared/identity'
import type { Database } from '@commonhall/shared/persistence'
import { wellFormed } from '@commonhall/shared/typeid'

import type { InboxItem } from './inbox-item.js'
import { findInboxItems } from './inbox-item.store.js'

/** Items of the actor's own desk by id; null for those of other departments and for everybody else. One statement per batch. */
export const inboxItemById = (database: Database, actor: Actor) =>
  batchLoader<InboxItem>(
    async (ids) => {
      const post = actor.actingFor
      if (post?.kind !== 'GOVERNMENT') return []
      return database.readAs(post.partyId, (reader) => findInboxItems(reader, wellFormed('inb', ids)))
    },
    (item) => item.id,
  )
