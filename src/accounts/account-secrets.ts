import { type InstanceSecret, instanceSecret } from '../platform/secrets/index.js';
import { pushAddressContext } from './notifications/push-address.js';

/** What people's own tables keep closed: secrets of second factors, addresses of pushes, of those who forgot a password, and of owners who wait for a receipt. */
export const accountSecrets: readonly InstanceSecret[] = [
  instanceSecret('two_factors', 'secret', 'user_id'),
  instanceSecret('reset_requests', 'address', 'id'),
  instanceSecret('workspace_deletions', 'owners', 'id'),
  instanceSecret('push_subscriptions', 'address', 'id', pushAddressContext),
];
