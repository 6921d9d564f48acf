import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Role } from '../enums.js';

/** What is shown of an invitation; the hash of its token is not part of it. */
export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

@ObjectType('Invitation', { description: 'An invitation that nobody has accepted yet.' })
export class InvitationType {
  @Field(() => ID, { description: 'What it is revoked by.' })
  id!: string;

  @Field(() => String, { description: 'Whom it is for: it works for this address alone.' })
  email!: string;

  @Field(() => Role, { description: 'What they become.' })
  role!: Role;

  @Field(() => Date, { description: 'Until when it can be accepted.' })
  expiresAt!: Date;

  static from({ id, email, role, expiresAt }: InvitationRow): InvitationType {
    return Object.assign(new InvitationType(), { id, email, role, expiresAt });
  }
}
