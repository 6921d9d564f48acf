import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Role } from '../enums.js';
import { WorkspaceType } from '../workspaces/workspace.type.js';

/** What is shown of a user; the password's hash is not part of it. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerifiedAt: Date | null;
  readonly createdAt: Date;
  readonly twoFactorSince: Date | null;
}

/** The workspace in which a user was met: what others may know of their memberships. */
export interface MetIn {
  readonly workspaceId: string;
  readonly role: Role;
}

@ObjectType('User', { description: 'A person who signs in.' })
export class UserType {
  @Field(() => ID, { description: 'The person, the same in every workspace.' })
  id!: string;

  @Field(() => String, { description: 'The address they sign in with.' })
  email!: string;

  @Field(() => String, { description: 'How they want to be called.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether they have shown that the address is theirs.' })
  emailVerified!: boolean;

  @Field(() => Boolean, { description: 'Whether signing in asks for a second factor.' })
  twoFactorEnabled!: boolean;

  @Field(() => Date, { description: 'When they signed up.' })
  createdAt!: Date;

  /** No field: resolvers read it. */
  metIn!: MetIn | null;

  static from(row: UserRow, metIn: MetIn | null = null): UserType {
    return Object.assign(new UserType(), {
      id: row.id,
      email: row.email,
      name: row.name,
      emailVerified: row.emailVerifiedAt !== null,
      twoFactorEnabled: row.twoFactorSince !== null,
      createdAt: row.createdAt,
      metIn,
    });
  }
}

@ObjectType('Membership', { description: 'A workspace that a person belongs to.' })
export class MembershipType {
  @Field(() => WorkspaceType, { description: 'Where.' })
  workspace!: WorkspaceType;

  @Field(() => Role, { description: 'What they are in it.' })
  role!: Role;
}
