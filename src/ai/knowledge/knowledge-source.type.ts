import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';
import { KnowledgeKind, KnowledgeStatus } from '../enums.js';
import type { KnowledgeRow } from './knowledge.row.js';
import { readingReasonOf } from './reading/reading-error.js';

@ObjectType({ description: 'What the last reading of a source changed.' })
export class KnowledgeChanges {
  @Field(() => Date, { nullable: true, description: 'When a reading last changed anything.' })
  at!: Date | null;

  @Field(() => Int, { description: 'Passages that came with the last reading.' })
  added!: number;

  @Field(() => Int, { description: 'Passages that went with it.' })
  removed!: number;

  @Field(() => Int, { description: 'Passages that say what they said before.' })
  kept!: number;
}

@ObjectType({ description: 'A page that could not be read.' })
export class KnowledgePageTrouble {
  @Field(() => String, { description: 'Its address.' })
  url!: string;

  @Field(() => String, { description: 'Why, in words.' })
  error!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name of that reason, for a client that has words of its own.',
  })
  reason!: string | null;
}

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

  @Field(() => String, {
    nullable: true,
    description: 'What could not be read, in words: nothing where it is FAILED, else a part.',
  })
  error!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of that reason, for a client that has words of its own.',
  })
  reason!: string | null;

  @Field(() => Date, { description: 'When it last changed.' })
  updatedAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was last read, whether or not anything was different. Null for a TEXT and a FAQ.',
  })
  readAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it cannot be read, or not all of it, and stands for what it said before.',
  })
  staleSince!: Date | null;

  @Field(() => Int, { description: 'How many web pages it is.' })
  pages!: number;

  @Field(() => [KnowledgePageTrouble], { description: 'Pages that could not be read: the first 20.' })
  failing!: KnowledgePageTrouble[];

  @Field(() => KnowledgeChanges, {
    nullable: true,
    description: 'What the last reading changed. Null before the first, and for a TEXT and a FAQ.',
  })
  changes!: KnowledgeChanges | null;

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
      reason: readingReasonOf(error),
      readAt: row.readAt,
      staleSince: row.staleSince,
      pages: row.pages,
      failing: row.failing.map((page) =>
        Object.assign(new KnowledgePageTrouble(), { ...page, reason: readingReasonOf(page.error) }),
      ),
      changes: changesOf(row),
    });
  }
}

function changesOf({ readAt, changedAt: at, added, removed, kept }: KnowledgeRow): KnowledgeChanges | null {
  return readAt === null ? null : Object.assign(new KnowledgeChanges(), { at, added, removed, kept });
}

@ObjectType({ description: 'A page of knowledge sources.' })
export class KnowledgeConnection {
  @Field(() => [KnowledgeSourceType], { description: 'The sources, the newest first.' })
  nodes!: KnowledgeSourceType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
