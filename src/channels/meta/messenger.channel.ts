import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { cleanText } from '../../platform/database/index.js';
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
import { interpretPageItem } from './page-events.js';
import { type PageRoute, PageSending } from './page-sending.js';

/** Messenger: a channel is one Facebook Page. */
@Injectable()
export class MessengerChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.MESSENGER;
  readonly provider = 'meta';
  readonly window: WindowRule = { hours: 24, humanAgentHours: 168 };
  readonly capabilities: Capabilities = {
    maxTextLength: 1_999,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE],
    maxAttachmentBytes: 25_000_000,
    reactions: true,
    replies: true,
    typing: true,
    templates: false,
    quickReplies: 13,
  };

  constructor(
    private readonly config: Config,
    private readonly page: PageSending,
  ) {}

  get adapter(): ChannelAdapter {
    return this;
  }

  hostOf(): string {
    return this.page.hostOf({ host: 'facebook', account: '' });
  }

  subscriptionOf({ externalId }: Pick<OpenChannel, 'externalId'>): string | null {
    return `page:${externalId}`;
  }

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return interpretPageItem(payload, receivedAt, this.config.meta.appId);
  }

  send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    return this.page.send(routeOf(channel), channel, message, signal);
  }

  fetchMedia(_: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    return this.page.fetchMedia(source, maxBytes, signal);
  }

  async profile(channel: OpenChannel, address: Address, signal: AbortSignal): Promise<{ name: string | null } | null> {
    const profile = await this.page.profile(routeOf(channel), channel, address, 'first_name,last_name', signal);
    if (profile === null) return null;
    const names = [profile['first_name'], profile['last_name']].filter(
      (name) => typeof name === 'string' && name !== '',
    );
    return { name: names.length === 0 ? null : cleanText(names.join(' '), 200) };
  }

  unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.unsubscribe(routeOf(channel), channel, signal);
  }

  subscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.subscribe(routeOf(channel), channel, signal);
  }
}

function routeOf(channel: OpenChannel): PageRoute {
  return { host: 'facebook', account: channel.externalId };
}
