import { randomBytes } from 'node:crypto';
import type { WorkspaceSecret } from '../../platform/secrets/index.js';

/** The columns in which the secrets of endpoints are kept. */
export const webhookSecrets: readonly WorkspaceSecret[] = [
  { table: 'webhook_endpoints', column: 'secret', key: 'id' },
  { table: 'webhook_endpoints', column: 'former_secret', key: 'id' },
];

/** Hours for which calls are signed with the former secret too, so that it can be changed there without a gap. */
export const overlapHours = 24;

/** Where the secret of an endpoint stands among the secrets. */
export function secretPlace(endpointId: string) {
  return { table: 'webhook_endpoints', column: 'secret', row: endpointId } as const;
}

/** Where the secret stands that it had before. */
export function formerSecretPlace(endpointId: string) {
  return { table: 'webhook_endpoints', column: 'former_secret', row: endpointId } as const;
}

/** A new secret, in the way in which Standard Webhooks writes one. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
