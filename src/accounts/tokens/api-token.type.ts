import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Role } from '../enums.js';
import type { ApiTokenEntity } from './api-token.entity.js';

@ObjectType('ApiToken', {
  description: 'A way for a program into this workspace. Its secret was shown once and is not kept.',
})
export class ApiTokenType {
  @Field(() => ID, { description: 'What it is revoked by.' })
  id!: string;

  @Field(() => String, { description: 'What it is for.' })
  name!: string;

  @Field(() => Role, { description: 'What it may do at most; never more than the member who made it may do now.' })
  role!: Role;

  @Field(() => String, { description: 'How its secret ends.' })
  lastFour!: string;

  @Field(() => Date, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it stops working; null: when it is revoked.' })
  expiresAt!: Date | null;

  static from({ id, name, role, lastFour, createdAt, lastUsedAt, expiresAt }: ApiTokenEntity): ApiTokenType {
    return Object.assign(new ApiTokenType(), { id, name, role, lastFour, createdAt, lastUsedAt, expiresAt });
  }
}

@ObjectType('CreatedApiToken', { description: 'A new API token with its secret.' })
export class CreatedApiTokenType {
  @Field(() => ApiTokenType, { description: 'The token as the list shows it.' })
  token!: ApiTokenType;

  @Field(() => String, { description: 'Send it as `authorization: Bearer ...`. It is shown this once.' })
  secret!: string;
}
