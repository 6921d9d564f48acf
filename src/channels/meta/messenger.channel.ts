import { Injectable } from '@nestjs/common';
import { cleanText } from '../../platform/database/index.js';
import type { Capabilities, OpenChannel } from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { Address } from '../inbound-event.js';
import { PageChannel, pageCapabilities } from './page-channel.js';
import { reactionNames } from './page-acts.js';
import { Config } from '../../platform/config/index.js';
import { MetaLeadAds } from './meta-lead-ads.js';
import { MetaLife } from './meta-life.js';
import { MissedMessages } from './missed-messages.js';
import { type PageRoute, PageSending } from './page-sending.js';

/** Messenger: a channel is one Facebook Page. */
@Injectable()
export class MessengerChannel extends PageChannel {
  readonly kind = ChannelKind.MESSENGER;
  readonly capabilities: Capabilities = {
    ...pageCapabilities,
    maxTextLength: 1_999,
    textUnit: 'characters',
    reactionEmojis: Object.keys(reactionNames),
    quickReplyLimits: { title: 20, text: 1_999 },
    outgoingAttachments: {
      rules: [
        { kind: MessageKind.IMAGE, contentTypes: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 25_000_000 },
        { kind: MessageKind.AUDIO, contentTypes: ['audio/*'], maxBytes: 25_000_000 },
        { kind: MessageKind.VIDEO, contentTypes: ['video/*'], maxBytes: 25_000_000 },
        { kind: MessageKind.FILE, contentTypes: ['*'], maxBytes: 25_000_000 },
      ],
      perMessage: 1,
      maxCaption: 0,
    },
  };
  protected readonly platform = 'messenger' as const;

  constructor(
    config: Config,
    page: PageSending,
    life: MetaLife,
    history: MissedMessages,
    readonly leadAds: MetaLeadAds,
  ) {
    super(config, page, life, history);
  }

  hostOf(): string {
    return this.page.hostOf({ host: 'facebook', account: '' });
  }

  subscriptionOf({ externalId }: Pick<OpenChannel, 'externalId'>): string | null {
    return `page:${externalId}`;
  }

  async profile(channel: OpenChannel, address: Address, signal: AbortSignal): Promise<{ name: string | null } | null> {
    const fields = 'first_name,last_name';
    const profile = await this.page.profile(this.routeOf(channel), channel, address, fields, signal);
    if (profile === null) return null;
    const names = [profile['first_name'], profile['last_name']].filter(
      (name) => typeof name === 'string' && name !== '',
    );
    return { name: names.length === 0 ? null : cleanText(names.join(' '), 200) };
  }

  protected routeOf(channel: OpenChannel): PageRoute {
    return { host: 'facebook', account: channel.externalId };
  }
}
