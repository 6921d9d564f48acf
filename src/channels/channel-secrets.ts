import type { WorkspaceTransaction } from '../platform/database/index.js';
import type { Secrets, WorkspaceSecret } from '../platform/secrets/index.js';
import type { OpenChannel } from './channel-adapter.js';

/** Every column in which channels, and consents under way, keep something closed. */
export const channelSecrets: readonly WorkspaceSecret[] = [
  { table: 'channels', column: 'token', key: 'id' },
  { table: 'channels', column: 'webhook_secret', key: 'id' },
  { table: 'channel_authorizations', column: 'assets', key: 'id' },
];

/** Where a channel's token stands among the secrets. */
export function tokenPlace(channelId: string) {
  return { table: 'channels', column: 'token', row: channelId } as const;
}

/** Where the secret of a channel's own webhooks stands among the secrets. */
export function webhookSecretPlace(channelId: string) {
  return { table: 'channels', column: 'webhook_secret', row: channelId } as const;
}

/** Opens what a channel keeps closed: its token, and the secret of its own webhooks where it has one. */
export async function openSecrets(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  channelId: string,
  row: { readonly token: Buffer; readonly webhookSecret: Buffer | null },
): Promise<Pick<OpenChannel, 'token' | 'webhookSecret'>> {
  const token = await secrets.decrypt(tx, tokenPlace(channelId), row.token);
  if (row.webhookSecret === null) return { token };
  return { token, webhookSecret: await secrets.decrypt(tx, webhookSecretPlace(channelId), row.webhookSecret) };
}
