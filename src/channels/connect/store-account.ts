import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, cleanJson, cleanText, emptySql, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import { tokenPlace, webhookSecretPlace } from '../channel-secrets.js';
import { ChannelStatus } from '../enums.js';
import { Grantors } from '../grantors.js';
import { formerAccounts } from '../leaving-channels.js';
import type { CheckedAccount } from './checked-account.js';

/** The channel that an account was so far. */
export interface KnownAccount {
  readonly id: string;
  readonly expired: boolean;
  /** False once it was disconnected: to connect it again is one channel more. */
  readonly connected: boolean;
  /** As it is stored. */
  readonly webhookSecret: Buffer | null;
}

/** The rows of accounts that are being connected. Participants. */
@Injectable()
export class StoreAccount {
  constructor(
    private readonly secrets: Secrets,
    private readonly grantors: Grantors,
    private readonly definitions: ChannelDefinitions,
  ) {}

  /** Whether a disconnect has to forget the account itself. */
  forgets({ kind }: CheckedAccount): boolean {
    return this.definitions.of(kind).forgetsAccountAs !== undefined;
  }

  /** The channel that the account was before, also one that had to forget it; null for a new one. */
  find(
    tx: WorkspaceTransaction,
    { provider, externalId }: Pick<CheckedAccount, 'provider' | 'externalId'>,
    lock?: 'locked',
  ): Promise<KnownAccount | null> {
    return tx.first<KnownAccount>(sql`
      select id, status = ${ChannelStatus.EXPIRED} as expired, status <> ${ChannelStatus.DISCONNECTED} as connected, webhook_secret as "webhookSecret" from channels
       where workspace_id = ${tx.workspaceId} and provider = ${provider}
         and (external_id = ${externalId} or former_account = any (${formerAccounts(this.secrets, provider, externalId)}::bytea[]))
       order by external_id nulls last limit 1 ${lock === 'locked' ? sql`for update` : emptySql}`);
  }

  /** Writes the channel: a new one, or over the one that was there. */
  async write(tx: WorkspaceTransaction, actor: MemberActor, account: CheckedAccount, channelId: string): Promise<void> {
    const grantedBy = account.grantedBy ?? [];
    await this.grantors.note(tx, account.provider, channelId, grantedBy);
    const token = await this.secrets.encrypt(tx, tokenPlace(channelId), account.token);
    const secret = account.webhook?.secret ?? null;
    const webhookSecret =
      secret === null ? null : await this.secrets.encrypt(tx, webhookSecretPlace(channelId), secret);
    const settings = JSON.stringify(cleanJson({ ...account.settings, accounts: account.accounts, grantedBy }));
    const name = cleanText(account.name, 200);
    const trouble = account.trouble ?? null;
    const status = trouble === null ? ChannelStatus.CONNECTED : ChannelStatus.ERROR;
    const forgetsAs = this.definitions.of(account.kind).forgetsAccountAs ?? null;
    // A name that somebody gave the channel here stays when it is connected again.
    await tx.execute(sql`
      insert into channels (workspace_id, id, kind, provider, name, external_id, status, token, webhook_secret, token_expires_at, granted_at, settings, lead_ads, connected_by, last_error)
      values (${tx.workspaceId}, ${channelId}, ${account.kind}, ${account.provider}, ${name}, ${account.externalId},
              ${status}, ${token}, ${webhookSecret}, ${account.tokenExpiresAt}, now(), ${settings}::jsonb, ${account.leadAds ?? false}, ${actor.memberId}, ${trouble})
      on conflict (workspace_id, id) do update
         set external_id = excluded.external_id, former_account = null,
             name = case when channels.former_account is not null and channels.name = ${forgetsAs}::text then excluded.name else channels.name end,
             status = excluded.status, token = excluded.token, webhook_secret = excluded.webhook_secret, token_expires_at = excluded.token_expires_at, last_error = excluded.last_error,
             granted_at = excluded.granted_at, expired_at = null, disconnected_at = null,
             gap_since = case when channels.status = ${ChannelStatus.EXPIRED} then coalesce(channels.gap_since, channels.expired_at) end,
             settings = (channels.settings - 'forget' - 'recognise') || excluded.settings, connected_by = excluded.connected_by,
             connected_at = case when channels.status = ${ChannelStatus.DISCONNECTED} then now() else channels.connected_at end,
             lead_ads = coalesce(${account.leadAds}::boolean, channels.lead_ads)`);
  }
}
