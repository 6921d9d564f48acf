import { Field, ID, InputType } from '@nestjs/graphql';
import { KnowledgeKind } from '../enums.js';

@InputType({ description: 'A question that customers ask, and its answer.' })
export class FaqInput {
  @Field(() => String, { description: 'The question, at most 500 characters.' })
  question!: string;

  @Field(() => String, { description: 'The answer, as it may be quoted to a customer; at most 4,000 characters.' })
  answer!: string;
}

@InputType({ description: 'New knowledge. TEXT needs text, FAQ needs faq, URL needs url, FILE needs fileId.' })
export class KnowledgeInput {
  @Field(() => KnowledgeKind, { description: 'Where it comes from.' })
  kind!: KnowledgeKind;

  @Field(() => String, { description: 'What it is called, at most 200 characters.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'For TEXT: at most 200,000 characters; headings and paragraphs are kept apart.',
  })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'For URL: a page that everybody can open, or a sitemap of such pages; at most 200 are read, of its own site.',
  })
  url?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'For FILE: an upload of yours (POST /files?for=knowledge) that is PDF, DOCX, HTML, Markdown, CSV or plain text.',
  })
  fileId?: string | null;

  @Field(() => [FaqInput], { nullable: true, description: 'For FAQ: at most 1,000 pairs.' })
  faq?: FaqInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'For members alone: kept and shown, but no draft is made from it.',
  })
  internal?: boolean | null;
}
