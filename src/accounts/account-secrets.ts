import { type InstanceSecret, instanceSecret } from '../platform/secrets/index.js';
import { pushAddressContext } from './notifications/push-address.js';

/** What people's own tables keep closed: secrets of second factors, addresses of pushes and of those who forgot a password. */
export const accountSecrets: readonly InstanceSecret[] = [
  instanceSecret('two_factors', 'secret', 'user_id'),
  instanceSecret('reset_requests', 'address', 'id'),
  instanceSecret('push_subscriptions', 'address', 'id', pushAddressContext),
];
