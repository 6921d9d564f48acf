import { type InstanceSecret, type WorkspaceSecret, instanceSecret } from '../platform/secrets/index.js';

/** What is kept closed of requests, and of whom an erasure that is under way looks for. */
export const privacySecrets: readonly WorkspaceSecret[] = [
  { table: 'privacy_requests', column: 'details', key: 'id' },
  { table: 'erasures', column: 'traces', key: 'id' },
];

/** The same of requests that no workspace owns. */
export const instancePrivacySecrets: readonly InstanceSecret[] = [
  instanceSecret('instance_privacy_requests', 'details', 'id'),
];
