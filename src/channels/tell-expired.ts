import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications, Role } from '../accounts/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelExpired, ChannelExpiring } from './channels.events.js';

/** A channel has lost its access, or will soon: those who can connect it again are told. */
@Injectable()
export class TellExpired implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    const notice = { kind: NotificationKind.CHANNEL_TROUBLE, roles: [Role.OWNER, Role.ADMIN] } as const;
    for (const fact of [ChannelExpired, ChannelExpiring])
      this.facts.on<{ readonly channelId: string }>(fact, (tx) => this.notifications.tell(tx, notice));
  }
}
