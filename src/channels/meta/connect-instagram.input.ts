import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'An Instagram professional account, and a token that may write in its name.' })
export class ConnectInstagramInput {
  @Field(() => String, { description: 'The id of the professional account.' })
  accountId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The Page that it is linked to, when the token is that Page’s; left out for a token of Instagram Login.',
  })
  pageId?: string | null;

  @Field(() => String, {
    description:
      'The Page access token, or the token of Instagram Login. It is stored encrypted and never shown again.',
  })
  accessToken!: string;
}
