import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A mailbox of the business, with the servers that receive and send for it.' })
export class ConnectEmailInput {
  @Field(() => String, { description: 'The address that mails come to and are sent from.' })
  address!: string;

  @Field(() => String, {
    description:
      'Where mails are read: `imaps://name:password@host`, or `imap:` where TLS begins after the greeting. Stored encrypted and never shown again.',
  })
  imapUrl!: string;

  @Field(() => String, {
    description:
      'Where mails are handed over: `smtps://name:password@host`, or `smtp:` where TLS begins after the greeting. Stored encrypted and never shown again.',
  })
  smtpUrl!: string;
}
