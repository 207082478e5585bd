import { connectionOf, CountType, NodeType, PartyType } from '@commonhall/shared/vocabulary'
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql'

import { CommitteeType } from './committee.type.js'

export const NonprofitFormEnum = {
  VOLUNTEER_ORGANIZATION: 'VOLUNTEER_ORGANIZATION',
  PUBLIC_SERVICE_GROUP: 'PUBLIC_SERVICE_GROUP',
  MASS_ASSOCIATION: 'MASS_ASSOCIATION',
  CULTURAL_TEAM: 'CULTURAL_TEAM',
  SOCIAL_WORK_AGENCY: 'SOCIAL_WORK_AGENCY',
  FOUNDATION: 'FOUNDATION',
  MEDIATION_BODY: 'MEDIATION_BODY',
} as const
registerEnumType(NonprofitFormEnum, { name: 'NonprofitForm', description: 'What kind of organization it is.' })

export const RegistrationStateEnum = { REGISTERED: 'REGISTERED', FILED: 'FILED', INFORMAL: 'INFORMAL' } as const
registerEnumType(RegistrationStateEnum, {
  name: 'RegistrationState',
  description: 'Legal standing.',
  valuesConfig: { FILED: { description: 'Known to the street, not registered.' } },
})

@Directive('@key(fields: "id")')
@Directive('@owner(party: NONPROFIT)')
@ObjectType('Nonprofit', { implements: [NodeType, PartyType], description: 'A nonprofit organization, filed group or mediation body.' })
export class NonprofitType {
  @Field(() => ID, { description: 'TypeID, prefix npo.' })
  id: string

  @Field(() => String, { nullable: true })
  name?: string | null

  @Field(() => NonprofitFormEnum)
  form: keyof typeof NonprofitFormEnum

  @Field(() => RegistrationStateEnum)
  registration: keyof typeof RegistrationStateEnum

  @Field(() => String, { nullable: true, description: 'Identifier in the org-id.guide form: list code and number.' })
  orgId: string | null

  @Field(() => String, { nullable: true })
  description?: string | null

  @Field(() => CommitteeType, {
    nullable: true,
    description: "Set for a mediation body that a committee has set up; the rows stay the body's own.",
  })
  hostCommittee?: CommitteeType | null

  @Field(() => CountType)
  members?: CountType

  @Field(() => Boolean)
  active: boolean
}

export const NonprofitConnection = connectionOf('Nonprofit', () => NonprofitType, 'NONPROFIT')
