import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'A message template of the channel, filled in.' })
export class TemplateInput {
  @Field(() => String, { description: 'Its name at the platform.' })
  name!: string;

  @Field(() => String, { description: 'Its language code at the platform.' })
  language!: string;

  @Field(() => [String], { description: 'What goes in the place of its variables, in their order.' })
  variables!: string[];
}

@InputType({ description: 'A message to send.' })
export class SendMessageInput {
  @Field(() => ID, { description: 'Where it goes.' })
  conversationId!: string;

  @Field(() => String, { nullable: true, description: "The words, within the channel's limit." })
  text?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Files that the member has uploaded, 10 at the most.' })
  attachmentIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The message that it answers.' })
  replyToId?: string | null;

  @Field(() => String, {
    description: 'Chosen by the client. The same key never sends twice: the first message is returned again.',
  })
  idempotencyKey!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'The newest message that you saw when you sent it. Where somebody else or the AI has answered since it came, the message is refused with CONFLICT; without this it leaves whoever answered.',
  })
  seenMessageId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The draft that it was made from.' })
  draftId?: string | null;

  @Field(() => TemplateInput, {
    nullable: true,
    description: 'A template instead of text: by a person, in a thread that the customer opened.',
  })
  template?: TemplateInput | null;

  @Field(() => String, { nullable: true, description: 'For e-mail: the subject.' })
  subject?: string | null;

  @Field(() => [String], { nullable: true, description: 'For e-mail: further recipients.' })
  cc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'For e-mail: further recipients whom the others do not see.' })
  bcc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Answers to choose from, where the channel has them.' })
  quickReplies?: string[] | null;
}
