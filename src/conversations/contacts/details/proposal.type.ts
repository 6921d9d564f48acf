import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ContactDetailKind, type ProposalRow } from './proposal.row.js';

registerEnumType(ContactDetailKind, {
  name: 'ContactDetailKind',
  description: 'What a contact may say of themselves.',
});

@ObjectType('ContactProposal', {
  description: 'Something that a contact wrote of themselves, which a member may keep of them or put away.',
})
export class ContactProposalType {
  @Field(() => ID, { description: 'The id of the proposal.' })
  id!: string;

  @Field(() => ContactDetailKind, { description: 'What it is.' })
  kind!: ContactDetailKind;

  @Field(() => String, { description: 'What they wrote, in one spelling: a number with its country code.' })
  value!: string;

  @Field(() => ID, { description: 'The conversation in which they wrote it.' })
  conversationId!: string;

  @Field(() => ID, { description: 'The message that says it.' })
  messageId!: string;

  @Field(() => Date, { description: 'Since when it is proposed.' })
  createdAt!: Date;

  static from({ id, kind, value, conversationId, messageId, createdAt }: ProposalRow): ContactProposalType {
    return Object.assign(new ContactProposalType(), { id, kind, value, conversationId, messageId, createdAt });
  }
}

@ObjectType({ description: 'What becomes of details that contacts write of themselves.' })
export class ChatDetailRule {
  @Field(() => [ContactDetailKind], {
    description: 'Which are kept without anybody looking, where nothing of the kind is known yet.',
  })
  applied!: readonly ContactDetailKind[];

  @Field(() => String, {
    nullable: true,
    description:
      'In which country numbers without a country code are, such as TR; null: as the workspace’s language says.',
  })
  country!: string | null;
}
