import { Field, ID, InputType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { LeadStatus } from './enums.js';

@InputType({ description: 'What a lead is to be. What is left out stays as it is.' })
export class UpdateLeadInput {
  @Field(() => ID, { description: 'The lead.' })
  id!: string;

  @Field(() => LeadStatus, { nullable: true, description: 'How far it has come.' })
  status?: LeadStatus | null;

  @Field(() => ID, { nullable: true, description: 'The member whose it is; null: nobody’s.' })
  ownerId?: string | null;

  @Field(() => [String], { nullable: true, description: 'All its labels: at most 20, each of at most 50 characters.' })
  tags?: string[] | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'All its answers: an object of texts, numbers, yes and no.',
  })
  fields?: unknown;
}
