import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Role } from '../enums.js';
import { UserType } from '../users/user.type.js';
import type { MemberRow } from './members.js';

@ObjectType('Member', { description: 'A person in a workspace.' })
export class MemberType {
  @Field(() => ID, { description: 'The membership, not the person: another in each workspace.' })
  id!: string;

  @Field(() => UserType, { description: 'Who it is.' })
  user!: UserType;

  @Field(() => Role, { description: 'What they are in this workspace.' })
  role!: Role;

  @Field(() => Boolean, { description: 'Whether they take conversations now.' })
  available!: boolean;

  @Field(() => Boolean, {
    description: 'Whether they are here now: they take conversations, and a page of theirs is open and in use.',
  })
  online!: boolean;

  @Field(() => Boolean, { description: "Over the plan's limit: kept, but idle." })
  frozen!: boolean;

  @Field(() => Date, { description: 'When they joined the workspace.' })
  joinedAt!: Date;

  static from(row: MemberRow): MemberType {
    const { id, role, available, frozen, here, joinedAt } = row;
    const user = UserType.from(
      {
        id: row.userId,
        email: row.email,
        name: row.name,
        emailVerifiedAt: row.emailVerifiedAt,
        createdAt: row.userCreatedAt,
        twoFactorSince: row.twoFactorSince,
      },
      { workspaceId: row.workspaceId, role },
    );
    return Object.assign(new MemberType(), {
      id,
      user,
      role,
      available,
      online: here && available && !frozen,
      frozen,
      joinedAt,
    });
  }
}
