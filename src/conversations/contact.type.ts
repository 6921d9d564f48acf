import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { ChannelKind } from '../channels/index.js';
import { PageInfo } from '../platform/graphql/index.js';
import type { ContactIdentityRow, ContactMergeRow, ContactNoteRow, ContactRow } from './contact.row.js';

@ObjectType('Contact', { description: 'A person whom the workspace talks with, over whichever channels.' })
export class ContactType {
  @Field(() => ID, { description: 'The id of the contact.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What they are called; null while nobody knows.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'A picture of them.' })
  avatarUrl!: string | null;

  @Field(() => [String], { description: 'Their e-mail addresses.' })
  emails!: readonly string[];

  @Field(() => [String], { description: 'Their phone numbers.' })
  phones!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The language they write in, such as en or tr.' })
  language!: string | null;

  @Field(() => GraphQLJSON, { description: 'What the workspace keeps of them beside this, by name.' })
  customFields!: Readonly<Record<string, unknown>>;

  @Field(() => [String], { description: 'The labels that members gave them.' })
  tags!: readonly string[];

  @Field(() => Boolean, { description: 'Whether the workspace wants nothing more from them.' })
  blocked!: boolean;

  @Field(() => Boolean, { description: 'Whether they objected to being answered by a machine.' })
  automationObjected!: boolean;

  @Field(() => Boolean, {
    description: 'Whether their data may be kept but not used, until a privacy request is settled.',
  })
  processingRestricted!: boolean;

  @Field(() => Date, { description: 'When they were first heard of.' })
  firstSeenAt!: Date;

  @Field(() => Date, { description: 'When they were last heard of.' })
  lastSeenAt!: Date;

  static from(row: ContactRow): ContactType {
    const { id, name, avatarUrl, language, emails, phones, customFields, tags } = row;
    const { blocked, automationObjected, processingRestricted, firstSeenAt, lastSeenAt } = row;
    return Object.assign(new ContactType(), {
      id,
      name,
      avatarUrl,
      language,
      emails,
      phones,
      customFields,
      tags,
      blocked,
      automationObjected,
      processingRestricted,
      firstSeenAt,
      lastSeenAt,
    });
  }
}

@ObjectType('ContactIdentity', { description: 'An address of a contact on one kind of channel.' })
export class ContactIdentityType {
  @Field(() => ChannelKind, { description: 'The kind of channel.' })
  kind!: ChannelKind;

  @Field(() => String, { description: 'What the platform calls them.' })
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What people call them there, such as a user name or a phone number.',
  })
  handle!: string | null;

  /** No fields: `verified` is read by them. */
  contactId!: string;
  channelId!: string;

  static from({ kind, externalId, handle, contactId, channelId }: ContactIdentityRow): ContactIdentityType {
    const said = { kind: kind as ChannelKind, externalId, handle };
    return Object.assign(new ContactIdentityType(), { ...said, contactId, channelId });
  }
}

@ObjectType('ContactMerge', {
  description: 'That another contact was found to be this one; it can still be taken back.',
})
export class ContactMergeType {
  @Field(() => ID, { description: 'The contact that was merged into this one.' })
  mergedId!: string;

  @Field(() => String, { nullable: true, description: 'What it was called; null where nobody knew.' })
  name!: string | null;

  @Field(() => Date, { description: 'When they were made one.' })
  mergedAt!: Date;

  @Field(() => Date, { description: 'Until when it can be taken back.' })
  until!: Date;

  static from({ mergedId, name, mergedAt, until }: ContactMergeRow): ContactMergeType {
    return Object.assign(new ContactMergeType(), { mergedId, name, mergedAt, until });
  }
}

@ObjectType('ContactNote', { description: 'What a member wrote down about a contact; the contact never sees it.' })
export class ContactNoteType {
  @Field(() => ID, { description: 'The id of the note.' })
  id!: string;

  @Field(() => String, { description: 'The words.' })
  text!: string;

  @Field(() => Date, { description: 'When it was written.' })
  createdAt!: Date;

  /** No field: `author` is read by it. */
  memberId!: string | null;

  static from({ id, text, createdAt, memberId }: ContactNoteRow): ContactNoteType {
    return Object.assign(new ContactNoteType(), { id, text, createdAt, memberId });
  }
}

@ObjectType({ description: 'A page of contacts.' })
export class ContactConnection {
  @Field(() => [ContactType], { description: 'The contacts, in order.' })
  nodes!: ContactType[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true, description: 'How many there are in all, where that is cheap to know.' })
  totalCount!: number | null;
}
