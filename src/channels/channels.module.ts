import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { channelDefinitionProviders } from './channel-definitions.js';
import { ChannelLoader } from './channel.loader.js';
import { ChannelResolver } from './channel.resolver.js';
import { Channels } from './channels.js';
import { ConnectAccount } from './connect/connect-account.js';
import { Directory } from './directory.js';
import { InboundTopics } from './inbound-topics.js';
import { Inbound } from './inbound.js';
import { ListChannels } from './list-channels.js';
import { ConnectWhatsApp } from './meta/connect-whats-app.js';
import { GraphClient } from './meta/graph-client.js';
import { MediaDownloads } from './meta/media.js';
import { MetaWebhookController } from './meta/meta-webhook.controller.js';
import { PageSending } from './meta/page-sending.js';
import { splitMetaDelivery } from './meta/split-delivery.js';
import { TokenCheck } from './meta/token-check.js';

/** Connected accounts, what comes in over them, and how to send over them. */
@Global()
@Module({
  controllers: [MetaWebhookController],
  providers: [
    ...channelDefinitionProviders,
    ChannelLoader, ChannelResolver, Channels, ConnectAccount, Directory, Inbound, InboundTopics, ListChannels,
    ConnectWhatsApp, GraphClient, MediaDownloads, PageSending, TokenCheck,
  ],
  exports: [ChannelLoader, Channels, InboundTopics],
})
export class ChannelsModule implements OnModuleInit {
  constructor(private readonly inbound: Inbound) {}

  onModuleInit(): void {
    this.inbound.register({ provider: 'meta', split: splitMetaDelivery });
  }
}
