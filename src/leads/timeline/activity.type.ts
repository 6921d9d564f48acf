import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';
import { LeadActivityKind, LeadReplyWay, LeadSource, LeadStatus } from '../enums.js';
import type { ActivityRow } from './activity.row.js';

@ObjectType('LeadActivity', { description: 'Something that happened with a lead, or that a member noted of it.' })
export class LeadActivityType {
  @Field(() => ID, { description: 'The id of the entry.' })
  id!: string;

  @Field(() => LeadActivityKind, { description: 'What happened.' })
  kind!: LeadActivityKind;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => LeadSource, { nullable: true, description: 'CAPTURED, AGAIN: where it came from.' })
  source!: LeadSource | null;

  @Field(() => LeadStatus, { nullable: true, description: 'STATUS: how far it had come then.' })
  status!: LeadStatus | null;

  @Field(() => LeadReplyWay, {
    nullable: true,
    description: 'REPLY: how it went; NONE where a machine left it to a person, and by nobody: by a machine.',
  })
  way!: LeadReplyWay | null;

  @Field(() => Date, { nullable: true, description: 'REMINDER: when the member wants to be reminded.' })
  remindAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'NOTE: what a member wrote. REPLY: what was answered, where no conversation holds it. TAGS: its labels from then on, with commas between. REMINDER: what is to be done. Show it as text.',
  })
  text!: string | null;

  /** No fields: `by` and `about` are read by them. */
  memberId!: string | null;
  aboutId!: string | null;

  static from({ id, kind, at, memberId, aboutId, value, text }: ActivityRow): LeadActivityType {
    return Object.assign(new LeadActivityType(), {
      id,
      kind,
      at,
      source: kind === LeadActivityKind.CAPTURED || kind === LeadActivityKind.AGAIN ? value : null,
      status: kind === LeadActivityKind.STATUS ? value : null,
      way: kind === LeadActivityKind.REPLY ? value : null,
      remindAt: kind === LeadActivityKind.REMINDER && value !== null ? new Date(value) : null,
      text,
      memberId,
      aboutId,
    });
  }
}

@ObjectType({ description: 'A page of what happened with a lead.' })
export class LeadActivityConnection {
  @Field(() => [LeadActivityType], { description: 'What happened, the newest first.' })
  nodes!: LeadActivityType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
