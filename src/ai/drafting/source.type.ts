import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('Source', { description: 'A passage of the knowledge that a text rests on, as it stood then.' })
export class SourceType {
  @Field(() => ID, { description: 'The knowledge source; it may have been deleted since.' })
  knowledgeId!: string;

  @Field(() => String, { description: 'What the source is called.' })
  title!: string;

  @Field(() => String, { description: 'The passage.' })
  passage!: string;

  @Field(() => String, { nullable: true, description: 'The page that it was read from.' })
  url!: string | null;

  @Field(() => Int, { nullable: true, description: 'Of a document with pages: the one that the passage begins on.' })
  page!: number | null;

  @Field(() => Boolean, {
    description: 'Whether that knowledge is for members alone by now: what rests on it should not leave unread.',
  })
  internal!: boolean;

  @Field(() => Float, { description: 'How well it fits the question, 0 to 1.' })
  score!: number;

  static from(row: Omit<SourceType, 'page'> & { readonly page?: number | null }): SourceType {
    const { knowledgeId, title, passage, url, page = null, score, internal } = row;
    return Object.assign(new SourceType(), { knowledgeId, title, passage, url, page, score, internal });
  }
}
