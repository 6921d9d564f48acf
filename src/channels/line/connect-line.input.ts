import { Field, InputType } from '@nestjs/graphql';

@InputType({
  description: 'A LINE Official Account, by the Messaging API settings of its channel in the LINE console.',
})
export class ConnectLineInput {
  @Field(() => String, {
    description: 'A long-lived channel access token. It is stored encrypted and never shown again.',
  })
  channelAccessToken!: string;

  @Field(() => String, {
    description: 'The channel secret, which LINE signs with. It is stored encrypted and never shown again.',
  })
  channelSecret!: string;
}
