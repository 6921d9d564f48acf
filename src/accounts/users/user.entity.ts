import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A login: one person, in however many workspaces. */
@Entity('users')
export class UserEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  @Column('text')
  name!: string;

  @Column('text', { name: 'password_hash' })
  passwordHash!: string;

  @Column('timestamptz', { name: 'email_verified_at', nullable: true })
  emailVerifiedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** The language of mails to them. */
  @Column('text')
  locale!: string;

  /** Since when signing in asks for a second factor; null where it does not. */
  @Column('timestamptz', { name: 'two_factor_since', nullable: true })
  twoFactorSince!: Date | null;

  /** Whether they were the first to come in: whoever runs the deployment, where nobody else is named. */
  @Column('boolean', { name: 'founded_instance' })
  foundedInstance!: boolean;
}
