import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { PageInfo } from '../platform/graphql/index.js';
import { LeadSource, LeadStatus } from './enums.js';
import type { LeadConsent, LeadRow } from './lead.row.js';

@ObjectType('LeadConsent', { description: 'A box of a form that somebody ticked, or did not.' })
export class LeadConsentType {
  @Field(() => String, { description: 'The words beside the box.' })
  text!: string;

  @Field(() => Boolean, { description: 'Whether it was ticked.' })
  given!: boolean;
}

@ObjectType('Lead', { description: 'That somebody is interested: an advert, a form, a chat, a card on the counter.' })
export class LeadType {
  @Field(() => ID, { description: 'The id of the lead.' })
  id!: string;

  @Field(() => LeadSource, { description: 'Where it came from.' })
  source!: LeadSource;

  @Field(() => LeadStatus, { description: 'How far it has come.' })
  status!: LeadStatus;

  @Field(() => String, { nullable: true, description: 'The form that was filled in, by the platform’s name of it.' })
  formId!: string | null;

  @Field(() => String, { nullable: true, description: 'The advert that it came from.' })
  adId!: string | null;

  @Field(() => String, { nullable: true, description: 'The campaign of that advert.' })
  campaignId!: string | null;

  @Field(() => String, { nullable: true, description: 'The name as it was given.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address as it was given; nobody has proved it.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'The phone number as it was given; nobody has proved it.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'The company as it was given.' })
  company!: string | null;

  @Field(() => String, { nullable: true, description: 'What they wrote. Show it as text.' })
  message!: string | null;

  @Field(() => GraphQLJSON, { description: 'All else that was answered, by question.' })
  fields!: Readonly<Record<string, unknown>>;

  @Field(() => [LeadConsentType], { description: 'What they agreed to, and what they did not.' })
  consents!: readonly LeadConsent[];

  @Field(() => [String], { description: 'The labels that members gave it.' })
  tags!: readonly string[];

  @Field(() => Boolean, {
    description: 'Whether it is used to answer and for nothing else: no AI, no report, no segment.',
  })
  answerOnly!: boolean;

  @Field(() => Boolean, { description: 'Whether a platform sent it to try the form.' })
  test!: boolean;

  @Field(() => Date, { description: 'When it was sent in, or written down.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was first answered; null while it was not.' })
  firstRepliedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the AI left it to a person: why, as a name for clients. Null once somebody answered.',
  })
  replyTask!: string | null;

  /** No fields: `contact`, `owner` and `conversation` are read by them. */
  contactId!: string;
  ownerId!: string | null;
  conversationId!: string | null;
  replyConversationId!: string | null;

  static from(row: LeadRow): LeadType {
    const { id, source, status, formId, adId, campaignId, name, email, phone, company, message } = row;
    const { fields, consents, tags, answerOnly, test, createdAt, contactId, ownerId, conversationId } = row;
    const { firstRepliedAt, replyTask, replyConversationId } = row;
    return Object.assign(new LeadType(), {
      id,
      source,
      status,
      formId,
      adId,
      campaignId,
      name,
      email,
      phone,
      company,
      message,
      fields,
      consents,
      tags,
      answerOnly,
      test,
      createdAt,
      contactId,
      ownerId,
      conversationId,
      firstRepliedAt,
      replyTask,
      replyConversationId,
    });
  }
}

@ObjectType({ description: 'A page of leads.' })
export class LeadConnection {
  @Field(() => [LeadType], { description: 'The leads, the newest first.' })
  nodes!: LeadType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true, description: 'How many there are in all, where that is cheap to know.' })
  totalCount!: number | null;
}
