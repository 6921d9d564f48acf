import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanJson,
  cleanText,
  newId,
  sql,
} from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { tokenPlace } from '../channels.js';
import { ChannelConnected, MessagesMissed } from '../channels.events.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import { Directory } from '../directory.js';
import { type ChannelKind, ChannelStatus } from '../enums.js';
import { Grantors } from '../grantors.js';
import { formerAccounts } from '../leaving-channels.js';
import { recordTokenUse } from '../token-use.js';

/** An account whose token the platform has confirmed. */
export interface CheckedAccount {
  readonly kind: ChannelKind;
  readonly provider: string;
  readonly externalId: string;
  readonly name: string;
  readonly token: string;
  readonly tokenExpiresAt: Date | null;
  /** What the adapter needs, and what the channel shows of itself. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The names under which the provider's events come. */
  readonly accounts: readonly string[];
  readonly leadAds: boolean | null;
  /** The host that the token was shown to. */
  readonly host: string;
  /** Whose consent the token is, as the provider calls them; kept to know a withdrawal by, and to give it back. */
  readonly grantedBy: readonly string[];
  /** The input field that named the account, for refusals. */
  readonly field: string;
}

/** Stores a checked account as a channel: a new one, or the one that was there before, with its history and settings. */
@Injectable()
export class ConnectAccount {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly directory: Directory,
    private readonly grantors: Grantors,
    private readonly definitions: ChannelDefinitions,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
  ) {}

  /** Connects the account in the actor's workspace. */
  run(actor: MemberActor, origin: RequestOrigin, account: CheckedAccount): Promise<ChannelEntity> {
    const forgets = this.definitions.of(account.kind).forgetsAccountAs !== undefined;
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await tx.first<{ id: string; expired: boolean }>(sql`
        select id, status = ${ChannelStatus.EXPIRED} as expired from channels where workspace_id = ${tx.workspaceId} and provider = ${account.provider}
           and (external_id = ${account.externalId} or former_account = any (${formerAccounts(this.secrets, account.provider, account.externalId)}::bytea[]))
         order by external_id nulls last limit 1 for update`);
      const channelId = before?.id ?? newId();
      await this.directory.claim(tx, account.provider, account.accounts, channelId, account.field);
      await this.store(tx, actor, account, channelId);
      await this.grantors.note(tx, account.provider, channelId, account.grantedBy);
      for (const purpose of ['VERIFY', 'SUBSCRIBE'] as const) {
        await recordTokenUse(tx, { channelId, purpose, host: account.host, cause: `member ${actor.memberId}` });
      }
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
      this.audit.record(tx, {
        actor,
        action: 'channel.connect',
        target: channelId,
        origin,
        // What a disconnect has to forget does not go where nothing can be forgotten.
        detail: { kind: account.kind, ...(!forgets && { externalId: account.externalId }) },
      });
      await this.facts.announce(tx, new ChannelConnected(channelId, account.kind, before !== null, actor));
      if (before?.expired === true) await this.facts.announce(tx, new MessagesMissed(channelId));
      return tx.of(ChannelEntity).findOneByOrFail({ workspaceId: tx.workspaceId, id: channelId });
    });
  }

  private async store(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    account: CheckedAccount,
    channelId: string,
  ): Promise<void> {
    const token = await this.secrets.encrypt(tx, tokenPlace(channelId), account.token);
    const settings = JSON.stringify(
      cleanJson({ ...account.settings, accounts: account.accounts, grantedBy: account.grantedBy }),
    );
    const name = cleanText(account.name, 200);
    const forgetsAs = this.definitions.of(account.kind).forgetsAccountAs ?? null;
    // A name that somebody gave the channel here stays when it is connected again.
    await tx.execute(sql`
      insert into channels (workspace_id, id, kind, provider, name, external_id, status, token, token_expires_at, granted_at, settings, lead_ads, connected_by)
      values (${tx.workspaceId}, ${channelId}, ${account.kind}, ${account.provider}, ${name}, ${account.externalId},
              ${ChannelStatus.CONNECTED}, ${token}, ${account.tokenExpiresAt}, now(), ${settings}::jsonb, ${account.leadAds ?? false}, ${actor.memberId})
      on conflict (workspace_id, id) do update
         set external_id = excluded.external_id, former_account = null,
             name = case when channels.former_account is not null and channels.name = ${forgetsAs}::text then excluded.name else channels.name end,
             status = excluded.status, token = excluded.token, token_expires_at = excluded.token_expires_at, last_error = null,
             granted_at = excluded.granted_at, expired_at = null, disconnected_at = null,
             gap_since = case when channels.status = ${ChannelStatus.EXPIRED} then coalesce(channels.gap_since, channels.expired_at) end,
             settings = (channels.settings - 'forget') || excluded.settings, connected_by = excluded.connected_by,
             connected_at = case when channels.status = ${ChannelStatus.DISCONNECTED} then now() else channels.connected_at end,
             lead_ads = coalesce(${account.leadAds}::boolean, channels.lead_ads)`);
  }
}
