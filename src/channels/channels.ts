import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditLog } from '../platform/audit/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { Secrets } from '../platform/secrets/index.js';
import type { ChannelDefinition, OpenChannel } from './channel-adapter.js';
import { ChannelDefinitions } from './channel-definitions.js';
import { openSecrets } from './channel-secrets.js';
import { ChannelEntity } from './channel.entity.js';
import { ChannelType } from './channel.type.js';
import { ChannelExpired } from './channels.events.js';
import { type ChannelKind, ChannelStatus } from './enums.js';
import { type TokenPurpose, recordTokenUse } from './token-use.js';

/** Why a token is opened: recorded with each opening and shown to the workspace. */
export interface TokenReason {
  readonly purpose: TokenPurpose;
  /** What asked for it, by id: `message 0190...`, `attachment 0190...`. */
  readonly cause: string;
}

/** The workspace's channels, for those who receive and send over them. Participants: none opens a transaction. */
@Injectable()
export class Channels {
  constructor(
    private readonly definitions: ChannelDefinitions,
    private readonly secrets: Secrets,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
  ) {}

  /** What a kind of channel can carry, its window, and the adapter that speaks its protocol. */
  definitionOf(kind: ChannelKind): ChannelDefinition {
    return this.definitions.of(kind);
  }

  /** What a client may see of a channel. */
  typeOf(channel: ChannelEntity): ChannelType {
    return ChannelType.from(channel, this.definitions.of(channel.kind));
  }

  /** The channels of these ids, by id; unknown ones are left out. */
  async byIds(tx: WorkspaceTransaction, ids: readonly string[]): Promise<Map<string, ChannelEntity>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.of(ChannelEntity).findBy({ workspaceId: tx.workspaceId, id: In(ids.filter(isUuid)) });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Opens a channel's token for one use and writes the use down. Null where there is none to open: the channel is
   * unknown or disconnected. An expired channel opens all the same; whether to use it is the caller's to say.
   */
  async openChannel(tx: WorkspaceTransaction, channelId: string, reason: TokenReason): Promise<OpenChannel | null> {
    const row = await tx.first<{
      kind: ChannelKind;
      externalId: string | null;
      status: ChannelStatus;
      settings: Record<string, unknown>;
      leadAds: boolean;
      token: Buffer | null;
      webhookSecret: Buffer | null;
    }>(sql`
      select kind, external_id as "externalId", status, settings, lead_ads as "leadAds", token, webhook_secret as "webhookSecret"
        from channels where id = ${channelId} and workspace_id = ${tx.workspaceId}`);
    if (row === null || row.token === null || row.externalId === null || row.status === ChannelStatus.DISCONNECTED)
      return null;
    const { kind, externalId, settings, leadAds } = row;
    const definition = this.definitions.of(kind);
    await recordTokenUse(tx, {
      channelId,
      host: definition.hostOf?.({ kind, settings }, reason.purpose) ?? definition.provider,
      ...reason,
    });
    const opened = await openSecrets(tx, this.secrets, channelId, {
      token: row.token,
      webhookSecret: row.webhookSecret,
    });
    return { workspaceId: tx.workspaceId, id: channelId, kind, externalId, settings, leadAds, ...opened };
  }

  /** The platform said that the token is no longer good. Says so to open screens and listeners, once. */
  async markExpired(tx: WorkspaceTransaction, channelId: string, reason: string): Promise<void> {
    const changed = await tx.execute(sql`
      update channels set status = ${ChannelStatus.EXPIRED}, last_error = ${reason}, expired_at = now()
       where id = ${channelId} and workspace_id = ${tx.workspaceId}
         and status not in (${ChannelStatus.EXPIRED}, ${ChannelStatus.DISCONNECTED})`);
    if (changed === 0) return;
    this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
    this.audit.record(tx, { actor: 'system', action: 'channel.expire', target: channelId, detail: { reason } });
    await this.facts.announce(tx, new ChannelExpired(channelId, reason));
  }

  /** Since when messages may have come that were not delivered; null where none may have. Never before it was connected. */
  async gapOf(tx: WorkspaceTransaction, channelId: string): Promise<Date | null> {
    const row = await tx.first<{ since: Date | null }>(sql`
      select case when gap_since is not null then greatest(gap_since, connected_at) end as since from channels
       where workspace_id = ${tx.workspaceId} and id = ${channelId} and status not in (${ChannelStatus.EXPIRED}, ${ChannelStatus.DISCONNECTED})`);
    return row?.since ?? null;
  }

  /** What was missed has been fetched. */
  async closeGap(tx: WorkspaceTransaction, channelId: string): Promise<void> {
    await tx.execute(
      sql`update channels set gap_since = null where workspace_id = ${tx.workspaceId} and id = ${channelId}`,
    );
  }

  /** Whether filled forms of adverts are taken. */
  async setLeadAds(tx: WorkspaceTransaction, channelId: string, enabled: boolean): Promise<void> {
    await tx.execute(
      sql`update channels set lead_ads = ${enabled} where workspace_id = ${tx.workspaceId} and id = ${channelId}`,
    );
  }

  /**
   * Freezes a channel that the plan has no room for, or thaws it: nothing is sent over a frozen one. What customers write
   * goes on arriving, for most platforms tell it once and never again.
   */
  async setFrozen(tx: WorkspaceTransaction, channelId: string, frozen: boolean): Promise<void> {
    const channel = (await this.byIds(tx, [channelId])).get(channelId);
    if (channel === undefined || channel.frozen === frozen) return;
    await tx.execute(
      sql`update channels set frozen = ${frozen} where workspace_id = ${tx.workspaceId} and id = ${channelId}`,
    );
    this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
    const action = frozen ? 'channel.freeze' : 'channel.thaw';
    this.audit.record(tx, { actor: 'system', action, target: channelId });
  }

  /** The platform cannot be reached, and has not been for a while; says so, once. */
  async markTrouble(tx: WorkspaceTransaction, channelId: string, reason: string): Promise<void> {
    const changed = await tx.execute(sql`
      update channels set status = ${ChannelStatus.ERROR}, last_error = ${reason}
       where id = ${channelId} and workspace_id = ${tx.workspaceId} and status = ${ChannelStatus.CONNECTED}`);
    if (changed > 0) this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
  }

  /** Something was sent or read with the token: whatever trouble was shown is over. */
  async markWorking(tx: WorkspaceTransaction, channelId: string): Promise<void> {
    const changed = await tx.execute(sql`
      update channels set status = ${ChannelStatus.CONNECTED}, last_error = null
       where id = ${channelId} and workspace_id = ${tx.workspaceId} and status = ${ChannelStatus.ERROR}`);
    if (changed > 0) this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
  }
}
