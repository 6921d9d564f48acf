import { MessageKind } from '../enums.js';
import type { InboundAttachment, InboundEvent, MessageEvent, ReceiptEvent } from '../inbound-event.js';
import { type Json, UnreadableItem, isJson, jsonAt } from '../wire/reading.js';
import { bounceWords } from './bounce.js';
import type { MailParcel, MailPlace } from './mail-parcel.js';
import { domainOf } from './mail-address.js';
import type { MessageNames } from './message-names.js';
import type { MailParty, MailPart, ReadMail } from './read-mail.js';

interface Opened extends Omit<MailParcel, 'mail'> {
  readonly channelId: string;
  readonly mail: ReadMail;
}

/** What a mail is here: a customer's message, one that the business wrote elsewhere, or word of one of ours. */
export function mailEvents(payload: unknown, receivedAt: number, names: MessageNames): InboundEvent[] {
  const parcel = opened(payload);
  const { mail, channelId, folder } = parcel;
  const at = mail.at ?? receivedAt;
  const own = names.ownIn(channelId, mail.messageId);
  if (folder === 'sent' || own !== null) return sentEvents(parcel, at, own);
  const receipt = mail.bounce === null ? null : receiptOf(mail.bounce, channelId, names, at);
  if (receipt !== null) return [receipt];
  const writer = writerOf(parcel);
  if (writer === null) throw new UnreadableItem('from', 'an address');
  return [message(parcel, writer, at)];
}

/** A copy of what the business sent: by us, which settles what became of it, or by a person in another program. */
function sentEvents(parcel: Opened, at: number, own: string | null): InboundEvent[] {
  const { mail } = parcel;
  const [to] = mail.to.filter(({ address }) => address !== parcel.address);
  if (to === undefined) return [{ type: 'ignored', at, what: 'mail to oneself' }];
  return [{ ...message(parcel, to, at), from: 'business', ours: own !== null, ourMessageId: own }];
}

function receiptOf(
  { names: named, failed, status }: NonNullable<ReadMail['bounce']>,
  channelId: string,
  names: MessageNames,
  at: number,
): ReceiptEvent | { type: 'ignored'; at: number; what: string } | null {
  for (const name of named) {
    const ourMessageId = names.ownIn(channelId, name);
    if (ourMessageId === null) continue;
    if (!failed) return { type: 'ignored', at, what: 'mail delayed' };
    const error = bounceWords(status);
    return { type: 'receipt', at, messageExternalId: name, ourMessageId, status: 'FAILED', error, errorCode: null };
  }
  return null;
}

/**
 * Who wrote it. A form on the business's own site writes from the business's own domain and says whom to answer; anybody else
 * is who the mail says it is from.
 */
function writerOf({ mail: { from, replyTo }, address }: Opened): MailParty | null {
  if (from !== null && replyTo !== null && replyTo.address !== address && domainOf(from.address) === domainOf(address))
    return replyTo;
  return from ?? replyTo;
}

function message(parcel: Opened, person: MailParty, at: number): MessageEvent {
  const { mail, place, tooLarge } = parcel;
  const { messageId, references, subject, text, html, automatic, junk } = mail;
  return {
    type: 'message',
    at,
    from: 'contact',
    externalId: messageId,
    customer: { addresses: [{ externalId: person.address, handle: null }], name: person.name },
    kind: MessageKind.TEXT,
    text,
    attachments: tooLarge === null ? mail.parts.map((part) => attachment(place, messageId, part)) : [],
    replyToExternalId: references[0] ?? null,
    content: {
      mail: {
        subject,
        from: shown(mail.from ?? person),
        to: mail.to.map(shown),
        cc: mail.cc.map(shown),
        sender: person.address,
        authenticated: parcel.authenticated && person.address === mail.from?.address,
        automatic,
      },
      ...(html !== null && { html }),
      ...(tooLarge !== null && { unsupported: `a mail of ${String(Math.ceil(tooLarge / 1_000_000))} MB` }),
    },
    ourMessageId: null,
    ours: false,
    standby: automatic || junk,
    thread: { references, subject, junk },
  };
}

function attachment(place: MailPlace, messageId: string, { index, name, type }: MailPart): InboundAttachment {
  const kind = kindOf(type);
  const mediaId = JSON.stringify([place.path, place.validity, place.uid, index, messageId]);
  return { kind, name, contentType: type, source: { url: null, mediaId, sha256: null }, link: null };
}

function kindOf(type: string): MessageKind {
  if (type.startsWith('image/')) return MessageKind.IMAGE;
  if (type.startsWith('audio/')) return MessageKind.AUDIO;
  return type.startsWith('video/') ? MessageKind.VIDEO : MessageKind.FILE;
}

function shown({ name, address }: MailParty): string {
  return name === null ? address : `${name} <${address}>`;
}

/** What `splitEmailDelivery` made, or somebody's hand: looked at before it is believed. */
function opened(payload: unknown): Opened {
  if (!isJson(payload)) throw new UnreadableItem('the item', 'an object');
  const channelId = textAt(payload, 'channel');
  const body = jsonAt(payload, 'body');
  const mail = jsonAt(body, 'mail');
  const place = jsonAt(body, 'place');
  textAt(mail, 'messageId');
  for (const list of ['references', 'to', 'cc', 'parts'])
    if (!Array.isArray(mail[list])) throw new UnreadableItem(list, 'a list');
  textAt(body, 'address');
  textAt(place, 'path');
  const folder = body['folder'] === 'sent' ? 'sent' : 'inbox';
  const tooLarge = typeof body['tooLarge'] === 'number' ? body['tooLarge'] : null;
  const authenticated = body['authenticated'] === true;
  return {
    ...(body as unknown as MailParcel),
    channelId,
    folder,
    tooLarge,
    authenticated,
    mail: mail as unknown as ReadMail,
  };
}

function textAt(parent: Json, name: string): string {
  const value = parent[name];
  if (typeof value !== 'string') throw new UnreadableItem(name, 'a text');
  return value;
}
