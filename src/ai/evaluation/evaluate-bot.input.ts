import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'A question to try a bot with, and what a good answer says.' })
export class EvaluationCase {
  @Field(() => String, { description: 'What a customer would write, at most 4,000 characters.' })
  question!: string;

  @Field(() => String, {
    description:
      'What a good answer says, in a sentence or in words of it (“30 days”); empty where the bot should leave the question alone.',
  })
  expected!: string;

  @Field(() => ID, { nullable: true, description: 'The knowledge that a good answer rests on; left out, any.' })
  knowledgeId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Where a set is saved: the case that this one changes; left out, a new one. Elsewhere none.',
  })
  id?: string | null;
}
