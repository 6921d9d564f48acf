import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { notificationDigest } from './mails/notification-digest.js';
import { NotificationDetails } from './notification-details.js';
import { mailJob } from './notification-kind.js';
import { newsPath, newsWords } from './notification-words.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { addresseeOf, takeAway, waitingFor } from './waiting-notifications.js';

/** Mails a member what waits for them: all of it in one mail, and nothing that they have looked at meanwhile. */
@Injectable()
export class MailNotificationsWorker implements Worker, OnModuleInit {
  readonly kind = mailJob;
  readonly concurrency = 4;
  readonly maxSeconds = 30;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly mails: Mails,
    private readonly links: UnsubscribeLinks,
    private readonly details: NotificationDetails,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(notificationDigest);
  }

  /** The mail is queued with the transaction that takes the news away: it goes out once. */
  async run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    return this.workspaces.run(workspaceId, (tx) => this.mail(tx, rowId));
  }

  private async mail(tx: WorkspaceTransaction, memberId: string): Promise<Again | undefined> {
    const to = await addresseeOf(tx, memberId);
    if (to === null) return undefined;
    if (to.quietUntil !== null) return { againAt: to.quietUntil };
    const waiting = await waitingFor(tx, memberId, 'MAIL');
    if (waiting.length === 0) return undefined;
    await takeAway(tx, memberId, 'MAIL', waiting);
    const [first, ...others] = waiting.filter(({ seen }) => !seen);
    if (first === undefined || to.frozen || !to.verified) return undefined;
    const locale = mailLocale(to.locale);
    const { workspaceId } = tx;
    const news: string[] = [];
    for (const one of [first, ...others])
      news.push(
        newsWords(one, locale),
        ...(await this.details.of(tx, one.kind)).map((line) => line.replace(/\s+/g, ' ')),
      );
    await this.mails.queue(tx, {
      to: to.email,
      template: notificationDigest,
      locale,
      workspaceId,
      values: {
        name: to.name,
        workspace: to.workspace,
        news: news.join('\n'),
        more: String(others.length),
        path: others.length === 0 ? newsPath(workspaceId, first) : `/w/${workspaceId}/inbox/open`,
        settingsPath: `/w/${workspaceId}/settings/notifications`,
        unsubscribeUrl: this.links.linkFor({ workspaceId, memberId }),
      },
    });
    return undefined;
  }
}
