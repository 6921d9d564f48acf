import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import type {
  ActOutcome,
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  OutgoingReaction,
  Probe,
  Renewal,
  SendOutcome,
  Showing,
  WindowRule,
} from '../channel-adapter.js';
import { type ChannelKind, MessageKind } from '../enums.js';
import type { Address, InboundEvent, MediaSource } from '../inbound-event.js';
import { MetaLife } from './meta-life.js';
import { MissedMessages } from './missed-messages.js';
import { interpretPageItem } from './page-events.js';
import { type PageRoute, PageSending } from './page-sending.js';

/** What Messenger and Instagram are alike in, as channels: their rules, and that a Page's calls serve both. */
@Injectable()
export abstract class PageChannel implements ChannelDefinition, ChannelAdapter {
  abstract readonly kind: ChannelKind;
  readonly provider = 'meta';
  readonly window: WindowRule = { hours: 24, humanAgentHours: 168 };
  abstract readonly capabilities: Capabilities;
  /** How the platform calls its own conversations. */
  protected abstract readonly platform: 'messenger' | 'instagram';

  constructor(
    protected readonly config: Config,
    protected readonly page: PageSending,
    private readonly life: MetaLife,
    private readonly history: MissedMessages,
  ) {}

  get adapter(): ChannelAdapter {
    return this;
  }

  abstract hostOf(channel: Pick<OpenChannel, 'settings'>): string;
  abstract subscriptionOf(channel: Pick<OpenChannel, 'externalId' | 'settings'>): string | null;
  abstract profile(
    channel: OpenChannel,
    address: Address,
    signal: AbortSignal,
  ): Promise<{ name: string | null; handle?: string } | null>;
  /** Where the calls of one channel go. */
  protected abstract routeOf(channel: OpenChannel): PageRoute;

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return interpretPageItem(payload, receivedAt, this.config.meta.appId);
  }

  send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    return this.page.send(this.routeOf(channel), channel, message, signal);
  }

  react(channel: OpenChannel, reaction: OutgoingReaction, signal: AbortSignal): Promise<ActOutcome> {
    return this.page.react(this.routeOf(channel), channel, reaction, signal);
  }

  show(channel: OpenChannel, showing: Showing, signal: AbortSignal): Promise<void> {
    return this.page.show(this.routeOf(channel), channel, showing, signal);
  }

  fetchMedia(_: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    return this.page.fetchMedia(source, maxBytes, signal);
  }

  unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.unsubscribe(this.routeOf(channel), channel, signal);
  }

  subscribe(channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.page.subscribe(this.routeOf(channel), channel, signal);
  }

  probe(channel: OpenChannel, signal: AbortSignal): Promise<Probe> {
    const { host, account } = this.routeOf(channel);
    const needed = ['messages', ...(channel.leadAds === true ? ['leadgen'] : [])];
    return this.life.probe(channel, { host, asset: account, needed }, () => this.subscribe(channel, signal), signal);
  }

  renew(channel: OpenChannel, signal: AbortSignal): Promise<Renewal> {
    return this.life.renew(channel, this.routeOf(channel).host, signal);
  }

  revoke(channel: OpenChannel, others: boolean, signal: AbortSignal): Promise<void> {
    return this.life.revoke(channel, this.routeOf(channel).host, true, others, signal);
  }

  missed(channel: OpenChannel, since: Date, signal: AbortSignal): Promise<readonly unknown[]> {
    const { host, account } = this.routeOf(channel);
    return this.history.since({ host, account, platform: this.platform }, channel, since, signal);
  }
}

/** What both can carry; each says how long a text may be. */
export const pageCapabilities = {
  attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE],
  maxAttachmentBytes: 25_000_000,
  reactions: true,
  replies: true,
  typing: true,
  seen: true,
  templates: false,
  quickReplies: 13,
} satisfies Partial<Capabilities>;
