import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/index.js';
import { SystemDatabase, sql } from '../database/index.js';
import { describeError } from '../logging/index.js';
import { type Again, type Job, Queues } from '../queue/index.js';
import { Mails, sendMail } from './mails.js';
import { Post, PostError } from './post.js';
import { PublicLinks } from './public-links.js';
import { renderMail } from './render-mail.js';

interface MailRow {
  readonly workspaceId: string | null;
  readonly template: string;
  readonly content: Buffer | null;
  readonly createdAt: Date;
  readonly expired: boolean;
  readonly tries: number;
  readonly reason: string | null;
}

const longestWait = 3_600;
const keepSetAsideDays = 30;

/**
 * Sends the mails that wait. What the post could not take now is tried again, ever later, for as long as the mail is worth
 * sending; what it will never take is set aside. What is set aside loses its content: the row says which kind, and why.
 */
@Injectable()
export class SendMailWorker implements OnModuleInit {
  private readonly logger = new Logger('Mail');

  constructor(
    private readonly queues: Queues,
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly post: Post,
    private readonly links: PublicLinks,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register({ kind: sendMail, concurrency: 4, maxSeconds: 90, run: (job) => this.run(job) });
  }

  private async run({ rowId: id }: Job): Promise<Again | undefined> {
    const row = await this.system.first<MailRow>(sql`
      select workspace_id as "workspaceId", template, content, created_at as "createdAt", expires_at < now() as expired, tries, reason
        from mails where id = ${id}`);
    if (row?.content == null) return undefined;
    if (row.expired) return this.setAside(id, row, `out of time, at last ${row.reason ?? 'untried'}`);
    try {
      await this.send(id, row, row.content);
    } catch (error) {
      return this.failed(id, row, error);
    }
    await this.system.execute(sql`delete from mails where id = ${id}`);
    return undefined;
  }

  private async send(id: string, { template: name, createdAt, workspaceId }: MailRow, content: Buffer): Promise<void> {
    const { to, locale, values } = this.mails.open(id, content);
    const template = this.mails.template(name);
    if (template === null) throw new PostError('there is no such mail any more', true, null);
    const { OPERATOR_NAME, OPERATOR_ADDRESS } = this.config.environment;
    const sender = { name: OPERATOR_NAME ?? 'Parley', address: OPERATOR_ADDRESS ?? null };
    const rendered = renderMail(template.texts[locale](values, this.links), locale, sender);
    await this.post.send({ ...rendered, id, to, template: name, createdAt, workspaceId });
  }

  private async failed(id: string, row: MailRow, error: unknown): Promise<Again | undefined> {
    const reason = error instanceof PostError ? error.reason : describeError(error);
    if (error instanceof PostError && error.definite) return this.setAside(id, row, reason);
    await this.system.execute(sql`update mails set tries = tries + 1, reason = ${reason} where id = ${id}`);
    this.logger.warn({ mail: id, template: row.template, tries: row.tries + 1 }, `A mail could not be sent: ${reason}`);
    return { afterSeconds: Math.min(longestWait, 5 * 3 ** Math.min(row.tries, 10)) };
  }

  private async setAside(id: string, { template }: MailRow, reason: string): Promise<undefined> {
    await this.system.execute(sql`
      update mails set content = null, set_aside_at = now(), reason = ${reason} where id = ${id}`);
    await this.system.execute(sql`
      delete from mails where set_aside_at < now() - make_interval(days => ${keepSetAsideDays})`);
    this.logger.error({ mail: id, template }, `A mail was set aside: ${reason}`);
  }
}
