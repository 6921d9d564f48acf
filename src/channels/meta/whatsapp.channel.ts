import { Injectable } from '@nestjs/common';
import type {
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  Probe,
  Renewal,
  SendOutcome,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { Address, InboundEvent, MediaSource } from '../inbound-event.js';
import { GraphClient } from './graph-client.js';
import { MediaDownloads } from './media.js';
import { MetaLife } from './meta-life.js';
import { isJson } from './reading.js';
import { sendOnce } from './send-outcome.js';
import { interpretWhatsAppItem } from './whatsapp-events.js';
import { fetchWhatsAppMedia } from './whatsapp-media.js';

const phoneNumber = /^\d{5,20}$/;

/** WhatsApp Cloud API: a channel is one phone number of a business account. */
@Injectable()
export class WhatsAppChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.WHATSAPP;
  readonly provider = 'meta';
  readonly forgetsAccountAs = 'WhatsApp';
  readonly window: WindowRule = { hours: 24, humanAgentHours: null };
  readonly capabilities: Capabilities = {
    maxTextLength: 4_096,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE, MessageKind.STICKER],
    maxAttachmentBytes: 100_000_000,
    reactions: true,
    replies: true,
    typing: true,
    templates: true,
    quickReplies: 3,
  };

  constructor(
    private readonly graph: GraphClient,
    private readonly media: MediaDownloads,
    private readonly life: MetaLife,
  ) {}

  get adapter(): ChannelAdapter {
    return this;
  }

  hostOf(): string {
    return this.graph.hostOf('facebook');
  }

  subscriptionOf({ settings }: Pick<OpenChannel, 'settings'>): string | null {
    return typeof settings['wabaId'] === 'string' ? `waba:${settings['wabaId']}` : null;
  }

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return interpretWhatsAppItem(payload, receivedAt);
  }

  send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const json = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipientOf(message.recipient),
      type: 'text',
      text: { body: message.text, preview_url: false },
      ...(message.replyToExternalId !== null && { context: { message_id: message.replyToExternalId } }),
      biz_opaque_callback_data: message.id,
    };
    return sendOnce(
      () =>
        this.graph.call('facebook', {
          method: 'POST',
          path: `${channel.externalId}/messages`,
          token: channel.token,
          json,
          signal,
        }),
      ({ body }) => {
        const [sent] = Array.isArray(body?.['messages']) ? (body['messages'] as unknown[]) : [];
        return isJson(sent) && typeof sent['id'] === 'string' && sent['id'] !== '' ? sent['id'] : null;
      },
    );
  }

  fetchMedia(channel: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    return fetchWhatsAppMedia(this.graph, this.media, channel, source, maxBytes, signal);
  }

  /** WhatsApp tells the name with each message and has no look-up. */
  async profile(): Promise<null> {
    return null;
  }

  /** Ends the subscription of the business account; with it go the webhooks of all its numbers. */
  async unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    const waba = channel.settings['wabaId'];
    if (typeof waba !== 'string') return;
    await this.graph.end('facebook', {
      method: 'DELETE',
      path: `${waba}/subscribed_apps`,
      token: channel.token,
      signal,
    });
  }

  async subscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    const waba = channel.settings['wabaId'];
    if (typeof waba !== 'string') return;
    await this.graph.begin('facebook', {
      method: 'POST',
      path: `${waba}/subscribed_apps`,
      token: channel.token,
      signal,
    });
  }

  probe(channel: OpenChannel, signal: AbortSignal): Promise<Probe> {
    const waba = channel.settings['wabaId'];
    const asset = typeof waba === 'string' ? waba : channel.externalId;
    const subscription = { host: 'facebook', asset, needed: [] } as const;
    return this.life.probe(channel, subscription, () => this.subscribe(channel, signal), signal);
  }

  renew(channel: OpenChannel, signal: AbortSignal): Promise<Renewal> {
    return this.life.renew(channel, 'facebook', signal);
  }

  revoke(channel: OpenChannel, others: boolean, signal: AbortSignal): Promise<void> {
    return this.life.revoke(channel, 'facebook', false, others, signal);
  }
}

/** A phone number is written to where one is known; the business-scoped id else. */
function recipientOf(addresses: readonly Address[]): { to: string } | { recipient: string } {
  const phone = addresses.find(({ externalId }) => phoneNumber.test(externalId));
  return phone === undefined ? { recipient: addresses[0]?.externalId ?? '' } : { to: phone.externalId };
}
