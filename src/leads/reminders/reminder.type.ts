import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../../platform/graphql/index.js';
import type { ReminderRow } from './reminder.row.js';

@ObjectType('LeadReminder', { description: 'That a member wants to be reminded of a lead.' })
export class LeadReminderType {
  @Field(() => ID, { description: 'The id of the reminder.' })
  id!: string;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'What is to be done. Show it as text.' })
  text!: string | null;

  @Field(() => Boolean, { description: 'Whether its time has come.' })
  due!: boolean;

  /** No fields: `lead` and `member` are read by them. */
  leadId!: string;
  memberId!: string;

  static from({ id, at, text, due, leadId, memberId }: ReminderRow): LeadReminderType {
    return Object.assign(new LeadReminderType(), { id, at, text, due, leadId, memberId });
  }
}

@ObjectType({ description: 'A page of reminders.' })
export class LeadReminderConnection {
  @Field(() => [LeadReminderType], { description: 'The reminders, the earliest first.' })
  nodes!: LeadReminderType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
