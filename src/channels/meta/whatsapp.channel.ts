import { Injectable } from '@nestjs/common';
import type {
  ActOutcome,
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  MessageTemplate,
  OpenChannel,
  OutgoingMessage,
  OutgoingReaction,
  Probe,
  Renewal,
  SendOutcome,
  Showing,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { InboundEvent, MediaSource } from '../inbound-event.js';
import { GraphClient } from './graph-client.js';
import { MediaDownloads } from './media.js';
import { MetaLife } from './meta-life.js';
import { isJson } from '../wire/reading.js';
import { actOnce, sendOnce } from './send-outcome.js';
import { uploadToWhatsApp, whatsAppAttachments } from './whatsapp-attachments.js';
import { messageBody, reactionBody, showingBody } from './whatsapp-bodies.js';
import { interpretWhatsAppItem } from './whatsapp-events.js';
import { fetchWhatsAppMedia } from './whatsapp-media.js';
import { listTemplates } from './whatsapp-templates.js';

/** WhatsApp Cloud API: a channel is one phone number of a business account. */
@Injectable()
export class WhatsAppChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.WHATSAPP;
  readonly provider = 'meta';
  readonly forgetsAccountAs = 'WhatsApp';
  readonly addOn = 'whatsapp';
  readonly window: WindowRule = { hours: 24, humanAgentHours: null };
  readonly capabilities: Capabilities = {
    maxTextLength: 4_096,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE, MessageKind.STICKER],
    maxAttachmentBytes: 100_000_000,
    outgoingAttachments: whatsAppAttachments,
    reactions: true,
    replies: true,
    typing: true,
    seen: true,
    templates: true,
    // Three are buttons; more become a list.
    quickReplies: 10,
    quickReplyLimits: { title: 20, text: 1_024 },
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

  async send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const [attachment] = message.attachments;
    const uploaded = attachment === undefined ? null : await uploadToWhatsApp(this.graph, channel, attachment, signal);
    if (uploaded !== null && uploaded.kind !== 'sent') return uploaded;
    return sendOnce(
      () => this.post(channel, messageBody(message, uploaded?.externalId ?? null), signal),
      ({ body }) => {
        const [sent] = Array.isArray(body?.['messages']) ? (body['messages'] as unknown[]) : [];
        return isJson(sent) && typeof sent['id'] === 'string' && sent['id'] !== '' ? sent['id'] : null;
      },
    );
  }

  react(channel: OpenChannel, reaction: OutgoingReaction, signal: AbortSignal): Promise<ActOutcome> {
    return actOnce(() => this.post(channel, reactionBody(reaction), signal));
  }

  async show(channel: OpenChannel, showing: Showing, signal: AbortSignal): Promise<void> {
    const json = showingBody(showing);
    if (json !== null) await this.post(channel, json, signal);
  }

  async templates(channel: OpenChannel, signal: AbortSignal): Promise<readonly MessageTemplate[]> {
    const waba = channel.settings['wabaId'];
    return typeof waba === 'string' ? listTemplates(this.graph, waba, channel.token, signal) : [];
  }

  private post(channel: OpenChannel, json: object, signal: AbortSignal) {
    const path = `${channel.externalId}/messages`;
    return this.graph.call('facebook', { method: 'POST', path, token: channel.token, json, signal });
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
