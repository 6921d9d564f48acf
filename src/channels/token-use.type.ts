import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PageInfo } from '../platform/graphql/index.js';

export enum TokenUsePurpose {
  VERIFY = 'VERIFY',
  PULL = 'PULL',
  SEND = 'SEND',
  RENEW = 'RENEW',
  SUBSCRIBE = 'SUBSCRIBE',
  REVOKE = 'REVOKE',
}
registerEnumType(TokenUsePurpose, { name: 'TokenUsePurpose', description: 'Why a token was opened.' });

@ObjectType({ description: 'One time that a channel’s token was opened, and why.' })
export class TokenUse {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => TokenUsePurpose, { description: 'What for.' })
  purpose!: TokenUsePurpose;

  @Field(() => String, { description: 'The host that it was shown to.' })
  host!: string;

  @Field(() => String, { description: 'What caused it, by id.' })
  cause!: string;
}

@ObjectType({ description: 'A page of token uses.' })
export class TokenUseConnection {
  @Field(() => [TokenUse], { description: 'The latest first.' })
  nodes!: TokenUse[];

  @Field(() => PageInfo, { description: 'Where the page ends.' })
  pageInfo!: PageInfo;
}
