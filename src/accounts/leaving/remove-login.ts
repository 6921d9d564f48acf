import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { TechnicalLog } from '../../platform/logging/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import type { UserEntity } from '../users/user.entity.js';
import { accountDeleted } from './mails/account-deleted.js';

const referredTo = '23503';

/** Removes a login with all that hangs on it, confirms that by mail, and lets the technical log forget the person. */
@Injectable()
export class RemoveLogin implements OnModuleInit {
  constructor(
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly log: TechnicalLog,
  ) {}

  onModuleInit(): void {
    this.mails.define(accountDeleted);
  }

  async run({ id, email }: Pick<UserEntity, 'id' | 'email'>): Promise<void> {
    const sessions = await this.remove(id, email);
    await this.log.forget({ userIds: [id], sessions });
  }

  /** Gives the digests of the sessions that went with it. */
  private async remove(id: string, email: string): Promise<Buffer[]> {
    try {
      return await this.system.run(async (tx) => {
        const sessions = await tx.query<{ digest: Buffer }>(sql`
          delete from sessions where user_id = ${id} returning token_hash as digest`);
        await this.mails.queue(tx, { to: email, template: accountDeleted, locale: mailLocale(null), values: {} });
        await tx.execute(sql`delete from users where id = ${id}`);
        return sessions.map(({ digest }) => digest);
      });
    } catch (error) {
      if ((error as { code?: string }).code !== referredTo) throw error;
      throw new DomainError(ErrorCode.CONFLICT, 'You joined a workspace this very moment. Delete your account again.');
    }
  }
}
