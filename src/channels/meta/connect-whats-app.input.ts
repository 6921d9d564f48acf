import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A phone number of a WhatsApp Business account, and a token that may use it.' })
export class ConnectWhatsAppInput {
  @Field(() => String, { description: 'The id of the WhatsApp Business account.' })
  wabaId!: string;

  @Field(() => String, { description: 'The id of the phone number (not the number itself).' })
  phoneNumberId!: string;

  @Field(() => String, {
    description:
      'A system user token with whatsapp_business_messaging and whatsapp_business_management. It is stored encrypted and never shown again.',
  })
  accessToken!: string;
}
