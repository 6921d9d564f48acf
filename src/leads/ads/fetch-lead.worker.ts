import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Channels,
  ChannelStatus,
  type FetchedLead,
  type LeadAdsAdapter,
  type OpenChannel,
  type PlatformLead,
} from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { ChosenForms } from './chosen-forms.js';
import { FormBoxes } from './form-boxes.js';
import { LeadTroubleCause } from './lead-trouble.type.js';
import { captureOfAd } from './lead-of-ad.js';

/** The job that fetches what was answered in one form; its row is a `lead_arrivals`. */
export const fetchLead = 'fetch-lead';

/** Tried for some three days; what is still not there then is found by the look at the form itself. */
const mostAttempts = 40;
const firstWaitSeconds = 15;
const longestWaitSeconds = 7_200;
/** A frozen channel asks its platform nothing; whether it still is one is looked at again. */
const frozenSeconds = 6 * 3_600;
const noAccess = 'The channel has no access just now, or takes no leads. They are looked for once it does.';
const noBoxes = 'The platform did not tell what the boxes of the form say.';
const causes = {
  gone: LeadTroubleCause.GONE,
  refused: LeadTroubleCause.REFUSED,
  later: LeadTroubleCause.UNREACHABLE,
} as const;

interface Arrival {
  readonly channelId: string;
  readonly externalId: string;
  readonly formId: string | null;
  readonly attempts: number;
}

interface Opened {
  readonly channel: OpenChannel;
  readonly ads: LeadAdsAdapter;
  readonly arrival: Arrival;
}

type Answered =
  | { readonly kind: 'fetched'; readonly lead: PlatformLead; readonly boxes: ReadonlyMap<string, string> }
  | Exclude<FetchedLead, { readonly kind: 'fetched' }>;

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
    private readonly boxes: FormBoxes,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const asked = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (asked === null) return undefined;
    if (asked === 'frozen') return { afterSeconds: frozenSeconds };
    const fetched = await this.fetch(asked, job.signal);
    return this.workspaces.run(job.workspaceId, (tx) => this.settle(tx, job.rowId, asked, fetched));
  }

  /** The answers, and the words of the boxes that were ticked. */
  private async fetch({ channel, ads, arrival }: Opened, signal: AbortSignal): Promise<Answered> {
    const fetched = await ads.fetch(channel, arrival.externalId, signal);
    if (fetched.kind !== 'fetched') return fetched;
    const { lead } = fetched;
    const boxes = await this.boxes.of(channel, ads, lead.formId ?? arrival.formId, [lead], signal);
    return boxes === null ? { kind: 'later', reason: noBoxes, afterSeconds: null } : { kind: 'fetched', lead, boxes };
  }

  /** Null where there is nothing to fetch any more, or nothing to fetch it with. */
  private async open(tx: WorkspaceTransaction, id: string): Promise<Opened | 'frozen' | null> {
    const arrival = await tx.first<Arrival>(sql`
      select channel_id as "channelId", external_id as "externalId", form_id as "formId", attempts from lead_arrivals
       where workspace_id = ${tx.workspaceId} and id = ${id} and set_aside_at is null`);
    if (arrival === null) return null;
    const row = (await this.channels.byIds(tx, [arrival.channelId])).get(arrival.channelId);
    const reason = { purpose: 'PULL', cause: `job ${this.kind}` } as const;
    const isOpen = row?.leadAds === true && row.status !== ChannelStatus.EXPIRED;
    if (isOpen && row.frozen) return 'frozen';
    const channel = isOpen ? await this.channels.openChannel(tx, arrival.channelId, reason) : null;
    const ads = channel === null ? undefined : this.channels.definitionOf(channel.kind).adapter.leadAds;
    if (channel !== null && ads !== undefined) return { channel, ads, arrival };
    await setAside(tx, id, LeadTroubleCause.NO_ACCESS, noAccess);
    return null;
  }

  private async settle(
    tx: WorkspaceTransaction,
    id: string,
    { channel, arrival }: Opened,
    fetched: Answered,
  ): Promise<Again | undefined> {
    if (fetched.kind === 'fetched') {
      const formId = fetched.lead.formId ?? arrival.formId;
      // Forms may have been chosen meanwhile.
      if (await this.chosen.takes(tx, channel.id, formId))
        await this.capture.apply(
          tx,
          captureOfAd(channel.id, { ...fetched.lead, externalId: arrival.externalId }, formId, fetched.boxes),
        );
      await tx.execute(sql`delete from lead_arrivals where workspace_id = ${tx.workspaceId} and id = ${id}`);
      return undefined;
    }
    if (fetched.kind === 'refused' && fetched.tokenUnusable)
      await this.channels.markExpired(tx, channel.id, fetched.reason);
    const attempts = arrival.attempts + 1;
    if (fetched.kind !== 'later' || attempts >= mostAttempts)
      return setAside(tx, id, causes[fetched.kind], fetched.reason);
    await tx.execute(sql`
      update lead_arrivals set attempts = ${attempts}, reason = ${fetched.reason}
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(arrival.attempts, 20));
    // Not all at once: what failed together would come back together.
    return { afterSeconds: Math.max(fetched.afterSeconds ?? 0, wait) * (1 + Math.random() / 4) };
  }
}

/** It is tried no more, and says why. */
async function setAside(
  tx: WorkspaceTransaction,
  id: string,
  cause: LeadTroubleCause,
  reason: string,
): Promise<undefined> {
  await tx.execute(sql`
    update lead_arrivals set set_aside_at = now(), cause = ${cause}, reason = ${reason}
     where workspace_id = ${tx.workspaceId} and id = ${id}`);
}
