import { type Sql, sql } from '../platform/database/index.js';

/** A message as its platform names it. */
export interface ExternalMessage {
  readonly channelId: string;
  readonly externalId: string;
}

/** The one string for a message as its platform names it: what loaders go by. */
export function externalKey({ channelId, externalId }: ExternalMessage): string {
  return `${channelId}|${externalId}`;
}

/** The two columns of such keys, for `unnest`. */
export function externalColumns(keys: readonly string[]): { channels: string[]; externals: string[] } {
  // The id of the channel has a fixed length; what the platform made of its own id is anybody's guess.
  return { channels: keys.map((key) => key.slice(0, 36)), externals: keys.map((key) => key.slice(37)) };
}

/**
 * What holds for the one message of `messages` that a platform names so. The digest leads to it through its index, and what
 * it stands for is compared as well: it is not trusted alone.
 */
export function isExternalMessage(workspaceId: string, channelId: string, externalId: string): Sql {
  return sql`external_digest = external_digest(${workspaceId}, ${channelId}, ${externalId})
         and workspace_id = ${workspaceId} and channel_id = ${channelId} and external_id = ${externalId}`;
}
