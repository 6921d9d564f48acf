import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { Secrets } from '../platform/secrets/index.js';
import type { OpenChannel } from './channel-adapter.js';
import { openSecrets } from './channel-secrets.js';
import { ChannelDefinitions } from './channel-definitions.js';
import type { ChannelEntity } from './channel.entity.js';
import { Directory, accountsOf } from './directory.js';
import { type ChannelKind, ChannelStatus } from './enums.js';
import { Grantors } from './grantors.js';
import { recordTokenUse } from './token-use.js';

/** A disconnected channel whose platform is still to be told. */
export interface Leaving {
  readonly channel: OpenChannel;
  /** Another channel of the workspace hears by the same subscription. */
  readonly shared: boolean;
  /** Another channel, here or elsewhere, lives by the same consent. */
  readonly others: boolean;
  /** Seconds since the disconnect, and until its platform is given up on. */
  readonly secondsGone: number;
  readonly secondsLeft: number;
}

const tries = 24 * 3_600;
// What is deleted as a whole is gone within the day, so the platforms get an hour less.
const triesAtTheEnd = 23 * 3_600;
const trying =
  'It is disconnected here. The platform could not be reached to end the access there as well; that is tried again for 24 hours.';
const gaveUp =
  'It is disconnected here, and the access was destroyed. The platform could not be told within 24 hours: remove this app in the platform’s own settings.';

interface Row {
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly status: ChannelStatus;
  readonly externalId: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly token: Buffer | null;
  readonly webhookSecret: Buffer | null;
  readonly secondsGone: number;
}

/** The rows of channels that were disconnected, until nothing of their access is left. Participants. */
@Injectable()
export class LeavingChannels {
  constructor(
    private readonly secrets: Secrets,
    private readonly definitions: ChannelDefinitions,
    private readonly grantors: Grantors,
    private readonly directory: Directory,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
  ) {}

  /** From this transaction on the channel's events belong to nobody, and nothing is sent; the platform is told after. */
  async begin(tx: WorkspaceTransaction, channel: ChannelEntity, how: 'kept' | 'deleted' | 'ended'): Promise<void> {
    const { id, kind, provider } = channel;
    await this.directory.release(tx, provider, accountsOf(channel));
    await this.grantors.note(tx, provider, id, []);
    const forgets = how !== 'kept' || this.definitions.of(kind).forgetsAccountAs !== undefined;
    // What goes with its history is not known again either.
    const settings = {
      ...(forgets && { forget: true, recognise: how === 'kept' }),
      ...(how === 'ended' && { ended: true }),
    };
    await tx.execute(sql`
      update channels set status = ${ChannelStatus.DISCONNECTED}, last_error = null, token_expires_at = null,
             expired_at = null, gap_since = null, disconnected_at = coalesce(disconnected_at, now()),
             settings = settings || ${JSON.stringify(settings)}::jsonb
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    this.outbox.schedule(tx, 'release-access', id);
  }

  /** Opens the token to take it back; null where there is none (any more), or the channel was connected again. */
  async open(tx: WorkspaceTransaction, channelId: string): Promise<Leaving | null> {
    const row = await this.read(tx, channelId);
    if (row?.status !== ChannelStatus.DISCONNECTED) return null;
    const channel = await this.openRow(tx, channelId, row, 'REVOKE', 'disconnected');
    if (channel === null) return null;
    const { secondsGone } = row;
    const limit = row.settings['ended'] === true ? triesAtTheEnd : tries;
    return {
      channel,
      shared: await this.isShared(tx, channel),
      others: await this.hasOthers(channel, row.provider),
      secondsGone,
      secondsLeft: limit - secondsGone,
    };
  }

  /** Whether it is still disconnected. */
  async isLeaving(tx: WorkspaceTransaction, channelId: string): Promise<boolean> {
    return (await this.read(tx, channelId))?.status === ChannelStatus.DISCONNECTED;
  }

  /** Says that the platform could not be told yet, once. */
  async sayTrying(tx: WorkspaceTransaction, channelId: string): Promise<void> {
    const changed = await tx.execute(sql`
      update channels set last_error = ${trying}
       where workspace_id = ${tx.workspaceId} and id = ${channelId} and status = ${ChannelStatus.DISCONNECTED}
         and last_error is distinct from ${trying} and not settings ? 'ended'`);
    if (changed > 0) this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
  }

  /** Wipes the token, and what was to be forgotten, unless the channel was connected again meanwhile; then gives it as it is now. */
  async forget(tx: WorkspaceTransaction, channelId: string, told: boolean): Promise<OpenChannel | null> {
    const row = await this.read(tx, channelId);
    if (row === null) return null;
    if (row.status !== ChannelStatus.DISCONNECTED)
      return this.openRow(tx, channelId, row, 'SUBSCRIBE', 'connected again');
    const named = this.definitions.of(row.kind).forgetsAccountAs ?? null;
    const shown = row.settings['ended'] !== true;
    const known = row.settings['recognise'] === true && row.externalId !== null;
    const former = known ? formerAccounts(this.secrets, row.provider, row.externalId)[0] : null;
    await tx.execute(sql`
      update channels
         set token = null, webhook_secret = null, last_error = ${told ? null : gaveUp}, former_account = ${former ?? null},
             name = case when settings ? 'forget' and ${named}::text is not null and name in (settings ->> 'displayPhone', external_id)
                         then ${named} else name end,
             external_id = case when settings ? 'forget' then null else external_id end,
             settings = case when settings ? 'forget' then '{}'::jsonb else settings - 'grantedBy' end
       where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
    if (shown) this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
    return null;
  }

  private read(tx: WorkspaceTransaction, channelId: string): Promise<Row | null> {
    return tx.first<Row>(sql`
      select kind, provider, status, external_id as "externalId", settings, token, webhook_secret as "webhookSecret",
             coalesce(extract(epoch from now() - disconnected_at), 0)::float8 as "secondsGone"
        from channels where workspace_id = ${tx.workspaceId} and id = ${channelId} for update`);
  }

  private async openRow(
    tx: WorkspaceTransaction,
    channelId: string,
    { kind, provider, externalId, settings, token, webhookSecret }: Row,
    purpose: 'REVOKE' | 'SUBSCRIBE',
    cause: string,
  ): Promise<OpenChannel | null> {
    if (token === null || externalId === null) return null;
    const host = this.definitions.of(kind).hostOf?.({ kind, settings }) ?? provider;
    await recordTokenUse(tx, { channelId, purpose, host, cause });
    const opened = await openSecrets(tx, this.secrets, channelId, { token, webhookSecret });
    return { workspaceId: tx.workspaceId, id: channelId, kind, externalId, settings, ...opened };
  }

  private async isShared(tx: WorkspaceTransaction, channel: OpenChannel): Promise<boolean> {
    const asset = this.definitions.of(channel.kind).subscriptionOf?.(channel) ?? null;
    if (asset === null) return false;
    const others = await tx.query<{ kind: ChannelKind; externalId: string; settings: Record<string, unknown> }>(sql`
      select kind, external_id as "externalId", settings from channels
       where workspace_id = ${tx.workspaceId} and id <> ${channel.id} and status <> ${ChannelStatus.DISCONNECTED} and external_id is not null`);
    return others.some((other) => this.definitions.of(other.kind).subscriptionOf?.(other) === asset);
  }

  /** The people behind it stand in its own row until it is told; in the list of whom channels live by it is no more. */
  private async hasOthers({ id, settings }: OpenChannel, provider: string): Promise<boolean> {
    const people = settings['grantedBy'];
    for (const person of Array.isArray(people) ? people.filter((one) => typeof one === 'string') : []) {
      const places = await this.grantors.channelsOf(provider, person);
      if (places.some(({ channelId }) => channelId !== id)) return true;
    }
    return false;
  }
}

/** Digests, under every key, by which a forgotten account is known when it is connected again; nothing can be read from them. */
export function formerAccounts(secrets: Secrets, provider: string, externalId: string): Buffer[] {
  return secrets.digests('former-account', provider, externalId);
}
