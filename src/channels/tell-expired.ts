import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications, Role } from '../accounts/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelExpired } from './channels.events.js';

/** A channel has lost its access: those who can connect it again are told. */
@Injectable()
export class TellExpired implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.facts.on(ChannelExpired, (tx) =>
      this.notifications.tell(tx, { kind: NotificationKind.CHANNEL_TROUBLE, roles: [Role.OWNER, Role.ADMIN] }),
    );
  }
}
