import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type ChannelKind, ChannelStatus } from '../enums.js';

/** What those who look after a connection need to know of it; times are lengths by the database's clock. */
export interface LivingChannel {
  readonly kind: ChannelKind;
  readonly status: ChannelStatus;
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Names the token: whoever comes back from the platform compares it, for the account may have been connected anew. */
  readonly version: string;
  /** Seconds until the token ends; null where no end is known. */
  readonly endsIn: number | null;
  readonly endsAt: Date | null;
  /** Seconds since it was given out. */
  readonly age: number;
}

/** A channel with a token that may be used; null for one that has expired or is disconnected. Locks it. */
export async function livingChannel(tx: WorkspaceTransaction, channelId: string): Promise<LivingChannel | null> {
  return tx.first<LivingChannel>(sql`
    select kind, status, provider, settings, md5(token) as version, token_expires_at as "endsAt",
           extract(epoch from token_expires_at - now())::float8 as "endsIn",
           extract(epoch from now() - coalesce(granted_at, connected_at))::float8 as age
      from channels
     where workspace_id = ${tx.workspaceId} and id = ${channelId} and token is not null and external_id is not null
       and status not in (${ChannelStatus.EXPIRED}, ${ChannelStatus.DISCONNECTED}) for update`);
}

export const day = 86_400;
/** Days before its end at which a token is renewed: day 50 of the sixty that most live. */
export const renewDays = 10;
/** Days before its end at which the members are told of one that could not be. */
export const warnDays = 7;

/** The reason that is shown once a token has reached its end. */
export const endedWords = 'The access token has expired. Connect the account again in the channel settings.';
