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

/** Instagram: a channel is one professional account, reached through its Page or by Instagram Login. */
@Injectable()
export class InstagramChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.INSTAGRAM;
  readonly provider = 'meta';
  readonly window: WindowRule = { hours: 24, humanAgentHours: 168 };
  readonly capabilities: Capabilities = {
    maxTextLength: 1_000,
    textUnit: 'bytes',
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

  hostOf(channel: Pick<OpenChannel, 'settings'>): string {
    return this.page.hostOf({ host: pageIdOf(channel) === null ? 'instagram' : 'facebook', account: '' });
  }

  subscriptionOf({ settings }: Pick<OpenChannel, 'settings'>): string | null {
    const pageId = pageIdOf({ settings });
    return pageId === null ? null : `page:${pageId}`;
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

  async profile(
    channel: OpenChannel,
    address: Address,
    signal: AbortSignal,
  ): Promise<{ name: string | null; handle?: string } | null> {
    const profile = await this.page.profile(routeOf(channel), channel, address, 'name,username', signal);
    if (profile === null) return null;
    const text = (name: string) => {
      const value = profile[name];
      return typeof value === 'string' && value !== '' ? cleanText(value, 200) : null;
    };
    const handle = text('username');
    return { name: text('name') ?? handle, ...(handle !== null && { handle: `@${handle}` }) };
  }

  unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.unsubscribe(routeOf(channel), channel, signal);
  }

  subscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.subscribe(routeOf(channel), channel, signal);
  }
}

function pageIdOf(channel: Pick<OpenChannel, 'settings'>): string | null {
  const pageId = channel.settings['pageId'];
  return typeof pageId === 'string' && pageId !== '' ? pageId : null;
}

/** Through the Page where there is one; else the account itself, on Instagram's own host. */
function routeOf(channel: OpenChannel): PageRoute {
  const pageId = pageIdOf(channel);
  return pageId === null ? { host: 'instagram', account: channel.externalId } : { host: 'facebook', account: pageId };
}
