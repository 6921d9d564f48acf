import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../platform/graphql/index.js';
import type { ConversationRow } from './conversation.row.js';
import { ConversationStatus, Priority, priorities } from './enums.js';
import type { WindowState } from './messaging-window.js';

@ObjectType('MessagingWindow', {
  description:
    "Whether the channel's rules let this workspace write now. closesAt is null where the channel has no window.",
})
export class MessagingWindowType implements Omit<WindowState, 'why'> {
  @Field(() => Boolean, { description: 'Whether a message may be sent now.' })
  open!: boolean;

  @Field(() => Date, { nullable: true, description: 'When it closes, or closed.' })
  closesAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'Until when a person (no bot) may still answer.' })
  humanAgentUntil!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why not, in words; null while it is open.' })
  reason!: string | null;
}

@ObjectType('Conversation', { description: 'What a contact and the workspace wrote one another on one channel.' })
export class ConversationType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is about, where the channel has subjects.' })
  subject!: string | null;

  @Field(() => ConversationStatus, { description: 'Where it stands.' })
  status!: ConversationStatus;

  @Field(() => Priority, { description: 'How pressing it is.' })
  priority!: Priority;

  @Field(() => [String], { description: 'The labels that members gave it.' })
  tags!: readonly string[];

  @Field(() => Date, { nullable: true, description: 'When it opens again by itself; null unless it is SNOOZED.' })
  snoozedUntil!: Date | null;

  @Field(() => Int, { description: "Messages that no member has read; each member's own pointer is readPointer." })
  unreadCount!: number;

  @Field(() => Date, { description: 'When something was last written here.' })
  lastActivityAt!: Date;

  @Field(() => Date, { description: 'When it began.' })
  createdAt!: Date;

  @Field(() => Boolean, { description: 'Filtered out of every list unless asked for, and answered by no bot.' })
  spam!: boolean;

  @Field(() => Boolean, { description: 'Whether bots keep out of this conversation until it is resumed.' })
  aiPaused!: boolean;

  /** No fields: resolvers read them. */
  channelId!: string;
  contactId!: string;
  assigneeId!: string | null;
  lastMessageId!: string | null;
  lastInboundAt!: Date | null;
  unreachableAt!: Date | null;
  reachableAt!: Date | null;
  readAt!: Date;

  static from(row: ConversationRow): ConversationType {
    const { id, subject, status, tags, snoozedUntil, unreadCount, lastActivityAt, createdAt, spam, aiPaused } = row;
    const { channelId, contactId, assigneeId, lastMessageId, lastInboundAt, unreachableAt, reachableAt, readAt } = row;
    return Object.assign(new ConversationType(), {
      id,
      subject,
      status,
      priority: priorities[row.priority] ?? Priority.NONE,
      tags,
      snoozedUntil,
      unreadCount,
      lastActivityAt,
      createdAt,
      spam,
      aiPaused,
      channelId,
      contactId,
      assigneeId,
      lastMessageId,
      lastInboundAt,
      unreachableAt,
      reachableAt,
      readAt,
    });
  }
}

@ObjectType({ description: 'A page of conversations.' })
export class ConversationConnection {
  @Field(() => [ConversationType], { description: 'The conversations, in order.' })
  nodes!: ConversationType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true, description: 'How many there are in all, where that is cheap to know.' })
  totalCount!: number | null;
}
