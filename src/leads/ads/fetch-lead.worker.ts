import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels, ChannelStatus, type FetchedLead, type OpenChannel } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { ChosenForms } from './chosen-forms.js';
import { captureOfAd } from './lead-of-ad.js';

/** The job that fetches what was answered in one form; its row is a `lead_arrivals`. */
export const fetchLead = 'fetch-lead';

/** Tried for some three days; what is still not there then is found by the look at the form itself. */
const mostAttempts = 40;
const firstWaitSeconds = 15;
const longestWaitSeconds = 7_200;

interface Arrival {
  readonly channelId: string;
  readonly externalId: string;
  readonly formId: string | null;
  readonly attempts: number;
}

/** Fetches what was answered in one form of an advert, and makes a lead of it; again while the platform fails. */
@Injectable()
export class FetchLeadWorker implements Worker, OnModuleInit {
  readonly kind = fetchLead;
  readonly concurrency = 4;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly chosen: ChosenForms,
    private readonly capture: CaptureLead,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const asked = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (asked === null) return undefined;
    const { channel, arrival } = asked;
    const fetched = await this.channels
      .definitionOf(channel.kind)
      .adapter.leadAds?.fetch(channel, arrival.externalId, job.signal);
    if (fetched === undefined) return undefined;
    return this.workspaces.run(job.workspaceId, (tx) => this.settle(tx, job.rowId, asked, fetched));
  }

  /** Null where there is nothing to fetch any more, or nothing to fetch it with. */
  private async open(tx: WorkspaceTransaction, id: string): Promise<{ channel: OpenChannel; arrival: Arrival } | null> {
    const arrival = await tx.first<Arrival>(sql`
      select channel_id as "channelId", external_id as "externalId", form_id as "formId", attempts from lead_arrivals
       where workspace_id = ${tx.workspaceId} and id = ${id} and set_aside_at is null`);
    if (arrival === null) return null;
    const row = (await this.channels.byIds(tx, [arrival.channelId])).get(arrival.channelId);
    const reason = { purpose: 'PULL', cause: `job ${this.kind}` } as const;
    const isOpen = row?.leadAds === true && row.status !== ChannelStatus.EXPIRED;
    const channel = isOpen ? await this.channels.openChannel(tx, arrival.channelId, reason) : null;
    if (channel === null)
      await setAside(
        tx,
        id,
        'The channel has no access just now, or takes no leads. They are looked for once it does.',
      );
    return channel === null ? null : { channel, arrival };
  }

  private async settle(
    tx: WorkspaceTransaction,
    id: string,
    { channel, arrival }: { channel: OpenChannel; arrival: Arrival },
    fetched: FetchedLead,
  ): Promise<Again | undefined> {
    if (fetched.kind === 'fetched') {
      const formId = fetched.lead.formId ?? arrival.formId;
      // Forms may have been chosen meanwhile.
      if (await this.chosen.takes(tx, channel.id, formId))
        await this.capture.apply(
          tx,
          captureOfAd(channel.id, { ...fetched.lead, externalId: arrival.externalId }, formId),
        );
      await tx.execute(sql`delete from lead_arrivals where workspace_id = ${tx.workspaceId} and id = ${id}`);
      return undefined;
    }
    if (fetched.kind === 'refused' && fetched.tokenUnusable)
      await this.channels.markExpired(tx, channel.id, fetched.reason);
    const attempts = arrival.attempts + 1;
    if (fetched.kind !== 'later' || attempts >= mostAttempts) return setAside(tx, id, fetched.reason);
    await tx.execute(sql`
      update lead_arrivals set attempts = ${attempts}, reason = ${fetched.reason}
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(arrival.attempts, 20));
    // Not all at once: what failed together would come back together.
    return { afterSeconds: Math.max(fetched.afterSeconds ?? 0, wait) * (1 + Math.random() / 4) };
  }
}

/** It is tried no more, and says why. */
async function setAside(tx: WorkspaceTransaction, id: string, reason: string): Promise<undefined> {
  await tx.execute(sql`
    update lead_arrivals set set_aside_at = now(), reason = ${reason} where workspace_id = ${tx.workspaceId} and id = ${id}`);
}
