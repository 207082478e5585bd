import { HubError, type RefusalValue } from '@commonhall/shared/errors'
import { AgeBand } from '@commonhall/shared/vocabulary'
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'

import type { ResidentsContext } from '../../context.js'
import { CellType } from '../cells/index.js'
import { CommunityType } from '../communities/index.js'
import type { Resident } from './resident.js'
import { registerResident } from './resident.service.js'
import { RegisterResidentInput, RegisterResidentResult, ResidentType } from './resident.type.js'

@Resolver(() => ResidentType)
export class ResidentResolver {
  @Directive('@authenticated')
  @Query(() => ResidentType, { nullable: true, description: 'The signed-in person.' })
  me(@Ctx() context: ResidentsContext): Promise<Resident | null> {
    if (context.actor.subject === null) throw new HubError('UNAUTHENTICATED')
    return context.loaders.me()
  }

  @Directive('@authenticated')
  @Query(() => ResidentType, { nullable: true })
  resident(@Arg('id', () => ID) id: string, @Ctx() context: ResidentsContext): Promise<Resident | null> {
    if (context.actor.subject === null) throw new HubError('UNAUTHENTICATED')
    return context.loaders.residentById.load(id)
  }

  @Directive('@act(code: "resident.profile.register")')
  @Directive('@authenticated')
  @Mutation(() => RegisterResidentResult, { nullable: true, description: 'Open a profile; verification starts at CONTACT.' })
  registerResident(
    @Arg('input', () => RegisterResidentInput) input: RegisterResidentInput,
    @Ctx() context: ResidentsContext,
  ): Promise<Resident | RefusalValue> {
    return registerResident(context, input)
  }

  @FieldResolver(() => String, { nullable: true })
  async name(@Root() resident: Resident, @Ctx() context: ResidentsContext): Promise<string | null> {
    await context.personal.open(resident, 'name')
    return resident.name
  }

  @FieldResolver(() => AgeBand, { nullable: true })
  async ageBand(@Root() resident: Resident, @Ctx() context: ResidentsContext): Promise<Resident['ageBand']> {
    await context.personal.open(resident, 'ageBand')
    return resident.ageBand
  }

  @FieldResolver(() => String, { nullable: true })
  async contact(@Root() resident: Resident, @Ctx() context: ResidentsContext): Promise<string | null> {
    await context.personal.open(resident, 'contact')
    return resident.contact
  }

  @FieldResolver(() => CommunityType, { nullable: true })
  community(@Root() resident: Resident): { id: string } {
    return { id: resident.communityId }
  }

  @Directive('@personal(class: LOCATION)')
  @Directive('@purpose(allow: [CASE_HANDLING, CARE, SUBJECT])')
  @FieldResolver(() => CellType, { nullable: true, description: 'Finer than the community, so personal.' })
  async cell(@Root() resident: Resident, @Ctx() context: ResidentsContext): Promise<{ id: string } | null> {
    await context.personal.open(resident, 'cell')
    return resident.cellId === null ? null : { id: resident.cellId }
  }
}
