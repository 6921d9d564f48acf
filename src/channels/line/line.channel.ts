import { Injectable } from '@nestjs/common';
import { OutgoingError } from '../../platform/http/index.js';
import type {
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  SendOutcome,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { Address, InboundEvent, MediaSource } from '../inbound-event.js';
import { isJson } from '../wire/reading.js';
import { type LineAnswer, LineClient } from './line-client.js';
import { interpretLineItem } from './line-events.js';

const id = /^[A-Za-z0-9_-]{1,100}$/;
const deadToken =
  'LINE does not take the channel access token any more. Issue a new one in the LINE console and connect again.';

/** A LINE Official Account. */
@Injectable()
export class LineChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.LINE;
  readonly provider = 'line';
  readonly window: WindowRule = { hours: null, humanAgentHours: null };
  readonly capabilities: Capabilities = {
    maxTextLength: 5_000,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO],
    maxAttachmentBytes: 10_000_000,
    // Of the rest, recordings and films want their length told, and there are no files at all.
    outgoingAttachments: {
      rules: [{ kind: MessageKind.IMAGE, contentTypes: ['image/jpeg', 'image/png'], maxBytes: 10_000_000 }],
      perMessage: 1,
      maxCaption: 0,
    },
    reactions: false,
    // A reply wants a token of the message that it quotes, which is not its id.
    replies: false,
    typing: false,
    templates: false,
    quickReplies: 13,
    quickReplyLimits: { title: 20, text: 5_000 },
  };

  constructor(private readonly line: LineClient) {}

  get adapter(): ChannelAdapter {
    return this;
  }

  hostOf(): string {
    return this.line.host;
  }

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return interpretLineItem(payload, receivedAt);
  }

  async send({ token }: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const json = { to: message.recipient[0].externalId, messages: [contentOf(message)] };
    try {
      const request = {
        method: 'POST',
        path: 'v2/bot/message/push',
        token,
        json,
        retryKey: message.id,
        signal,
      } as const;
      return outcomeOf(await this.line.call(request));
    } catch (error) {
      if (error instanceof OutgoingError && error.sent === 'no')
        return { kind: 'retry', reason: 'LINE could not be reached. It is tried again by itself.', afterSeconds: null };
      return { kind: 'unconfirmed', reason: 'LINE did not answer. It may have been sent.' };
    }
  }

  async fetchMedia(
    { token }: OpenChannel,
    { mediaId }: MediaSource,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<FetchedMedia> {
    if (mediaId === null || !id.test(mediaId)) return { kind: 'gone', reason: 'LINE gave no way to load the file.' };
    try {
      const { status, headers, body } = await this.line.download(token, mediaId, maxBytes, signal);
      // 202: a film is not ready yet.
      if (status === 202 || status === 401 || status === 408 || status === 429 || status >= 500)
        return { kind: 'retry', reason: `LINE did not send the file (HTTP ${String(status)}).` };
      if (status !== 200) return { kind: 'gone', reason: 'LINE does not have the file any more.' };
      return { kind: 'fetched', body, contentType: headers['content-type'] ?? null, name: null };
    } catch (error) {
      if (error instanceof OutgoingError && error.reason === 'size')
        return { kind: 'refused', reason: 'It is larger than what is kept here.' };
      if (error instanceof OutgoingError) return { kind: 'retry', reason: 'LINE did not answer.' };
      throw error;
    }
  }

  async profile({ token }: OpenChannel, { externalId }: Address, signal: AbortSignal) {
    if (!id.test(externalId)) return null;
    const { status, body } = await this.line.call({ path: `v2/bot/profile/${externalId}`, token, signal });
    if (status === 429 || status >= 500) throw new Error('LINE did not tell the profile; it may later.');
    const name = body?.['displayName'];
    return status === 200 && typeof name === 'string' ? { name } : null;
  }

  /** LINE keeps the address of the webhook for good; without the token nothing can be done in the account's name. */
  async unsubscribe({ token }: OpenChannel, signal: AbortSignal): Promise<void> {
    const { status } = await this.line.revoke(token, signal);
    if (status === 429 || status >= 500) throw new Error(`LINE did not end the access (HTTP ${String(status)}).`);
  }
}

/** The answers that a message offers; a press comes back as a message with the same words. */
function quickReplyOf({ quickReplies = [] }: OutgoingMessage): object {
  if (quickReplies.length === 0) return {};
  const items = quickReplies.map((label) => ({ type: 'action', action: { type: 'message', label, text: label } }));
  return { quickReply: { items } };
}

/** Words or a picture, which LINE fetches from the address; it is shown small first. */
function contentOf(message: OutgoingMessage): object {
  const [attachment] = message.attachments;
  return attachment === undefined
    ? { type: 'text', text: message.text, ...quickReplyOf(message) }
    : {
        type: 'image',
        originalContentUrl: attachment.url,
        previewImageUrl: attachment.thumbnailUrl ?? attachment.url,
      };
}

/** What an answer means. The id of our message came along, so that one that was taken before is answered with 409. */
function outcomeOf({ status, body, retryAfter }: LineAnswer): SendOutcome {
  if ((status >= 200 && status <= 299) || status === 409) {
    const [first] = Array.isArray(body?.['sentMessages']) ? (body['sentMessages'] as unknown[]) : [];
    const externalId = isJson(first) && typeof first['id'] === 'string' && first['id'] !== '' ? first['id'] : null;
    return externalId === null
      ? { kind: 'unconfirmed', reason: 'LINE gave an answer that cannot be understood. It may have been sent.' }
      : { kind: 'sent', externalId };
  }
  if (status === 401) return { kind: 'refused', reason: deadToken, tokenUnusable: true };
  if (status === 429) {
    const reason =
      'LINE is limiting how much may be sent, or the plan of the account is used up. It is tried again by itself.';
    return { kind: 'retry', reason, afterSeconds: retryAfter };
  }
  if (status < 400 || status > 499 || status === 408)
    return {
      kind: 'unconfirmed',
      reason: `LINE failed while it took the message (HTTP ${String(status)}). It may have been sent.`,
    };
  return { kind: 'refused', reason: `LINE refused the message (error ${String(status)}).`, tokenUnusable: false };
}
