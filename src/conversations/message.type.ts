import { Field, ID, ObjectType } from '@nestjs/graphql';
import { type CitedPage, MessageKind } from '../channels/index.js';
import { PageInfo } from '../platform/graphql/index.js';
import { MessageAuthor, MessageDirection, MessageRating, MessageStatus } from './enums.js';
import { ContactCardType, GeoPointType, MailEnvelopeType, PostbackType, ReferralType } from './message-content.type.js';
import type { MessageRow } from './message.row.js';

@ObjectType('Message', { description: 'What a customer, a member, a bot or the system wrote in a conversation.' })
export class MessageType {
  @Field(() => ID, { description: 'The id of the message. Ids of one conversation sort in the order of the thread.' })
  id!: string;

  @Field(() => MessageDirection, { description: 'Whether it came in, went out, or is seen by members alone.' })
  direction!: MessageDirection;

  @Field(() => MessageAuthor, { description: 'Who wrote it.' })
  author!: MessageAuthor;

  @Field(() => MessageKind, { description: 'What it is.' })
  kind!: MessageKind;

  @Field(() => String, { nullable: true, description: 'The words; null where there are none, or none any more.' })
  text!: string | null;

  @Field(() => MessageStatus, { description: 'What became of it.' })
  status!: MessageStatus;

  @Field(() => String, { nullable: true, description: 'Why it was not sent, in words.' })
  error!: string | null;

  @Field(() => String, { nullable: true, description: "The platform's id of it." })
  externalId!: string | null;

  @Field(() => Date, { description: 'When it was written.' })
  sentAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When its words were last changed.' })
  editedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was taken back: its words and attachments are gone, its place in the thread stays.',
  })
  deletedAt!: Date | null;

  @Field(() => GeoPointType, { nullable: true, description: 'The place that the customer sent.' })
  location!: GeoPointType | null;

  @Field(() => [ContactCardType], { description: 'The people whose details the customer passed on.' })
  contactCards!: readonly ContactCardType[];

  @Field(() => PostbackType, { nullable: true, description: 'The button that the customer pressed.' })
  postback!: PostbackType | null;

  @Field(() => ReferralType, { nullable: true, description: 'Where the customer came from.' })
  referral!: ReferralType | null;

  @Field(() => [String], { description: 'The answers that the customer was offered to choose from.' })
  quickReplies!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'An e-mail as its writer laid it out. Sanitised; remote images are not loaded.',
  })
  html!: string | null;

  @Field(() => MailEnvelopeType, { nullable: true, description: 'For an e-mail: what it says on its outside.' })
  mail!: MailEnvelopeType | null;

  @Field(() => MessageRating, {
    nullable: true,
    description: "What the visitor of a web chat said of a bot's answer; null where they said nothing.",
  })
  rating!: MessageRating | null;

  /** What a machine's answer rests on, as its visitor is shown it; members have the passages. */
  citedPages!: readonly CitedPage[];

  /** No fields: resolvers read them. */
  conversationId!: string;
  channelId!: string;
  memberId!: string | null;
  replyToExternalId!: string | null;
  draftId!: string | null;

  static from(row: MessageRow): MessageType {
    const { id, direction, author, kind, status, error, externalId, sentAt, editedAt, deletedAt } = row;
    const { conversationId, channelId, memberId, replyToExternalId, draftId, rating } = row;
    // A message that was taken back keeps its place and nothing of what it said.
    const gone = deletedAt !== null;
    const content = gone ? null : row.content;
    return Object.assign(new MessageType(), {
      id,
      direction,
      author,
      kind,
      status,
      error,
      externalId,
      sentAt,
      editedAt,
      deletedAt,
      text: gone ? null : row.text,
      location: content?.location ?? null,
      contactCards: content?.contactCards ?? [],
      postback: content?.postback ?? null,
      referral: content?.referral ?? null,
      quickReplies: content?.quickReplies ?? [],
      html: content?.html ?? null,
      mail: content?.mail ?? null,
      citedPages: content?.sources ?? [],
      rating: gone ? null : rating,
      conversationId,
      channelId,
      memberId,
      replyToExternalId,
      draftId,
    });
  }
}

@ObjectType({ description: 'A page of messages.' })
export class MessageConnection {
  @Field(() => [MessageType], { description: 'The messages, newest first.' })
  nodes!: MessageType[];

  @Field(() => PageInfo, { description: 'Where the page ends; `after` walks to older messages.' })
  pageInfo!: PageInfo;
}
