import type { Platform } from '../graph/call.ts';
import { compact, type Obj } from '../json.ts';
import type { Account, Customer, ThreadMessage } from '../world/model.ts';
import { isSubscribed } from './subscribed.ts';

/** The envelope around what happens in a Messenger or Instagram conversation. */
export function pageBody(account: Account, item: Obj, list: 'messaging' | 'standby' = 'messaging'): Obj {
  return {
    object: account.channel === 'messenger' ? 'page' : 'instagram',
    entry: [{ id: account.id, time: Date.now(), [list]: [item] }],
  };
}

/** Who wrote to whom, and when. */
export function parties(account: Account, customer: Customer, from: 'customer' | 'account', at = Date.now()): Obj {
  const [sender, recipient] = from === 'customer' ? [customer.id, account.id] : [account.id, customer.id];
  return { sender: { id: sender }, recipient: { id: recipient }, timestamp: at };
}

/** The secret that signs events of this account. */
export function secretOf(platform: Platform, account: Account): string {
  return account.login === 'instagram' ? platform.world.app.instagramSecret : platform.world.app.secret;
}

/** Sends one event of a Page or Instagram account. */
export async function sendPageEvent(
  platform: Platform,
  account: Account,
  customer: Customer,
  event: { name: string; field: string; item: Obj; ids?: string[]; standby?: boolean },
): Promise<void> {
  if (!isSubscribed(platform.world, account, event.field)) return;
  await platform.webhooks.send(pageBody(account, event.item, event.standby ? 'standby' : 'messaging'), {
    secret: secretOf(platform, account),
    facts: { event: event.name, channel: account.channel, account: account.id, customer: customer.id },
    ids: event.ids ?? [],
  });
}

/** The message that the platform reports back to every app, the sender's own included. */
export function echoItem(
  platform: Platform,
  account: Account,
  customer: Customer,
  message: ThreadMessage,
  appId?: number,
): Obj {
  const own = account.channel === 'messenger' ? (appId ?? Number(platform.world.app.id)) : undefined;
  return {
    ...parties(account, customer, 'account', message.at),
    message: compact({
      mid: message.id,
      text: message.attachments.length > 0 ? undefined : message.text,
      is_echo: true,
      app_id: own,
      // Only Messenger gives the metadata back.
      metadata: account.channel === 'messenger' ? message.callbackData : undefined,
      attachments:
        message.attachments.length > 0
          ? message.attachments.map((attachment) => ({
              type: attachment.type,
              payload: compact({ url: attachment.url }),
            }))
          : undefined,
      reply_to: message.replyTo === undefined ? undefined : { mid: message.replyTo },
    }),
  };
}

/** Says that everything so far was read. */
export function reportRead(
  platform: Platform,
  account: Account,
  customer: Customer,
  message: ThreadMessage,
): Promise<void> {
  for (const earlier of platform.world.thread(account.id, customer.id)) {
    if (earlier.from === 'customer' || earlier.status === 'read' || earlier.at > message.at) continue;
    earlier.status = 'read';
    platform.world.changed(earlier);
  }
  const read = account.channel === 'messenger' ? { watermark: message.at } : { mid: message.id };
  return sendPageEvent(platform, account, customer, {
    name: 'read',
    field: account.channel === 'messenger' ? 'message_reads' : 'messaging_seen',
    item: { ...parties(account, customer, 'customer'), read },
    ids: [`${message.id}:read`],
  });
}

/** What follows an accepted send: the echo, and for Messenger the delivery receipt, then read. */
export function pageReceipts(platform: Platform, account: Account, customer: Customer, message: ThreadMessage): void {
  const { receiptDelayMs, receipts } = platform.world.settings;
  if (receipts === 'none') return;
  platform.webhooks.later(receiptDelayMs, () => {
    void sendPageEvent(platform, account, customer, {
      name: 'echo',
      field: account.channel === 'messenger' ? 'message_echoes' : 'messages',
      item: echoItem(platform, account, customer, message),
      ids: [message.id],
    });
  });
  platform.webhooks.later(receiptDelayMs * 2, () => {
    if (message.status === 'sent') message.status = 'delivered';
    platform.world.changed(message);
    // Instagram has no delivery receipts.
    if (account.channel !== 'messenger') return;
    void sendPageEvent(platform, account, customer, {
      name: 'delivery',
      field: 'message_deliveries',
      item: { ...parties(account, customer, 'customer'), delivery: { mids: [message.id], watermark: message.at } },
      ids: [`${message.id}:delivery`],
    });
  });
  if (receipts === 'all')
    platform.webhooks.later(receiptDelayMs * 3, () => void reportRead(platform, account, customer, message));
}
