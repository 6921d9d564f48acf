import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { Secrets } from '../platform/secrets/index.js';
import type { ChannelEntity } from './channel.entity.js';
import { refusal } from './connect/refusal.js';

interface Owner {
  readonly account: Buffer;
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Which workspace an account of a provider belongs to: at most one. Accounts stand in it as keyed digests only. What has an
 * account beside channels (a store) claims it in the same way. */
@Injectable()
export class Directory {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Refuses accounts that another workspace has, before anything is done at the platform. */
  async refuseTaken(workspaceId: string, provider: string, accounts: readonly string[], field: string): Promise<void> {
    const owners = await this.system.run((tx) => tx.query<Owner>(this.ownersOf(provider, accounts)));
    if (owners.some((owner) => owner.workspaceId !== workspaceId)) throw refusal('ACCOUNT_TAKEN', { field });
  }

  /** Whose an account is, and what there it belongs to; null where nobody has it. */
  async ownerOf(
    provider: string,
    account: string,
  ): Promise<{ readonly workspaceId: string; readonly channelId: string } | null> {
    const [owner] = await this.system.run((tx) => tx.query<Owner>(this.ownersOf(provider, [account])));
    return owner ?? null;
  }

  /** Takes the accounts for a channel of this workspace; refuses when another workspace has one. */
  async claim(
    tx: WorkspaceTransaction,
    provider: string,
    accounts: readonly string[],
    channelId: string,
    field: string,
  ): Promise<void> {
    const owners = await tx.query<Owner>(this.ownersOf(provider, accounts));
    if (owners.some((owner) => owner.workspaceId !== tx.workspaceId)) throw refusal('ACCOUNT_TAKEN', { field });
    // A row of an older key, or of a channel that is no more, makes room for this one.
    for (const owner of owners) await tx.query(sql`select release_account(${owner.account})`);
    for (const account of [...accounts].sort()) {
      const digest = this.secrets.digest(provider, account);
      const row = await tx.first<{ claimed: boolean }>(sql`select claim_account(${digest}, ${channelId}) as claimed`);
      if (row?.claimed !== true) throw refusal('ACCOUNT_TAKEN', { field });
    }
  }

  /** Lets go of accounts: their events belong to nobody from the commit on. */
  async release(tx: WorkspaceTransaction, provider: string, accounts: readonly string[]): Promise<void> {
    for (const digest of this.digestsOf(provider, accounts)) await tx.query(sql`select release_account(${digest})`);
  }

  private ownersOf(provider: string, accounts: readonly string[]) {
    return sql`select account, workspace_id as "workspaceId", channel_id as "channelId" from route_accounts(${this.digestsOf(provider, accounts)}::bytea[])`;
  }

  private digestsOf(provider: string, accounts: readonly string[]): Buffer[] {
    return accounts.flatMap((account) => this.secrets.digests(provider, account));
  }
}

/** The names under which a channel's events are routed. */
export function accountsOf(channel: Pick<ChannelEntity, 'settings'>): string[] {
  const accounts = channel.settings['accounts'];
  return Array.isArray(accounts) ? accounts.filter((account) => typeof account === 'string') : [];
}
