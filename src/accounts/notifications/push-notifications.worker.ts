import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, Workspaces, sql } from '../../platform/database/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { describeError } from '../../platform/logging/index.js';
import { mailLocale } from '../../platform/mail/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { pushJob } from './notification-kind.js';
import { newsPath, newsWords } from './notification-words.js';
import { PushAddresses } from './push-address.js';
import { encryptPush, vapidHeader } from './push-cipher.js';
import { type Addressee, type WaitingNews, addresseeOf, takeAway, waitingFor } from './waiting-notifications.js';

interface Browser {
  readonly id: string;
  readonly address: Buffer;
}

interface Waiting {
  readonly to: Addressee;
  readonly news: readonly WaitingNews[];
}

/** How pushes ended: `taken` by the push service, `gone` for good, `refused`, or `lost` without an answer. */
export const pushesSent = new Counter({
  name: 'parley_pushes_total',
  help: 'Pushes to browsers, by how they ended: taken, gone, refused, lost.',
  labelNames: ['outcome'] as const,
});

const keptSeconds = 86_400;
const timeout = 10_000;

/** Pushes to a member's browsers what waits for them. A push is help, not record: one that is lost is not sent again. */
@Injectable()
export class PushNotificationsWorker implements Worker, OnModuleInit {
  readonly kind = pushJob;
  readonly concurrency = 4;
  readonly maxSeconds = 60;
  private readonly logger = new Logger('PushNotifications');

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly outgoing: OutgoingClient,
    private readonly addresses: PushAddresses,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    // Taken away before anything is sent: a process that dies in between pushes nothing twice.
    const waiting = await this.workspaces.run(workspaceId, (tx) => this.take(tx, rowId));
    if (waiting === null) return undefined;
    if (waiting instanceof Date) return { againAt: waiting };
    const browsers = await this.system.query<Browser>(
      sql`select id, address from push_subscriptions where user_id = ${waiting.to.userId}`,
    );
    await Promise.all(browsers.map((browser) => this.pushAll(browser, workspaceId, waiting, signal)));
    return undefined;
  }

  private async take(tx: Parameters<typeof takeAway>[0], memberId: string): Promise<Waiting | Date | null> {
    const to = await addresseeOf(tx, memberId);
    if (to === null) return null;
    if (to.quietUntil !== null) return to.quietUntil;
    const news = await waitingFor(tx, memberId, 'PUSH');
    if (news.length === 0) return null;
    await takeAway(tx, memberId, 'PUSH', news);
    return to.frozen ? null : { to, news };
  }

  private async pushAll(browser: Browser, workspaceId: string, { to, news }: Waiting, signal: AbortSignal) {
    for (const one of news) {
      const outcome = await this.push(browser, workspaceId, to, one, signal);
      pushesSent.inc({ outcome });
      if (outcome === 'gone') {
        await this.system.execute(sql`delete from push_subscriptions where id = ${browser.id}`);
        return;
      }
    }
  }

  private async push(
    { id, address }: Browser,
    workspaceId: string,
    to: Addressee,
    news: WaitingNews,
    signal: AbortSignal,
  ) {
    const { endpoint, ...keys } = this.addresses.open(id, address);
    const tag = `${news.kind}-${workspaceId}`;
    const text = JSON.stringify({
      title: newsWords(news, mailLocale(to.locale)),
      body: to.workspace,
      path: newsPath(workspaceId, news),
      tag,
    });
    try {
      const { status } = await this.outgoing.request(endpoint, {
        method: 'POST',
        headers: {
          authorization: vapidHeader(this.config.vapid, endpoint, this.contact()),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(keptSeconds),
          urgency: 'normal',
        },
        body: encryptPush(keys, text),
        timeout,
        maxBytes: 10_000,
        signal,
      });
      if (status === 404 || status === 410) return 'gone';
      if (status >= 200 && status < 300) return 'taken';
      this.logger.warn(`${new URL(endpoint).host} refused a push (${String(status)}).`);
      return 'refused';
    } catch (error) {
      this.logger.warn(`A push was lost: ${describeError(error)}`);
      return 'lost';
    }
  }

  /** Whom a push service may write to about what it is sent. */
  private contact(): string {
    const support = this.config.environment.SUPPORT_EMAIL;
    return support?.includes('@') === true ? `mailto:${support}` : this.config.publicUrl;
  }
}
