import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Role } from '../enums.js';

/** A user in a workspace. */
@Entity('members')
export class MemberEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId!: string;

  @PrimaryColumn('uuid')
  id!: string;

  /** Null once the membership has ended: what they wrote stays, without their name. */
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('text')
  role!: Role;

  /** Whether they take conversations now. */
  @Column('boolean')
  available!: boolean;

  /** Over the plan's limit: kept, but idle. */
  @Column('boolean')
  frozen!: boolean;

  /** Whether they asked not to be shown the first steps any more. */
  @Column('boolean', { name: 'first_steps_hidden' })
  firstStepsHidden!: boolean;

  @Column('timestamptz', { name: 'joined_at' })
  joinedAt!: Date;

  /** A keyed digest of the address of somebody who worked here before the workspace came from elsewhere. */
  @Column('bytea', { name: 'former_address', nullable: true, select: false })
  formerAddress?: Buffer | null;
}
