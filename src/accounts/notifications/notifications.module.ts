import { Module } from '@nestjs/common';
import { MailNotificationsWorker } from './mail-notifications.worker.js';
import { NotificationPreferences } from './notification-preferences.js';
import { NotificationResolver } from './notification.resolver.js';
import { NoteWatchers } from './note-watchers.js';
import { PushAddresses } from './push-address.js';
import { PushNotificationsWorker } from './push-notifications.worker.js';
import { RegisterPush } from './register-push.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

/** What members are told while they are away, and how: preferences, push, mail. */
@Module({
  controllers: [UnsubscribeController],
  providers: [
    MailNotificationsWorker,
    NotificationPreferences,
    NotificationResolver,
    NoteWatchers,
    PushAddresses,
    PushNotificationsWorker,
    RegisterPush,
    UnsubscribeLinks,
  ],
})
export class NotificationsModule {}
