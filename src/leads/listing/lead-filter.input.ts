import { Field, ID, InputType } from '@nestjs/graphql';
import { LeadSource, LeadStatus } from '../enums.js';

@InputType({ description: 'Which leads. All that is said must hold; what is left out does not matter.' })
export class LeadFilter {
  @Field(() => [LeadStatus], { nullable: true, description: 'In one of these states; an empty list finds nothing.' })
  status?: LeadStatus[] | null;

  @Field(() => [LeadSource], { nullable: true, description: 'From one of these sources; an empty list finds nothing.' })
  source?: LeadSource[] | null;

  @Field(() => ID, { nullable: true, description: "This member's." })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: nobody’s. false: somebody’s.' })
  unassigned?: boolean | null;

  @Field(() => String, { nullable: true, description: 'With this label.' })
  tag?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the contact’s name, an address or a number, the last word may be unfinished; or the whole address or number that was given with the lead.',
  })
  search?: string | null;

  @Field(() => Date, { nullable: true, description: 'Sent in after this.' })
  createdAfter?: Date | null;
}
