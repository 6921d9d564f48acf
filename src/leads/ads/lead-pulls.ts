import { Injectable } from '@nestjs/common';
import { Channels, ChannelStatus, type LeadAdsAdapter, type OpenChannel } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { ChosenForms } from './chosen-forms.js';
import { FormBoxes } from './form-boxes.js';
import { captureOfAd } from './lead-of-ad.js';

/** The platform keeps leads for so long. */
const mostDays = 90;
/** A lead may be listed a little after the time that it bears. */
const overlapMinutes = 60;
/** A list that goes on without an end is a fault of its platform's; what is behind is looked for the next time. */
const mostPages = 2_000;

/** A look through the forms of a channel. */
export interface OpenedPull {
  readonly channel: OpenChannel;
  readonly ads: LeadAdsAdapter;
  readonly chosen: ReadonlySet<string>;
  readonly startedAt: Date;
}

/** Reads one form after the other. */
@Injectable()
export class LeadPulls {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly chosen: ChosenForms,
    private readonly capture: CaptureLead,
    private readonly boxes: FormBoxes,
  ) {}

  /** Participant. Null where the channel takes no leads, or has no access: it is looked at again once it is connected. */
  async open(tx: WorkspaceTransaction, channelId: string, job: string): Promise<OpenedPull | 'frozen' | null> {
    const row = (await this.channels.byIds(tx, [channelId])).get(channelId);
    if (row?.leadAds !== true || row.status === ChannelStatus.EXPIRED) return null;
    if (row.frozen) return 'frozen';
    const ads = this.channels.definitionOf(row.kind).adapter.leadAds;
    await tx.execute(sql`
      delete from lead_arrivals where workspace_id = ${tx.workspaceId} and channel_id = ${channelId}
         and told_at < now() - make_interval(days => ${mostDays})`);
    if (ads === undefined) return null;
    const channel = await this.channels.openChannel(tx, channelId, { purpose: 'PULL', cause: `job ${job}` });
    const [moment] = await tx.query<{ at: Date }>(sql`select now() as at`);
    if (channel === null || moment === undefined) return null;
    return { channel, ads, chosen: await this.chosen.of(tx, channelId), startedAt: moment.at };
  }

  /** Reads what came since the last look, to the end; only then is it remembered how far it went. */
  async form(workspaceId: string, opened: OpenedPull, formId: string, signal: AbortSignal): Promise<void> {
    const { channel, ads, startedAt } = opened;
    const since = await this.workspaces.read(workspaceId, (tx) => sinceOf(tx, channel.id, formId));
    let after: string | null = null;
    let pages = 0;
    do {
      const page = await ads.since(channel, formId, since, after, signal);
      const boxes = await this.boxes.of(channel, ads, formId, page.leads, signal);
      // What was agreed to is worth another look.
      if (boxes === null) throw new Error('The platform did not tell what the boxes of a form say.');
      if (page.leads.length > 0)
        await this.workspaces.run(workspaceId, async (tx) => {
          // Forms may have been chosen anew since the look began.
          if (!(await this.chosen.takes(tx, channel.id, formId))) return;
          for (const lead of page.leads) {
            await this.capture.apply(tx, captureOfAd(channel.id, lead, formId, boxes));
            await tx.execute(sql`
              delete from lead_arrivals
               where workspace_id = ${workspaceId} and channel_id = ${channel.id} and external_id = ${lead.externalId}`);
          }
        });
      after = page.next;
      pages += 1;
    } while (after !== null && pages < mostPages);
    if (after !== null) throw new Error('The list of a form has no end.');
    await this.workspaces.run(workspaceId, async (tx) => {
      await tx.execute(sql`
        insert into lead_forms as known (workspace_id, channel_id, form_id, pulled_until)
        values (${workspaceId}, ${channel.id}, ${formId}, ${startedAt})
        on conflict (workspace_id, channel_id, form_id) do update set pulled_until = excluded.pulled_until`);
    });
  }
}

async function sinceOf(tx: WorkspaceTransaction, channelId: string, formId: string): Promise<Date> {
  const row = await tx.first<{ since: Date }>(sql`
    select greatest(now() - make_interval(days => ${mostDays}),
                    (select pulled_until - make_interval(mins => ${overlapMinutes}) from lead_forms
                      where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and form_id = ${formId})) as since`);
  if (row === null) throw new Error('The database did not tell the time.');
  return row.since;
}
