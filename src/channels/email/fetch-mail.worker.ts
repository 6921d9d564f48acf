import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { ChannelConnected } from '../channels.events.js';
import { ChannelKind } from '../enums.js';
import { ImapClient } from './imap-client.js';
import { MailNews } from './mail-news.js';
import { MailServerError } from './mail-refusal.js';
import { mailAccess } from './mail-server.js';
import { type MailboxMarks, withSentFolder } from './mailbox-marks.js';
import { MailboxReader } from './mailbox-reader.js';
import { type OpenMailbox, Mailboxes } from './mailboxes.js';

const job = 'fetch-mail';
/** A server that tells of new mail is asked all the same now and then: some forget to. One that does not is asked this often. */
const askMilliseconds = 60_000;
const lookMilliseconds = 15_000;
const idlePause = 600;
const longestPause = 900;

/**
 * Holds the connection to one mailbox, and reads what comes. The job's lease makes it the only one, in however many processes;
 * it gives the mailbox up after a few minutes, so that more of them than have room here take turns. Where the connection
 * breaks it is tried again, ever more slowly; a password that is not taken ends it until somebody connects the mailbox again.
 */
@Injectable()
export class FetchMailWorker implements Worker, OnModuleInit {
  readonly kind = job;
  readonly concurrency = 64;
  readonly maxSeconds = 280;
  readonly yields = true;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly mailboxes: Mailboxes,
    private readonly imap: ImapClient,
    private readonly reader: MailboxReader,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(ChannelConnected, async (tx, { channelId, kind }) => {
      if (kind === ChannelKind.EMAIL) this.outbox.schedule(tx, job, channelId);
      return Promise.resolve();
    });
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const inside = <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) =>
      this.workspaces.run(workspaceId, work);
    const mailbox = await inside((tx) => this.mailboxes.open(tx, rowId, `job ${job}`));
    if (mailbox === null) return undefined;
    if (mailbox === 'frozen') return { afterSeconds: idlePause };
    let client: ImapFlow | null = null;
    try {
      client = await this.imap.open(mailAccess(mailbox.channel.token).imap, signal);
      await this.hold(client, mailbox, signal, inside);
      return signal.aborted ? { afterSeconds: 0 } : undefined;
    } catch (error) {
      if (signal.aborted) return { afterSeconds: 0 };
      if (error instanceof MailServerError && error.trouble === 'credentials') {
        await inside((tx) => this.mailboxes.refused(tx, mailbox));
        return undefined;
      }
      const failures = await inside((tx) => this.mailboxes.failed(tx, mailbox, error));
      return failures === null ? undefined : { afterSeconds: pause(failures) };
    } finally {
      client?.close();
    }
  }

  /** Reads until the time is over, or the channel is not to be read any more. */
  private async hold(
    client: ImapFlow,
    mailbox: OpenMailbox,
    signal: AbortSignal,
    inside: <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) => Promise<Result>,
  ): Promise<void> {
    let marks = await withSentFolder(client, mailbox.marks);
    const news = new MailNews(client, signal);
    while (!signal.aborted && (await inside((tx) => this.mailboxes.isWanted(tx, mailbox)))) {
      const before: MailboxMarks = marks;
      news.seen();
      marks = await this.reader.read(
        client,
        { channelId: mailbox.channel.id, address: mailbox.channel.externalId },
        marks,
      );
      await inside((tx) => this.mailboxes.keep(tx, mailbox, marks));
      // More may wait than fits into a round.
      if (marks !== before) continue;
      const box = await client.mailboxOpen(marks.inbox.path, { readOnly: true });
      // What came while we looked elsewhere is told by nobody.
      if (box.uidNext - 1 > marks.inbox.uid || String(box.uidValidity) !== marks.inbox.validity) continue;
      await this.wait(client, mailbox, news, inside);
      if (!client.usable && !signal.aborted) throw new Error('The connection to the mail server broke.');
    }
  }

  /** Waits for news; looks now and then whether anybody still wants to know. */
  private async wait(
    client: ImapFlow,
    mailbox: OpenMailbox,
    news: MailNews,
    inside: <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) => Promise<Result>,
  ): Promise<void> {
    // The next command ends it. Without IDLE the library asks by itself, and we do below.
    void client.idle().catch(() => undefined);
    const until = performance.now() + askMilliseconds;
    while (performance.now() < until) {
      if (await news.within(lookMilliseconds)) return;
      if (!(await inside((tx) => this.mailboxes.isWanted(tx, mailbox)))) return;
    }
  }
}

/** Ever more slowly, and not all at once. */
function pause(failures: number): number {
  return Math.min(longestPause, 5 * 2 ** Math.min(failures, 10)) * (0.75 + Math.random() / 2);
}
