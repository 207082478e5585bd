import { refuse, allowed, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'

import { worksAt } from '../../cadre.policy.js'

/** Decides whether an actor may read a committee's desk: its cadres and clerks, nobody else; a desk shows how a committee works. Pure. */
export const mayReadDesk = (actor: Actor, committeeId: string): Decision =>
  worksAt(actor, committeeId)
    ? allowed
    : refuse(actor.actingFor?.kind === 'COMMITTEE' ? 'NOT_YOUR_RECORD' : 'NOT_YOUR_FUNCTION', {
        party: { kind: 'COMMITTEE', id: committeeId, name: null },
      })
