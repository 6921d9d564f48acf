import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type SystemTransaction, SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { TechnicalLog } from '../../platform/logging/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import type { UserEntity } from '../users/user.entity.js';
import { accountDeleted } from './mails/account-deleted.js';
import { RemovedLogins } from './removed-logins.js';

const referredTo = '23503';

interface Gone {
  /** Rows by what they were. */
  readonly erased: Readonly<Record<string, number>>;
  /** Digests of the sessions. */
  readonly sessions: readonly Buffer[];
}

/** What became of the workspaces that somebody belonged to. */
interface PlacesLeft {
  /** Those of others, in which what they wrote stays. */
  readonly leftIn: number;
  /** Those that are deleted with the account. */
  readonly deleted: number;
}

/**
 * Removes a login with all that hangs on it, and lets the technical log forget the person. In the same transaction it is
 * written down for restores, and the receipt is on its way to an address that is known nowhere else any more.
 */
@Injectable()
export class RemoveLogin implements OnModuleInit {
  constructor(
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly log: TechnicalLog,
    private readonly removed: RemovedLogins,
  ) {}

  onModuleInit(): void {
    this.mails.define(accountDeleted);
  }

  /** Throws where it could not be written down now. */
  async ready(): Promise<void> {
    await this.removed.ready();
  }

  async run({ id, email }: Pick<UserEntity, 'id' | 'email'>, { leftIn, deleted }: PlacesLeft): Promise<void> {
    await this.remove(id, async (tx, { erased }) => {
      const receipt = await this.removed.removed(tx, { userId: id, erased, leftIn });
      await this.mails.queue(tx, {
        to: email,
        template: accountDeleted,
        locale: mailLocale(null),
        values: { receipt, deleted: String(deleted) },
      });
    });
  }

  /** The same once more, after a restore: it is written down already, and the person was told. */
  async again(id: string): Promise<void> {
    await this.remove(id, () => Promise.resolve());
  }

  private async remove(id: string, tell: (tx: SystemTransaction, gone: Gone) => Promise<void>): Promise<void> {
    const sessions = await this.system
      .run(async (tx) => {
        const gone = await eraseLogin(tx, id);
        await tell(tx, gone);
        return gone.sessions;
      })
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== referredTo) throw error;
        throw new DomainError(
          ErrorCode.CONFLICT,
          'You joined a workspace this very moment. Delete your account again.',
          { reason: 'JUST_JOINED' },
        );
      });
    await this.log.forget({ userIds: [id], sessions: [...sessions] });
  }
}

/** These nobody may change; they go with the login. */
async function countPolicies(tx: SystemTransaction, id: string): Promise<Record<string, number>> {
  const counts = await tx.first<Record<string, number>>(sql`
    select (select count(*)::int from policy_acceptances where user_id = ${id}) as policy_acceptances,
           (select count(*)::int from policy_announcements where user_id = ${id}) as policy_announcements`);
  return counts ?? {};
}

/** What hangs on a login, and then the login itself. */
async function eraseLogin(tx: SystemTransaction, id: string): Promise<Gone> {
  const sessions = await tx.query<{ digest: Buffer }>(
    sql`delete from sessions where user_id = ${id} returning token_hash as digest`,
  );
  const erased = {
    sessions: sessions.length,
    link_tokens: await tx.execute(sql`delete from link_tokens where user_id = ${id}`),
    ...(await countPolicies(tx, id)),
    push_subscriptions: await tx.execute(sql`delete from push_subscriptions where user_id = ${id}`),
    two_factors: await tx.execute(sql`delete from two_factors where user_id = ${id}`),
    users: await tx.execute(sql`delete from users where id = ${id}`),
  };
  return { erased, sessions: sessions.map(({ digest }) => digest) };
}
