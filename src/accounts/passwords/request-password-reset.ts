import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext } from '../../platform/access/index.js';
import { SystemDatabase, newId, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues } from '../../platform/queue/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { checkInput, emailAddress } from '../check-input.js';
import { GuessLimits } from '../guess-limits.js';
import { LinkTokens } from '../users/link-tokens.js';
import { resetPasswordMail } from '../users/mails/reset-password.js';
import { Users } from '../users/users.js';

const kind = 'answer-reset-request';
const schema = z.object({ email: emailAddress });

/** Where an address that a reset was asked for waits, until somebody looks whose it is. */
const place = (row: string) => ({ table: 'reset_requests', column: 'address', row });

/**
 * Somebody forgot a password. The request is written down, and that is all: the same statements whether or not the address
 * has an account, so that neither answer nor time tells. Whose it is, is looked up afterwards, by a worker.
 */
@Injectable()
export class RequestPasswordReset {
  constructor(
    private readonly users: Users,
    private readonly limits: GuessLimits,
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
  ) {}

  async run(given: string, { origin }: RequestContext): Promise<boolean> {
    const { email } = checkInput(schema, { email: given });
    await this.limits.countReset(await this.users.fold(email), origin.ip);
    const id = newId();
    await this.system.run(async (tx) => {
      const address = this.secrets.encryptForInstance(place(id), email);
      await tx.execute(sql`insert into reset_requests (id, address) values (${id}, ${address})`);
      await this.outbox.scheduleForInstance(tx, kind, id);
    });
    return true;
  }
}

/** Mails the link to the person whose address it is; to nobody where it is nobody's. */
@Injectable()
export class AnswerResetRequestWorker implements OnModuleInit {
  constructor(
    private readonly queues: Queues,
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly users: Users,
    private readonly tokens: LinkTokens,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(resetPasswordMail);
    this.queues.register({ kind, concurrency: 2, maxSeconds: 30, run: (job) => this.run(job) });
  }

  private async run({ rowId: id }: Job): Promise<undefined> {
    const request = await this.system.first<{ address: Buffer }>(
      sql`select address from reset_requests where id = ${id}`,
    );
    if (request === null) return undefined;
    const user = await this.users.byEmail(this.secrets.decryptForInstance(place(id), request.address));
    await this.system.run(async (tx) => {
      const answered = await tx.execute(sql`delete from reset_requests where id = ${id}`);
      if (answered === 0 || user === null) return;
      const token = await this.tokens.issue(tx, { userId: user.id, email: user.email, purpose: 'reset-password' });
      const values = { name: user.name, token };
      const locale = mailLocale(user.locale);
      await this.mails.queue(tx, { to: user.email, template: resetPasswordMail, locale, values });
    });
    return undefined;
  }
}
