import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A Telegram bot, by the token that @BotFather gives for it.' })
export class ConnectTelegramInput {
  @Field(() => String, {
    description: 'The token of the bot. It is stored encrypted and never shown again.',
  })
  botToken!: string;
}
