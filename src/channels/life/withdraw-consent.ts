import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { ConsentWithdrawn } from '../channels.events.js';
import { Channels } from '../channels.js';
import { type ChannelPlace, Grantors } from '../grantors.js';

/** A consent that was taken back at the platform. */
export interface Withdrawal {
  readonly provider: string;
  /** Whose it was, as the platform calls them for this app. */
  readonly person: string | null;
  /** Or the accounts that it was about. */
  readonly accounts: readonly string[];
  /** When; null where it does not say. */
  readonly at: Date | null;
  readonly reason: string;
}

// The platform's clock and ours differ by so much at the most.
const clockSeconds = 60;

/** Ends the use of every token that lived by a consent which was taken back, in whatever workspace, and wipes it. */
@Injectable()
export class WithdrawConsent {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly grantors: Grantors,
    private readonly channels: Channels,
    private readonly facts: Facts,
  ) {}

  async run(withdrawal: Withdrawal): Promise<void> {
    for (const { workspaceId, channelId } of await this.placesOf(withdrawal))
      await this.workspaces.run(workspaceId, (tx) => this.end(tx, channelId, withdrawal));
  }

  /** Participant. Ends the use of one channel's token; false where there is none that lived by this consent. */
  async end(
    tx: WorkspaceTransaction,
    channelId: string,
    { provider, at, reason }: Pick<Withdrawal, 'provider' | 'at' | 'reason'>,
    again = false,
  ): Promise<boolean> {
    // What was given anew since is not what was taken back: such calls are sent again, and late.
    const wiped = await tx.execute(sql`
      update channels set token = null
       where workspace_id = ${tx.workspaceId} and id = ${channelId} and status <> 'DISCONNECTED'
         and (${at}::timestamptz is null or granted_at is null or granted_at <= ${at}::timestamptz + make_interval(secs => ${clockSeconds}))`);
    if (wiped === 0) return false;
    await this.channels.markExpired(tx, channelId, reason);
    await this.grantors.note(tx, provider, channelId, []);
    await this.facts.announce(tx, new ConsentWithdrawn(channelId, again));
    return true;
  }

  private async placesOf({ provider, person, accounts }: Withdrawal): Promise<ChannelPlace[]> {
    const byPerson = person === null ? [] : await this.grantors.channelsOf(provider, person);
    const digests = accounts.flatMap((account) => this.secrets.digests(provider, account));
    if (digests.length === 0) return byPerson;
    const byAccount = await this.system.query<ChannelPlace>(
      sql`select workspace_id as "workspaceId", channel_id as "channelId" from route_accounts(${digests}::bytea[])`,
    );
    return [...byPerson, ...byAccount];
  }
}
