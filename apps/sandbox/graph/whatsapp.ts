import { wamid } from '../ids.ts';
import { compact, obj, str, type Obj } from '../json.ts';
import type { Account, Customer, ThreadMessage } from '../world/model.ts';
import { whatsappReceipts } from '../webhooks/whatsapp-receipts.ts';
import type { GraphAnswer, GraphCall } from './call.ts';
import { invalid, missing, whatsappError } from './errors.ts';
import { checkContent } from './whatsapp-content.ts';
import { contentOfThread } from './whatsapp-thread.ts';

/** POST /{phone-number-id}/messages: a message, a reaction, or "read" with or without "typing". */
export function sendWhatsApp(call: GraphCall, account: Account): GraphAnswer {
  const body = call.params;
  if (body['messaging_product'] !== 'whatsapp') throw missing('messaging_product');
  if (body['status'] !== undefined) return markRead(call, account, body);

  if (account.registered === false) {
    throw whatsappError(133010, 'Phone number not registered', 'The number is not registered for sending.');
  }
  const to = str(body['to']) ?? str(body['recipient']);
  if (!to) throw missing('to');
  const digits = to.replace(/\D/g, '');
  if (digits !== '' && digits === account.displayPhoneNumber) {
    throw whatsappError(131021, 'Recipient cannot be sender', 'Recipient and sender phone number is the same');
  }
  const type = str(body['type']) ?? 'text';
  const content = checkContent(call, account, type, body);
  const callbackData = str(body['biz_opaque_callback_data']);
  if (callbackData !== undefined && callbackData.length > 512) {
    throw invalid('Param biz_opaque_callback_data must be at most 512 characters long.');
  }
  const quoted = str(obj(body['context'])?.['message_id']);
  const customer = call.world.customer('whatsapp', to);
  if (customer && type !== 'template' && customer.window === 'closed') {
    throw whatsappError(
      131047,
      'Re-engagement message',
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    );
  }
  if (content.category === 'AUTHENTICATION' && body['to'] === undefined) {
    throw whatsappError(
      131062,
      'Recipient not supported',
      'One-time password templates cannot be sent to a business-scoped user id.',
    );
  }

  const id = wamid();
  const at = Date.now();
  const recipient = customer ?? stranger(to);
  if (type === 'reaction') reactToCustomer(call, content.reaction);
  const message: ThreadMessage = {
    id,
    channel: 'whatsapp',
    accountId: account.id,
    customerId: recipient.id,
    from: 'business',
    ...contentOfThread(call, type, body, content),
    reactions: {},
    at,
    status: 'accepted',
    edits: 0,
    ...(quoted !== undefined && { replyTo: quoted }),
    ...(callbackData !== undefined && { callbackData }),
  };
  if (type !== 'reaction') call.world.addMessage(message);
  call.ledger.record('sends', {
    channel: 'whatsapp',
    account: account.id,
    customer: recipient.id,
    id,
    type,
    text: message.text ?? null,
    callbackData: callbackData ?? null,
    body: withoutToken(body),
  });
  whatsappReceipts(call, account, recipient, message, { known: customer !== undefined, template: content.category });
  return {
    account: account.id,
    body: {
      messaging_product: 'whatsapp',
      contacts: [compact({ input: to, wa_id: recipient.phone, user_id: recipient.userId })],
      messages: [{ id, message_status: 'accepted' }],
    },
  };
}

/** The parameters as the business sent them, without what only proves who it is. */
export function withoutToken(params: Obj): Obj {
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => name !== 'access_token' && name !== 'appsecret_proof'),
  );
}

function markRead(call: GraphCall, account: Account, body: Obj): GraphAnswer {
  if (body['status'] !== 'read')
    throw invalid('Param status must be one of {read} - got "' + String(body['status']) + '".');
  const id = str(body['message_id']);
  if (!id) throw missing('message_id');
  const message = call.world.messages.get(id);
  if (!message || message.accountId !== account.id || message.from !== 'customer') {
    throw whatsappError(
      131009,
      'Parameter value is not valid',
      `Message ID ${id} is not a message that this number received.`,
    );
  }
  for (const earlier of call.world.thread(account.id, message.customerId)) {
    if (earlier.from !== 'customer' || earlier.at > message.at || earlier.status === 'read') continue;
    earlier.status = 'read';
    call.world.changed(earlier);
  }
  const typing = obj(body['typing_indicator']) !== undefined;
  if (typing) call.world.notify({ type: 'typing', accountId: account.id, customerId: message.customerId, on: true });
  call.ledger.record('sends', {
    channel: 'whatsapp',
    account: account.id,
    customer: message.customerId,
    type: typing ? 'typing' : 'read',
    id: null,
    target: id,
    body: withoutToken(body),
  });
  return { account: account.id, body: { success: true } };
}

function reactToCustomer(call: GraphCall, reaction: { messageId: string; emoji: string } | undefined): void {
  const target = reaction && call.world.messages.get(reaction.messageId);
  if (!reaction || !target) return;
  if (reaction.emoji === '') delete target.reactions['business'];
  else target.reactions['business'] = reaction.emoji;
  call.world.changed(target);
}

/** Someone who has no WhatsApp: the send is accepted, and fails later. */
function stranger(to: string): Customer {
  const digits = to.replace(/\D/g, '');
  const byPhone = !/^[A-Z]{2}\./.test(to);
  return {
    channel: 'whatsapp',
    id: byPhone ? digits : to,
    name: 'Unknown',
    ...(byPhone ? { phone: digits } : { userId: to }),
    window: 'open',
    blocked: false,
    profileHidden: true,
  };
}

/** POST /{phone-number-id}/register: with the six digits of the number's two-step verification, or with new ones. */
export function registerNumber(call: GraphCall, account: Account): GraphAnswer {
  if (call.params['messaging_product'] !== 'whatsapp') throw missing('messaging_product');
  const pin = str(call.params['pin']) ?? '';
  if (!/^\d{6}$/.test(pin)) throw invalid('Param pin must be a 6 digit number.');
  if (account.pin !== undefined && account.pin !== pin) {
    throw whatsappError(133005, 'Two step verification PIN Mismatch', 'The PIN does not match.');
  }
  account.pin = pin;
  account.registered = true;
  return { body: { success: true }, account: account.id };
}
