import { Field, ID, ObjectType } from '@nestjs/graphql';

/** A case of a set as its table holds it. */
export interface SetCaseRow {
  readonly id: string;
  readonly setId: string;
  readonly question: string;
  readonly expected: string;
  readonly knowledgeId: string | null;
  readonly conversationId: string | null;
}

/** A set as its table holds it. */
export interface SetRow {
  readonly id: string;
  readonly name: string;
  readonly updatedAt: Date;
}

@ObjectType({ description: 'A case of a set.' })
export class EvaluationSetCase {
  @Field(() => ID, { description: 'The id of the case.' })
  id!: string;

  @Field(() => String, { description: 'What is asked.' })
  question!: string;

  @Field(() => String, { description: 'What a good answer says; empty where nothing should be said.' })
  expected!: string;

  @Field(() => ID, { nullable: true, description: 'The knowledge that a good answer rests on; null for any.' })
  knowledgeId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The conversation that it was taken from, with which it goes.' })
  conversationId!: string | null;

  static from(row: SetCaseRow): EvaluationSetCase {
    const { id, question, expected, knowledgeId, conversationId } = row;
    return Object.assign(new EvaluationSetCase(), { id, question, expected, knowledgeId, conversationId });
  }
}

@ObjectType('EvaluationSet', { description: 'Cases that are kept, to try bots with again and again.' })
export class EvaluationSetType {
  @Field(() => ID, { description: 'The id of the set.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => Date, { description: 'When it was changed last.' })
  updatedAt!: Date;

  static from({ id, name, updatedAt }: SetRow): EvaluationSetType {
    return Object.assign(new EvaluationSetType(), { id, name, updatedAt });
  }
}
