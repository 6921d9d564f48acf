import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { UserEntity } from './user.entity.js';

/** A person who is new here. */
export type NewUser = Pick<UserEntity, 'id' | 'email' | 'name' | 'passwordHash' | 'emailVerifiedAt' | 'createdAt'> & {
  readonly locale?: string;
  readonly foundedInstance?: boolean;
};

/** Logins, which lie outside row security: found by id and by address. */
@Injectable()
export class Users {
  constructor(private readonly system: SystemDatabase) {}

  async byId(id: string): Promise<UserEntity | null> {
    return this.system.run((tx) => tx.of(UserEntity).findOneBy({ id }));
  }

  /** Addresses are compared without regard to case. */
  async byEmail(email: string): Promise<UserEntity | null> {
    return this.system.run((tx) =>
      tx.first<UserEntity>(sql`
        select id, email, name, password_hash as "passwordHash", email_verified_at as "emailVerifiedAt", created_at as "createdAt",
               locale, two_factor_since as "twoFactorSince", founded_instance as "foundedInstance"
          from users where lower(email) = lower(${email})`),
    );
  }

  /**
   * An address as `byEmail` compares it. Other ways to fold letters differ from the database's: whatever is counted for
   * an address is counted under this one, or every spelling of a letter would have a count of its own.
   */
  async fold(email: string): Promise<string> {
    const row = await this.system.run((tx) => tx.first<{ folded: string }>(sql`select lower(${email}) as folded`));
    return row?.folded ?? email;
  }

  /** Adds a login with this transaction; an address that was taken meanwhile is a conflict. */
  async add(tx: WorkspaceTransaction, user: NewUser): Promise<void> {
    const added = await tx.execute(sql`
      insert into users (id, email, name, password_hash, email_verified_at, created_at, locale, founded_instance)
      values (${user.id}, ${user.email}, ${user.name}, ${user.passwordHash}, ${user.emailVerifiedAt}, ${user.createdAt},
              ${user.locale ?? 'en'}, ${user.foundedInstance ?? false})
      on conflict (lower(email)) do nothing`);
    if (added === 0) throw addressTaken();
  }
}

/** An open sign-up tells in any case whether an address is taken: no second account can be made. Its number is limited. */
export function addressTaken(): DomainError {
  return new DomainError(ErrorCode.CONFLICT, 'This address has an account already. Sign in instead.', {
    reason: 'EMAIL_TAKEN',
    field: 'email',
  });
}
