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
