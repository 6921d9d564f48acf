import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { AcknowledgePolicy } from './acknowledge-policy.js';
import { channelDefinitionProviders } from './channel-definitions.js';
import { ChannelLoader } from './channel.loader.js';
import { ChannelResolver } from './channel.resolver.js';
import { Channels } from './channels.js';
import { AuthorizationResolver } from './connect/authorization.resolver.js';
import { Authorizations } from './connect/authorizations.js';
import { CompleteAuthorization } from './connect/complete-authorization.js';
import { ConnectAccount } from './connect/connect-account.js';
import { ConsentCallbackController } from './connect/consent-callback.controller.js';
import { consentFlowProviders } from './connect/consent-flows.js';
import { ForgetAuthorizationWorker } from './connect/forget-authorization.worker.js';
import { ReadAuthorization } from './connect/read-authorization.js';
import { ReturnFromConsent } from './connect/return-from-consent.js';
import { StoreAccount } from './connect/store-account.js';
import { WhoBegan } from './connect/who-began.js';
import { Directory } from './directory.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { ImapClient } from './email/imap-client.js';
import { emailProviders } from './email/index.js';
import { SenderCheck } from './email/sender-check.js';
import { splitEmailDelivery } from './email/split-email.js';
import { EndChannels } from './end-channels.js';
import { Grantors } from './grantors.js';
import { InboundTopics } from './inbound-topics.js';
import { Inbound } from './inbound.js';
import { LeavingChannels } from './leaving-channels.js';
import { ForgetTokenUsesWorker } from './life/forget-token-uses.worker.js';
import { LookAfter } from './life/look-after.js';
import { RenewTokenWorker } from './life/renew-token.worker.js';
import { WatchEffects } from './life/watch-effects.js';
import { WatchTokenWorker } from './life/watch-token.worker.js';
import { WithdrawConsent } from './life/withdraw-consent.js';
import { ConnectLine } from './line/connect-line.js';
import { LineClient } from './line/line-client.js';
import { LineWebhookController } from './line/line-webhook.controller.js';
import { LineResolver } from './line/line.resolver.js';
import { splitLineDelivery } from './line/split-line.js';
import { ListChannels } from './list-channels.js';
import { ListTokenUses } from './list-token-uses.js';
import { MetaOAuth } from './meta/consent/meta-oauth.js';
import { ConnectInstagram } from './meta/connect-instagram.js';
import { ConnectMessenger } from './meta/connect-messenger.js';
import { ConnectWhatsApp } from './meta/connect-whats-app.js';
import { EndAccessAgain } from './end-access-again.js';
import { DeauthorizeController } from './meta/deauthorize.controller.js';
import { GraphClient } from './meta/graph-client.js';
import { MediaDownloads } from './meta/media.js';
import { MetaLife } from './meta/meta-life.js';
import { MetaResolver } from './meta/meta.resolver.js';
import { MetaWebhookController } from './meta/meta-webhook.controller.js';
import { MetaLeadAds } from './meta/meta-lead-ads.js';
import { MissedMessages } from './meta/missed-messages.js';
import { PageSending } from './meta/page-sending.js';
import { PageSubscription } from './meta/page-subscription.js';
import { FreezeChannels } from './plan/freeze-channels.js';
import { RoomForChannels } from './plan/room-for-channels.js';
import { PermissionsPageController } from './meta/permissions-page.controller.js';
import { NumberRegistration } from './meta/number-registration.js';
import { PhoneNumbers } from './meta/phone-numbers.js';
import { RegisterWhatsAppNumber } from './meta/register-whats-app-number.js';
import { splitMetaDelivery } from './meta/split-delivery.js';
import { TokenCheck } from './meta/token-check.js';
import { ChannelTemplates } from './templates/channel-templates.js';
import { TemplateResolver } from './templates/template.resolver.js';
import { ReleaseAccessWorker } from './release-access.worker.js';
import { ConnectTelegram } from './telegram/connect-telegram.js';
import { splitTelegramDelivery } from './telegram/split-telegram.js';
import { TelegramClient } from './telegram/telegram-client.js';
import { TelegramErrands } from './telegram/telegram-errands.js';
import { TelegramPace } from './telegram/telegram-pace.js';
import { TelegramWebhookController } from './telegram/telegram-webhook.controller.js';
import { TelegramResolver } from './telegram/telegram.resolver.js';
import { TellExpired } from './tell-expired.js';
import { UpdateChannel } from './update-channel.js';
import { webChatProviders } from './webchat/index.js';
import { WebChats } from './webchat/web-chats.js';
import { ChannelWebhooks } from './webhooks/channel-webhooks.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';

/** Connected accounts, what comes in over them, and how to send over them. */
@Global()
@Module({
  controllers: [
    ConsentCallbackController,
    DeauthorizeController,
    LineWebhookController,
    MetaWebhookController,
    PermissionsPageController,
    TelegramWebhookController,
  ],
  providers: [
    ...channelDefinitionProviders,
    ...consentFlowProviders,
    AcknowledgePolicy,
    EndAccessAgain,
    AuthorizationResolver,
    Authorizations,
    ChannelLoader,
    ChannelResolver,
    ChannelTemplates,
    Channels,
    CompleteAuthorization,
    ConnectAccount,
    Directory,
    DisconnectChannel,
    EndChannels,
    ForgetAuthorizationWorker,
    ForgetTokenUsesWorker,
    FreezeChannels,
    Grantors,
    Inbound,
    InboundTopics,
    LeavingChannels,
    ListChannels,
    ListTokenUses,
    LookAfter,
    ReadAuthorization,
    ReleaseAccessWorker,
    RenewTokenWorker,
    ReturnFromConsent,
    RoomForChannels,
    StoreAccount,
    TellExpired,
    TemplateResolver,
    UpdateChannel,
    WatchEffects,
    WatchTokenWorker,
    WhoBegan,
    WithdrawConsent,
    ConnectInstagram,
    ConnectMessenger,
    ConnectWhatsApp,
    GraphClient,
    MediaDownloads,
    MetaLife,
    MetaOAuth,
    MetaResolver,
    MissedMessages,
    MetaLeadAds,
    PageSending,
    PageSubscription,
    NumberRegistration,
    PhoneNumbers,
    RegisterWhatsAppNumber,
    TokenCheck,
    ...webChatProviders,
    ...emailProviders,
    ChannelWebhooks,
    ConnectLine,
    ConnectTelegram,
    LineClient,
    LineResolver,
    TelegramClient,
    TelegramErrands,
    TelegramPace,
    TelegramResolver,
    WebhookSecrets,
  ],
  exports: [
    ChannelLoader,
    ChannelTemplates,
    Channels,
    Directory,
    EndAccessAgain,
    Grantors,
    ImapClient,
    InboundTopics,
    SenderCheck,
    WebChats,
    WhoBegan,
  ],
})
export class ChannelsModule implements OnModuleInit {
  constructor(private readonly inbound: Inbound) {}

  onModuleInit(): void {
    this.inbound.register({ provider: 'meta', split: splitMetaDelivery });
    this.inbound.register({ provider: 'telegram', split: splitTelegramDelivery });
    this.inbound.register({ provider: 'line', split: splitLineDelivery });
    this.inbound.register({ provider: 'email', split: splitEmailDelivery });
  }
}
