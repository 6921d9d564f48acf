import { Injectable } from '@nestjs/common';
import {
  type ChannelEntity,
  ChannelStatus,
  Channels,
  type LeadAdsAdapter,
  type OpenChannel,
} from '../../channels/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { ChosenForms } from './chosen-forms.js';
import type { LeadFormType } from './lead-form.type.js';
import { pullLeads } from './pull-leads.worker.js';

const mostForms = 500;
const milliseconds = 20_000;

interface Opened {
  readonly channel: OpenChannel;
  readonly ads: LeadAdsAdapter;
}

/** Whether a channel takes leads of adverts, and of which forms. */
@Injectable()
export class LeadAdSettings {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly chosen: ChosenForms,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  /** The forms of the account, as its platform has them now. */
  async forms(actor: MemberActor, channelId: string): Promise<LeadFormType[]> {
    const { channel, ads } = await this.open(actor, channelId, 'PULL', 'forms');
    const forms = await ads.forms(channel, AbortSignal.timeout(milliseconds));
    const chosen = await this.workspaces.read(actor.workspaceId, (tx) => this.chosen.of(tx, channel.id));
    return forms.map(({ externalId, name }) => ({ id: externalId, name, selected: chosen.has(externalId) }));
  }

  /** These forms and no others; none: every form. What was missed of them is looked for at once. */
  async choose(
    actor: MemberActor,
    origin: RequestOrigin,
    channelId: string,
    formIds: readonly string[],
  ): Promise<ChannelEntity> {
    const wanted = [...new Set(formIds)];
    if (wanted.length > mostForms)
      throw badInput('formIds', `Choose at most ${String(mostForms)} forms.`, 'TOO_MANY', { most: String(mostForms) });
    const { channel, ads } = await this.open(actor, channelId, 'PULL', 'forms');
    if (wanted.length > 0) {
      const known = new Set(
        (await ads.forms(channel, AbortSignal.timeout(milliseconds))).map((form) => form.externalId),
      );
      if (wanted.some((id) => !known.has(id))) throw badInput('formIds', 'One of these is no form of this channel.');
    }
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await this.chosen.set(tx, channel.id, wanted);
      const detail = { forms: String(wanted.length) };
      this.audit.record(tx, { actor, action: 'channel.lead-forms', target: channel.id, origin, detail });
      return this.told(tx, channel.id);
    });
  }

  /** Switches the calls of the platform on or off, and then says so here. */
  async enable(actor: MemberActor, origin: RequestOrigin, channelId: string, enabled: boolean): Promise<ChannelEntity> {
    const { channel } = await this.open(actor, channelId, 'SUBSCRIBE', 'lead ads');
    const { adapter } = this.channels.definitionOf(channel.kind);
    try {
      await adapter.subscribe?.({ ...channel, leadAds: enabled }, AbortSignal.timeout(milliseconds));
    } catch (error) {
      throw new DomainError(
        ErrorCode.PLATFORM_REFUSED,
        'The platform did not take this. Check that the Page is connected with the right to read leads, and try again.',
        { cause: error },
      );
    }
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await this.channels.setLeadAds(tx, channel.id, enabled);
      const detail = { enabled: String(enabled) };
      this.audit.record(tx, { actor, action: 'channel.lead-ads', target: channel.id, origin, detail });
      return this.told(tx, channel.id);
    });
  }

  private async told(tx: WorkspaceTransaction, channelId: string): Promise<ChannelEntity> {
    const row = (await this.channels.byIds(tx, [channelId])).get(channelId);
    if (row === undefined) throw notFound('Channel');
    this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
    if (row.leadAds) this.outbox.schedule(tx, pullLeads, channelId);
    return row;
  }

  private open(
    { workspaceId, memberId }: MemberActor,
    channelId: string,
    purpose: 'PULL' | 'SUBSCRIBE',
    what: string,
  ): Promise<Opened> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const id = channelId.toLowerCase();
      const row = isUuid(id) ? (await this.channels.byIds(tx, [id])).get(id) : undefined;
      if (row === undefined) throw notFound('Channel');
      const ads = this.channels.definitionOf(row.kind).adapter.leadAds;
      if (ads === undefined) throw badInput('channelId', 'This channel has no adverts with forms.');
      const channel =
        row.status === ChannelStatus.EXPIRED
          ? null
          : await this.channels.openChannel(tx, id, { purpose, cause: `${what} for member ${memberId}` });
      if (channel === null)
        throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'Connect the channel again first.', {
          reason: 'CHANNEL_AGAIN',
        });
      return { channel, ads };
    });
  }
}
