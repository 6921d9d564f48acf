import { Field, ID, InputType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';

@InputType({ description: 'Somebody who is interested, as a member writes it down.' })
export class CreateLeadInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The contact whose lead it is; without it, by the address, or a new one.',
  })
  contactId?: string | null;

  @Field(() => String, { nullable: true, description: 'What they are called.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Their e-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Their phone number, with the country code.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'The company that they are of.' })
  company?: string | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'What else is known: an object of texts, numbers, yes and no.',
  })
  fields?: unknown;

  @Field(() => [String], { nullable: true, description: 'Labels: at most 20, each of at most 50 characters.' })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A note for members; the person never sees it.' })
  note?: string | null;
}
