import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { AcknowledgePolicy } from './acknowledge-policy.js';
import { channelDefinitionProviders } from './channel-definitions.js';
import { ChannelLoader } from './channel.loader.js';
import { ChannelResolver } from './channel.resolver.js';
import { Channels } from './channels.js';
import { ConnectAccount } from './connect/connect-account.js';
import { Directory } from './directory.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { EndChannels } from './end-channels.js';
import { InboundTopics } from './inbound-topics.js';
import { Inbound } from './inbound.js';
import { ListChannels } from './list-channels.js';
import { ListTokenUses } from './list-token-uses.js';
import { ConnectInstagram } from './meta/connect-instagram.js';
import { ConnectMessenger } from './meta/connect-messenger.js';
import { ConnectWhatsApp } from './meta/connect-whats-app.js';
import { GraphClient } from './meta/graph-client.js';
import { MediaDownloads } from './meta/media.js';
import { MetaResolver } from './meta/meta.resolver.js';
import { MetaWebhookController } from './meta/meta-webhook.controller.js';
import { PageSending } from './meta/page-sending.js';
import { PageSubscription } from './meta/page-subscription.js';
import { splitMetaDelivery } from './meta/split-delivery.js';
import { TokenCheck } from './meta/token-check.js';
import { ReleaseAccessWorker } from './release-access.worker.js';
import { TellExpired } from './tell-expired.js';
import { UpdateChannel } from './update-channel.js';
import { webChatProviders } from './webchat/index.js';
import { WebChats } from './webchat/web-chats.js';

/** Connected accounts, what comes in over them, and how to send over them. */
@Global()
@Module({
  controllers: [MetaWebhookController],
  providers: [
    ...channelDefinitionProviders,
    AcknowledgePolicy,
    ChannelLoader,
    ChannelResolver,
    Channels,
    ConnectAccount,
    Directory,
    DisconnectChannel,
    EndChannels,
    Inbound,
    InboundTopics,
    ListChannels,
    ListTokenUses,
    ReleaseAccessWorker,
    TellExpired,
    UpdateChannel,
    ConnectInstagram,
    ConnectMessenger,
    ConnectWhatsApp,
    GraphClient,
    MediaDownloads,
    MetaResolver,
    PageSending,
    PageSubscription,
    TokenCheck,
    ...webChatProviders,
  ],
  exports: [ChannelLoader, Channels, InboundTopics, WebChats],
})
export class ChannelsModule implements OnModuleInit {
  constructor(private readonly inbound: Inbound) {}

  onModuleInit(): void {
    this.inbound.register({ provider: 'meta', split: splitMetaDelivery });
  }
}
