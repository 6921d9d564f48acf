import type { Account } from '../world/model.ts';
import type { World } from '../world/world.ts';

/** Whether events of this field reach the app. Without the setting every event does, so that a first try needs no set-up. */
export function isSubscribed(world: World, account: Account, field: string): boolean {
  if (!world.settings.requireSubscription) return true;
  const fields = world.subscriptions.get(world.subscriptionOwner(account));
  // WhatsApp subscribes whole: its fields are chosen at the app.
  return fields !== undefined && (account.channel === 'whatsapp' || fields.includes(field));
}
