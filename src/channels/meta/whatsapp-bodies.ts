import type { OutgoingMessage, OutgoingReaction, Showing } from '../channel-adapter.js';
import type { Address } from '../inbound-event.js';
import { whatsAppMedia } from './whatsapp-attachments.js';
import { templateComponents } from './whatsapp-templates.js';

const phoneNumber = /^\d{5,20}$/;
const mostButtons = 3;

/** What a call says that sends a message; `mediaId` is its file at the platform. */
export function messageBody(message: OutgoingMessage, mediaId: string | null): object {
  return {
    ...head(message.recipient),
    ...contentOf(message, mediaId),
    ...(message.replyToExternalId !== null && { context: { message_id: message.replyToExternalId } }),
    biz_opaque_callback_data: message.id,
  };
}

/** What a call says that puts a reaction on a message, or (empty) takes it off. */
export function reactionBody({ recipient, messageExternalId, emoji }: OutgoingReaction): object {
  return { ...head(recipient), type: 'reaction', reaction: { message_id: messageExternalId, emoji: emoji ?? '' } };
}

/** Typing and seen are one call about a message of the customer. */
export function showingBody({ what, lastInboundExternalId }: Showing): object | null {
  if (lastInboundExternalId === null) return null;
  return {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: lastInboundExternalId,
    ...(what === 'typing' && { typing_indicator: { type: 'text' } }),
  };
}

function contentOf(
  { text, template, quickReplies = [], attachments: [attachment] }: OutgoingMessage,
  mediaId: string | null,
): object {
  if (attachment !== undefined && mediaId !== null) return whatsAppMedia(attachment, mediaId, text);
  if (template !== undefined) {
    const { name, language } = template;
    const components = templateComponents(template);
    return { type: 'template', template: { name, language: { code: language }, components } };
  }
  if (quickReplies.length > 0) return { type: 'interactive', interactive: interactive(text, quickReplies) };
  return { type: 'text', text: { body: text, preview_url: false } };
}

/** A few answers are buttons, more of them a list; a press comes back with the id, which is the words again. */
function interactive(text: string, titles: readonly string[]): object {
  const body = { text };
  const choices = titles.map((title) => ({ id: title, title }));
  if (titles.length <= mostButtons) {
    const buttons = choices.map((reply) => ({ type: 'reply', reply }));
    return { type: 'button', body, action: { buttons } };
  }
  // The name of the button that opens the list has to be said in some language: an ellipsis is none.
  return { type: 'list', body, action: { button: '…', sections: [{ rows: choices }] } };
}

/** A phone number is written to where one is known; the business-scoped id else. */
function head(addresses: readonly Address[]): object {
  const phone = addresses.find(({ externalId }) => phoneNumber.test(externalId));
  const to = phone === undefined ? { recipient: addresses[0]?.externalId ?? '' } : { to: phone.externalId };
  return { messaging_product: 'whatsapp', recipient_type: 'individual', ...to };
}
