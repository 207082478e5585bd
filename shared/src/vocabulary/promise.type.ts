import { Ctx, Directive, Field, FieldResolver, InputType, Int, ObjectType, Resolver, Root } from 'type-graphql'

import { DateTimeScalar } from '../scalars/index.js'
import { promiseState, type Clock, type PromiseRecord } from '../time/index.js'
import { ClockBasis, PromiseState } from './enums.type.js'

@Directive('@shareable')
@ObjectType('PromiseExtension', { description: 'One extension, with the reason the requester was told.' })
export class PromiseExtensionType {
  @Field(() => DateTimeScalar)
  dueAt: Date

  @Field(() => String)
  why: string

  @Field(() => DateTimeScalar)
  at: Date
}

@Directive('@shareable')
@ObjectType('PromisePause', { description: 'Time that does not count, because the requester was asked something.' })
export class PromisePauseType {
  @Field(() => DateTimeScalar)
  from: Date

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while the answer is awaited.' })
  to: Date | null
}

@Directive('@shareable')
@ObjectType('Promise', {
  description: 'Who answers by when, on what basis. Written by the party that makes it; extended by appending only.',
})
export class PromiseType {
  @Field(() => DateTimeScalar, { description: 'The limit first promised. The kept-promise rate is counted against it.' })
  firstDueAt: Date

  @Field(() => DateTimeScalar, { description: 'The limit in force, after extensions and pauses.' })
  dueAt: Date

  @Field(() => Int, { description: 'Days promised first.' })
  days: number

  @Field(() => ClockBasis)
  clock: keyof typeof ClockBasis

  @Field(() => String, { description: 'Function item, law or agreement that sets the limit.' })
  basis: string

  @Field(() => String, { nullable: true, description: 'What will be done (Open311 service_notice).' })
  plan: string | null

  @Field(() => DateTimeScalar)
  madeAt: Date

  @Field(() => [PromiseExtensionType])
  extensions: readonly PromiseExtensionType[]

  @Field(() => [PromisePauseType])
  pauses: readonly PromisePauseType[]

  @Field(() => DateTimeScalar, { nullable: true })
  keptAt: Date | null
}

/** A promise as a reader gets it: `owedUntil` is when its matter ended, and its state stays what it was then. */
export type ShownPromise = PromiseRecord & { readonly owedUntil: Date | null }

/** The promise of a handling for readers; `lapsedAt` is when its matter was withdrawn or merged, null while it is owed or kept. */
export const showPromise = (promise: PromiseRecord | null, lapsedAt: Date | null): ShownPromise | null =>
  promise === null ? null : { ...promise, owedUntil: lapsedAt }

/** The state of a promise is asked of the clock at every read; nobody breaks a promise after the author took the matter back. */
@Resolver(() => PromiseType)
export class PromiseResolver {
  @FieldResolver(() => PromiseState)
  state(@Root() promise: PromiseRecord & Partial<ShownPromise>, @Ctx() context: { readonly clock: Clock }): keyof typeof PromiseState {
    return promiseState(promise, promise.owedUntil ?? context.clock.now())
  }
}

@InputType('PromiseInput', { description: "A promise as days on a clock; the hub computes the instant with the community's calendar." })
export class PromiseInput {
  @Field(() => Int)
  days: number

  @Field(() => ClockBasis)
  clock: keyof typeof ClockBasis

  @Field(() => String, { nullable: true })
  plan?: string | null
}
