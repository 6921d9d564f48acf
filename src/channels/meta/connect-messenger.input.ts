import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A Facebook Page, and a token that may write in its name.' })
export class ConnectMessengerInput {
  @Field(() => String, { description: 'The id of the Page.' })
  pageId!: string;

  @Field(() => String, {
    description:
      'A Page access token with pages_messaging and pages_manage_metadata. It is stored encrypted and never shown again.',
  })
  pageAccessToken!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether submissions of the lead ads of this Page become leads; as before, or not, when left out.',
  })
  leadAds?: boolean | null;
}
