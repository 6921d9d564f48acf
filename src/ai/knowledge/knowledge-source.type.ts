import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';
import { KnowledgeKind, KnowledgeStatus } from '../enums.js';
import type { KnowledgeRow } from './knowledge.row.js';

@ObjectType('KnowledgeSource', { description: 'Something that the business knows, and that drafts are made from.' })
export class KnowledgeSourceType {
  @Field(() => ID, { description: 'The id of the source.' })
  id!: string;

  @Field(() => KnowledgeKind, { description: 'Where it comes from.' })
  kind!: KnowledgeKind;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => KnowledgeStatus, { description: 'Whether it can be answered from.' })
  status!: KnowledgeStatus;

  @Field(() => String, { nullable: true, description: 'The page that it was read from.' })
  url!: string | null;

  @Field(() => Int, { description: 'Into how many passages it was split.' })
  passages!: number;

  @Field(() => Boolean, { description: 'For members alone: kept and shown, but no draft is made from it.' })
  internal!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it cannot be answered from, in words.' })
  error!: string | null;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;

  static from(row: KnowledgeRow): KnowledgeSourceType {
    const { id, kind, title, status, url, passages, internal, error, updatedAt } = row;
    return Object.assign(new KnowledgeSourceType(), {
      id,
      kind,
      title,
      status,
      url,
      passages,
      internal,
      error,
      updatedAt,
    });
  }
}

@ObjectType({ description: 'A page of knowledge sources.' })
export class KnowledgeConnection {
  @Field(() => [KnowledgeSourceType], { description: 'The sources, the newest first.' })
  nodes!: KnowledgeSourceType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
