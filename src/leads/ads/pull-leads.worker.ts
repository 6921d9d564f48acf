import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChannelConnected, Channels } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { LeadPulls, type OpenedPull } from './lead-pulls.js';

/** The job that looks for leads that no call told of; its row is the channel. */
export const pullLeads = 'pull-leads';

const everySeconds = 6 * 3_600;
/**
 * Looks through the forms of a channel for what was sent in and never told: calls get lost. Each form is read from a while
 * before where the last whole look began; what is known already stays one lead, and a look that is killed begins again there.
 */
@Injectable()
export class PullLeadsWorker implements Worker, OnModuleInit {
  readonly kind = pullLeads;
  readonly concurrency = 2;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly pulls: LeadPulls,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(ChannelConnected, async (tx, { channelId }) => {
      if ((await this.channels.byIds(tx, [channelId])).get(channelId)?.leadAds === true)
        this.outbox.schedule(tx, pullLeads, channelId);
    });
  }

  async run(job: Job): Promise<Again | undefined> {
    const opened = await this.workspaces.run(job.workspaceId, (tx) => this.pulls.open(tx, job.rowId, this.kind));
    if (opened === null) return undefined;
    if (opened === 'frozen') return { afterSeconds: everySeconds };
    const forms = opened.chosen.size > 0 ? [...opened.chosen] : await formsOf(opened, job.signal);
    for (const formId of forms) {
      job.signal.throwIfAborted();
      await this.pulls.form(job.workspaceId, opened, formId, job.signal);
    }
    return { afterSeconds: everySeconds };
  }
}

async function formsOf({ ads, channel }: OpenedPull, signal: AbortSignal): Promise<string[]> {
  return (await ads.forms(channel, signal)).map(({ externalId }) => externalId);
}
