import { Injectable } from '@nestjs/common';
import { cleanText } from '../../platform/database/index.js';
import type { Capabilities, OpenChannel } from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { Address, InboundAttachment, InboundEvent } from '../inbound-event.js';
import { PageChannel, pageCapabilities } from './page-channel.js';
import { heart } from './page-acts.js';
import type { PageRoute } from './page-sending.js';

/** Instagram: a channel is one professional account, reached through its Page or by Instagram Login. */
@Injectable()
export class InstagramChannel extends PageChannel {
  readonly kind = ChannelKind.INSTAGRAM;
  readonly capabilities: Capabilities = {
    ...pageCapabilities,
    maxTextLength: 1_000,
    textUnit: 'bytes',
    // Of the names that Messenger has, Instagram takes this one alone.
    reactionEmojis: [heart],
    quickReplyLimits: { title: 20, text: 1_000 },
    outgoingAttachments: {
      rules: [
        { kind: MessageKind.IMAGE, contentTypes: ['image/jpeg', 'image/png'], maxBytes: 8_000_000 },
        { kind: MessageKind.AUDIO, contentTypes: ['audio/aac', 'audio/mp4', 'audio/wav'], maxBytes: 25_000_000 },
        {
          kind: MessageKind.VIDEO,
          contentTypes: ['video/mp4', 'video/quicktime', 'video/webm', 'video/ogg'],
          maxBytes: 25_000_000,
        },
        { kind: MessageKind.FILE, contentTypes: ['application/pdf'], maxBytes: 25_000_000 },
      ],
      perMessage: 1,
      maxCaption: 0,
    },
  };
  protected readonly platform = 'instagram' as const;

  /** Where the operator wants no copies of what Instagram shows, its address is all that is kept. */
  override interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    const events = super.interpret(payload, receivedAt);
    if (this.config.meta.keepsInstagramMedia) return events;
    return events.map((event) =>
      event.type === 'message' ? { ...event, attachments: event.attachments.map(byReference) } : event,
    );
  }

  hostOf(channel: Pick<OpenChannel, 'settings'>): string {
    return this.page.hostOf({ host: pageIdOf(channel) === null ? 'instagram' : 'facebook', account: '' });
  }

  /** A token of Instagram Login lives sixty days, and nobody tells how many of them are left. */
  tokenDays({ settings }: Pick<OpenChannel, 'settings'>): number | null {
    return pageIdOf({ settings }) === null ? 60 : null;
  }

  subscriptionOf({ settings }: Pick<OpenChannel, 'settings'>): string | null {
    const pageId = pageIdOf({ settings });
    return pageId === null ? null : `page:${pageId}`;
  }

  async profile(
    channel: OpenChannel,
    address: Address,
    signal: AbortSignal,
  ): Promise<{ name: string | null; handle?: string } | null> {
    const profile = await this.page.profile(this.routeOf(channel), channel, address, 'name,username', signal);
    if (profile === null) return null;
    const text = (name: string) => {
      const value = profile[name];
      return typeof value === 'string' && value !== '' ? cleanText(value, 200) : null;
    };
    const handle = text('username');
    return { name: text('name') ?? handle, ...(handle !== null && { handle: `@${handle}` }) };
  }

  /** Through the Page where there is one; else the account itself, on Instagram's own host. */
  protected routeOf(channel: OpenChannel): PageRoute {
    const pageId = pageIdOf(channel);
    return pageId === null ? { host: 'instagram', account: channel.externalId } : { host: 'facebook', account: pageId };
  }
}

function byReference(attachment: InboundAttachment): InboundAttachment {
  const { source, link } = attachment;
  return source?.url == null ? attachment : { ...attachment, source: null, link: link ?? source.url };
}

function pageIdOf(channel: Pick<OpenChannel, 'settings'>): string | null {
  const pageId = channel.settings['pageId'];
  return typeof pageId === 'string' && pageId !== '' ? pageId : null;
}
