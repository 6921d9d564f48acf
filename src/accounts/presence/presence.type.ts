import { Field, ID, ObjectType } from '@nestjs/graphql';

/** As it comes off the board: who it is is read when it is delivered. */
export interface ChangedMember {
  readonly memberId: string;
}

@ObjectType('Presence', { description: 'Of a member it has changed whether they are here.' })
export class PresenceType implements ChangedMember {
  @Field(() => ID, { description: 'The member.' })
  memberId!: string;
}
