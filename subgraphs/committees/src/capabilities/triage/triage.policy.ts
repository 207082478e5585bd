import { allowed, refuse, type Decision } from '@commonhall/shared/errors'
import type { Actor } from '@commonhall/shared/identity'
import type { RouteKind } from '@commonhall/shared/matters'

import { mayActAsCadre } from '../../cadre.policy.js'

/** Decides whether an actor may route a suggestion of this committee; a clerk records, but does not route. Pure. */
export const mayTriage = (actor: Actor, committeeId: string | null): Decision => mayActAsCadre(actor, committeeId)

/**
 * Decides whether the bounce rule leaves a route open. Pure.
 *
 * After `limit` declines "not my function" since the last conference, only a joint conference or the committee itself ends the wandering.
 */
export const mayTakeRoute = (route: RouteKind, bouncesSinceConference: number, limit: number): Decision =>
  bouncesSinceConference >= limit && route !== 'JOINT_CONFERENCE' && route !== 'SELF'
    ? refuse('WRONG_STAGE', {
        field: 'route',
        message: {
          zh: `已被退回 ${bouncesSinceConference} 次，只能召开联席会议或由居委会自办。`,
          en: `It came back ${bouncesSinceConference} times; only a joint conference or the committee itself may follow.`,
        },
        remedy: { zh: '请选择 JOINT_CONFERENCE 或 SELF。', en: 'Choose the route JOINT_CONFERENCE or SELF.' },
      })
    : allowed
