import { bsuid, wamid } from '../ids.ts';
import { compact, obj, objs, str, type Obj } from '../json.ts';
import type { Account, Customer } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { BuiltEvent } from './built-event.ts';
import { whatsappBody, whatsappContact, whatsappMetadata } from './whatsapp-receipts.ts';

/** A note of the platform in the thread: a new phone number, a new user id. */
export function systemEvent(world: World, account: Account, customer: Customer, event: Obj): BuiltEvent {
  const type = str(event['type']) ?? 'user_changed_number';
  let apply: (() => void) | undefined;
  const id = wamid();
  let system: Obj = { body: str(event['text']) ?? 'A note from the platform', type };
  if (type === 'user_changed_number') {
    const next = str(event['newPhone']) ?? '905560000099';
    system = { body: `User ${customer.name} changed from ${customer.phone ?? ''} to ${next}`, wa_id: next, type };
    apply = () => world.changeNumber(customer, next);
  }
  if (type === 'user_changed_user_id') {
    const next = str(event['newUserId']) ?? bsuid();
    system = { body: `User ${customer.name} changed from ${customer.userId ?? ''} to ${next}`, user_id: next, type };
    apply = () => void (customer.userId = next);
  }
  const item = compact({
    from: customer.phone,
    from_user_id: customer.userId,
    id,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'system',
    system,
  });
  // System messages come without contacts.
  return {
    body: whatsappBody(account, { ...whatsappMetadata(account), messages: [item] }),
    ids: [id],
    ...(apply && { apply }),
  };
}

/** What the platform or the business's own phone reports. Undefined for a kind that does not exist. */
export function accountEvent(
  world: World,
  account: Account,
  customer: Customer,
  event: Obj,
  kind: string,
): BuiltEvent | undefined {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const who = compact({ wa_id: customer.phone, user_id: customer.userId });
  const id = wamid();
  const inEnvelope = (field: string, value: Obj): BuiltEvent => ({
    body: whatsappBody(account, value, field),
    ids: [id],
  });
  const echo = (content: Obj): BuiltEvent =>
    inEnvelope('smb_message_echoes', {
      ...whatsappMetadata(account),
      message_echoes: [
        compact({
          from: account.displayPhoneNumber,
          to: customer.phone,
          to_user_id: customer.userId,
          id,
          timestamp,
          ...content,
        }),
      ],
    });
  const text = str(event['text']) ?? 'Hello from the phone';
  const targetId = str(event['targetId']) ?? '';
  switch (kind) {
    case 'user_id_update': {
      const current = str(event['newUserId']) ?? bsuid();
      const previous = customer.userId;
      const detail = `User ${customer.name} changed their user id`;
      const contacts = [whatsappContact({ ...customer, userId: current })];
      const built = inEnvelope('user_id_update', {
        ...whatsappMetadata(account),
        contacts,
        user_id_update: [compact({ wa_id: customer.phone, detail, user_id: { previous, current }, timestamp })],
      });
      return { ...built, apply: () => void (customer.userId = current) };
    }
    case 'smb_message_echo':
      return { ...echo({ type: 'text', text: { body: text } }), shown: { id, text } };
    case 'smb_revoke':
      return {
        ...echo({ type: 'revoke', revoke: { original_message_id: targetId } }),
        apply: () => world.takeBack(targetId),
      };
    case 'smb_edit':
      return {
        ...echo({
          type: 'edit',
          edit: { original_message_id: targetId, message: { type: 'text', text: { body: text } } },
        }),
        apply: () => world.edit(targetId, text),
      };
    case 'user_preferences':
      return inEnvelope('user_preferences', {
        ...whatsappMetadata(account),
        contacts: [whatsappContact(customer)],
        user_preferences: [
          {
            ...who,
            category: 'marketing_messages',
            value: str(event['value']) ?? 'stop',
            detail: 'User requested to stop marketing messages',
            timestamp,
          },
        ],
      });
    case 'account_update':
      return inEnvelope('account_update', {
        phone_number: account.displayPhoneNumber,
        event: str(event['event']) ?? 'VERIFIED_ACCOUNT',
        ...obj(event['value']),
      });
    case 'template_status':
      return inEnvelope('message_template_status_update', {
        event: str(event['event']) ?? 'PAUSED',
        message_template_id: 1500000000000001,
        message_template_name: 'order_ready',
        message_template_language: 'tr',
        reason: 'NONE',
      });
    case 'value_error':
      return inEnvelope('messages', {
        ...whatsappMetadata(account),
        errors:
          objs(event['errors']).length > 0
            ? event['errors']
            : [
                {
                  code: 130429,
                  title: 'Rate limit hit',
                  message: 'Rate limit hit',
                  error_data: { details: 'Too many messages' },
                },
              ],
      });
    default:
      return undefined;
  }
}
