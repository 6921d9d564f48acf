import { Injectable } from '@nestjs/common';
import { type SystemTransaction, type WorkspaceTransaction, newId, sql } from '../database/index.js';
import { Outbox } from '../outbox/index.js';
import { type SecretPlace, Secrets, instanceSecret } from '../secrets/index.js';
import type { MailLocale, MailTemplate } from './mail-template.js';

type Values = Readonly<Record<string, string>>;

/** A mail that is to go out. */
export interface QueuedMail<V extends Values> {
  /** One address. */
  readonly to: string;
  readonly template: MailTemplate<V>;
  readonly locale: MailLocale;
  readonly values: V;
  /** The workspace with which it goes away if it has not been sent by then. */
  readonly workspaceId?: string;
}

/** What is kept of a mail until it is sent, encrypted. */
export interface MailContent {
  readonly to: string;
  readonly locale: MailLocale;
  readonly values: Values;
}

/** The kind of job that sends mails. */
export const sendMail = 'send-mail';

/**
 * Outgoing mail. A mail is committed with the fact it follows from; a worker sends it afterwards, the same Message-ID at
 * every try. Its row is gone once it was sent, so no table holds who was written to.
 */
@Injectable()
export class Mails {
  private readonly templates = new Map<string, MailTemplate>();

  constructor(
    private readonly outbox: Outbox,
    private readonly secrets: Secrets,
  ) {}

  /** Makes a kind of mail known; called once, when a module starts. */
  define<V extends Values>(template: MailTemplate<V>): void {
    if (this.templates.has(template.name)) throw new Error(`There are two mails called ${template.name}.`);
    this.templates.set(template.name, template as unknown as MailTemplate);
  }

  /** The kind of that name; null where no module defines it any more. */
  template(name: string): MailTemplate | null {
    return this.templates.get(name) ?? null;
  }

  /** Queues a mail with this transaction. */
  async queue<V extends Values>(tx: WorkspaceTransaction | SystemTransaction, mail: QueuedMail<V>): Promise<void> {
    const { to, template, locale, values, workspaceId = null } = mail;
    if (!this.templates.has(template.name)) throw new Error(`No module defines the mail ${template.name}.`);
    if (!/^[^\s\p{Cc}<>,;:"()[\]\\@]+@[^\s\p{Cc}<>,;:"()[\]\\@]+$/u.test(to))
      throw new Error('A mail goes to one address, and this is none.');
    const id = newId();
    const content: MailContent = { to, locale, values };
    const wrapped = this.secrets.encryptForInstance(place(id), JSON.stringify(content));
    await tx.execute(sql`
      insert into mails (id, workspace_id, template, content, expires_at)
      values (${id}, ${workspaceId}, ${template.name}, ${wrapped}, now() + make_interval(hours => ${template.hours}))`);
    await this.outbox.scheduleForInstance(tx, sendMail, id);
  }

  /** Opens what `queue` kept. */
  open(id: string, content: Buffer): MailContent {
    return JSON.parse(this.secrets.decryptForInstance(place(id), content)) as MailContent;
  }
}

/** What mails say and whom they go to, until they were sent. */
export const mailContents = instanceSecret('mails', 'content', 'id');

function place(row: string): SecretPlace {
  return { table: 'mails', column: 'content', row };
}
