import type { Platform } from '../graph/call.ts';
import { compact, type Obj } from '../json.ts';
import type { Account, Customer, Template, ThreadMessage } from '../world/model.ts';
import { isSubscribed } from './subscribed.ts';

type Status = 'sent' | 'delivered' | 'read' | 'played';
const RANK = ['accepted', 'sent', 'delivered', 'read'];

/** What a status carries besides its name. */
export interface StatusExtra {
  error?: { code: number; title: string; details: string };
  template?: Template['category'] | undefined;
}

/** The envelope around everything that happens at a WhatsApp number. */
export function whatsappBody(account: Account, value: Obj, field = 'messages'): Obj {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account.parentId, changes: [{ value, field }] }],
  };
}

/** The number that an event belongs to. */
export function whatsappMetadata(account: Account): Obj {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: account.displayPhoneNumber, phone_number_id: account.id },
  };
}

/** The people an event speaks of. */
export function whatsappContact(customer: Customer): Obj {
  return compact({
    profile: customer.profileHidden ? undefined : compact({ name: customer.name, username: customer.username }),
    wa_id: customer.phone,
    user_id: customer.userId,
  });
}

/** One status event. */
export function whatsappStatus(
  account: Account,
  customer: Customer,
  message: ThreadMessage,
  status: string,
  extra: StatusExtra = {},
): Obj {
  const { error, template } = extra;
  return whatsappBody(account, {
    ...whatsappMetadata(account),
    ...(error === undefined && { contacts: [whatsappContact(customer)] }),
    statuses: [
      compact({
        id: message.id,
        status,
        timestamp: String(Math.floor(Date.now() / 1000)),
        recipient_id: customer.phone,
        recipient_user_id: customer.userId,
        biz_opaque_callback_data: message.callbackData,
        pricing:
          status === 'failed'
            ? undefined
            : {
                billable: template !== undefined,
                pricing_model: 'PMP',
                type: template === undefined ? 'free_customer_service' : 'regular',
                category: template === undefined ? 'service' : template.toLowerCase(),
              },
        errors: error && [
          {
            code: error.code,
            title: error.title,
            message: error.title,
            error_data: { details: error.details },
            href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
          },
        ],
      }),
    ],
  });
}

/** Sends a status to the business, and shows it in the thread. */
export async function reportStatus(
  platform: Platform,
  account: Account,
  customer: Customer,
  message: ThreadMessage,
  status: Status | 'failed',
  extra: StatusExtra = {},
): Promise<void> {
  if (status === 'failed') {
    message.status = 'failed';
    message.failure = extra.error?.title ?? 'failed';
  } else if (status !== 'played' && RANK.indexOf(status) > RANK.indexOf(message.status)) message.status = status;
  platform.world.changed(message);
  if (!isSubscribed(platform.world, account, 'messages')) return;
  await platform.webhooks.send(whatsappStatus(account, customer, message, status, extra), {
    facts: { event: `status:${status}`, channel: 'whatsapp', account: account.id, customer: customer.id },
    ids: [`${message.id}:${status}`],
  });
}

/** What follows an accepted send: sent, delivered and read, or failed. */
export function whatsappReceipts(
  platform: Platform,
  account: Account,
  customer: Customer,
  message: ThreadMessage,
  about: { known: boolean; template: Template['category'] | undefined },
): void {
  const { receiptDelayMs, receipts } = platform.world.settings;
  const report = (step: number, status: Status | 'failed', extra: StatusExtra = {}) =>
    platform.webhooks.later(
      receiptDelayMs * step,
      () => void reportStatus(platform, account, customer, message, status, { ...extra, template: about.template }),
    );

  if (!about.known || customer.blocked) {
    const error = { code: 131026, title: 'Message undeliverable', details: 'Message Undeliverable.' };
    return report(1, 'failed', { error });
  }
  if (customer.window === 'closed-late' && about.template === undefined) {
    const details =
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.';
    return report(1, 'failed', { error: { code: 131047, title: 'Re-engagement message', details } });
  }
  if (receipts === 'none') return;
  report(1, 'sent');
  report(2, 'delivered');
  if (receipts === 'all') report(3, 'read');
}
