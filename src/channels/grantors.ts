import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { Secrets } from '../platform/secrets/index.js';

/** A channel, by where it is. */
export interface ChannelPlace {
  readonly workspaceId: string;
  readonly channelId: string;
}

/**
 * Whose consent a channel lives by: platforms say who withdrew theirs, and nothing else. People stand in it as keyed
 * digests of what the platform calls them for this app; of the person nothing else is kept.
 */
@Injectable()
export class Grantors {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Writes down whose consent a channel lives by from now on, in place of whoever it was before. */
  async note(tx: WorkspaceTransaction, provider: string, channelId: string, people: readonly string[]): Promise<void> {
    const digests = people.map((person) => this.secrets.digest('grantor', provider, person));
    await tx.query(sql`select note_grantors(${digests}::bytea[], ${channelId})`);
  }

  /** The channels, in whatever workspace, that live by this person's consent. */
  async channelsOf(provider: string, person: string): Promise<ChannelPlace[]> {
    const digests = this.secrets.digests('grantor', provider, person);
    return this.system.query<ChannelPlace>(
      sql`select workspace_id as "workspaceId", channel_id as "channelId" from channels_of_grantors(${digests}::bytea[])`,
    );
  }
}
