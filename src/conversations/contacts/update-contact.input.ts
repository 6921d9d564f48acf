import { Field, ID, InputType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';

@InputType({ description: 'What is to be known of a contact. What is left out stays as it is.' })
export class UpdateContactInput {
  @Field(() => ID, { description: 'The contact.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What they are called; an empty text forgets it.' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: 'All their e-mail addresses.' })
  emails?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'All their phone numbers, with the country code.' })
  phones?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'All their labels: at most 20, each of at most 50 characters.',
  })
  tags?: string[] | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'All that is kept of them beside this: an object of texts, numbers, yes and no.',
  })
  customFields?: unknown;

  @Field(() => String, {
    nullable: true,
    description: 'The language they write in, such as en or pt-BR; an empty text forgets it.',
  })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the workspace wants nothing more from them.' })
  blocked?: boolean | null;
}
