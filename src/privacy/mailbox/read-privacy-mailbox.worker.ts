import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { ImapClient, MailNews, MailServerError, fetchOne } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { OpenMailedRequest } from './open-mailed-request.js';

/** The one row of this job: it is of the whole deployment. */
const mailboxJob = '00000000-0000-7000-8000-000000000640';
/** Larger mails are read by their beginning: what came along with them is not kept anyway. */
const largestRead = 10_000_000;
const beginning = 256_000;
const perRound = 50;
/** A server that tells of new mail is asked all the same now and then: some forget to. */
const askMilliseconds = 60_000;
const longestPause = 900;

/**
 * Reads the mailbox for privacy requests, in one process at a time: the job's lease sees to that. What is unread is taken and
 * marked as read once its request is stored; nothing is moved or removed. What cannot be read stays unread for a person.
 */
@Injectable()
export class ReadPrivacyMailboxWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = 'read-privacy-mailbox';
  readonly concurrency = 1;
  readonly maxSeconds = 280;
  readonly yields = true;
  private readonly logger = new Logger(ReadPrivacyMailboxWorker.name);
  private failures = 0;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly system: SystemDatabase,
    private readonly config: Config,
    private readonly imap: ImapClient,
    private readonly opening: OpenMailedRequest,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.works || this.config.privacyMailbox === null) return;
    await this.system.run((tx) => this.outbox.scheduleForInstance(tx, this.kind, mailboxJob));
  }

  async run({ signal }: Job): Promise<Again | undefined> {
    const mailbox = this.config.privacyMailbox;
    if (mailbox === null) return undefined;
    let client: ImapFlow | null = null;
    try {
      client = await this.imap.open(mailbox, signal);
      this.failures = 0;
      await this.hold(client, mailbox.folder, signal);
      return { afterSeconds: 0 };
    } catch (error) {
      if (signal.aborted) return { afterSeconds: 0 };
      this.failures += 1;
      // A server may say anything: only words of ours are written down.
      const words = error instanceof MailServerError ? error.message : 'The connection to the mail server broke.';
      this.logger.error(`PRIVACY_MAILBOX_URL cannot be read, and is tried again: ${words}`);
      // A password that is not taken, tried again and again, locks the mailbox at some providers.
      const refused = error instanceof MailServerError && error.trouble === 'credentials';
      return { afterSeconds: refused ? longestPause : Math.min(longestPause, 5 * 2 ** Math.min(this.failures, 8)) };
    } finally {
      client?.close();
    }
  }

  private async hold(client: ImapFlow, folder: string, signal: AbortSignal): Promise<void> {
    const news = new MailNews(client, signal);
    const leftAlone = new Set<number>();
    while (!signal.aborted) {
      news.seen();
      const round = (await unreadIn(client, folder)).filter((uid) => !leftAlone.has(uid)).slice(0, perRound);
      for (const uid of round) {
        if (signal.aborted) return;
        if (!(await this.take(client, uid, signal))) leftAlone.add(uid);
      }
      if (round.length > 0) continue;
      // The next command ends it.
      void client.idle().catch(() => undefined);
      await news.within(askMilliseconds);
      if (!client.usable && !signal.aborted) throw new Error('The connection to the mail server broke.');
    }
  }

  /** False: it could not be taken, and is left as it is until the mailbox is opened anew. */
  private async take(client: ImapFlow, uid: number, signal: AbortSignal): Promise<boolean> {
    const size = (await fetchOne(client, uid, 'size', { size: true }))?.size ?? 0;
    const whole = size <= largestRead;
    const source = whole ? true : { start: 0, maxLength: beginning };
    const raw = (await fetchOne(client, uid, 'source', { source }))?.source;
    // Somebody removed it in between.
    if (raw === undefined) return true;
    try {
      await this.opening.run(raw, whole);
    } catch (error) {
      if (signal.aborted) throw error;
      this.logger.warn(`A mail in PRIVACY_MAILBOX_URL could not be taken and stays unread: ${(error as Error).name}`);
      return false;
    }
    // A folder that cannot be written to would give the same mail again at once.
    return client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
  }
}

/** What nobody has read yet, the oldest first. */
async function unreadIn(client: ImapFlow, folder: string): Promise<number[]> {
  await client.mailboxOpen(folder);
  const found = await client.search({ seen: false }, { uid: true });
  if (found === false || found === undefined) throw new Error('The mail server did not answer a search.');
  return found.sort((a, b) => a - b);
}
