import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationDetails, NotificationKind, Notifications, Role } from '../accounts/index.js';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { Facts } from '../platform/outbox/index.js';
import { ChannelExpired, ChannelExpiring } from './channels.events.js';

const most = 5;

/** A channel has lost its access, or will soon: those who can connect it again are told. */
@Injectable()
export class TellExpired implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly notifications: Notifications,
    private readonly details: NotificationDetails,
  ) {}

  onModuleInit(): void {
    const notice = { kind: NotificationKind.CHANNEL_TROUBLE, roles: [Role.OWNER, Role.ADMIN] } as const;
    for (const fact of [ChannelExpired, ChannelExpiring])
      this.facts.on<{ readonly channelId: string }>(fact, (tx) => this.notifications.tell(tx, notice));
    this.details.on(NotificationKind.CHANNEL_TROUBLE, troubles);
  }
}

/** Each channel in trouble by its kind, why, and what to do; its name may be a customer's word and stays here. */
async function troubles(tx: WorkspaceTransaction): Promise<string[]> {
  const rows = await tx.query<{ kind: string; reason: string }>(sql`
    select kind, last_error as reason from channels
     where workspace_id = ${tx.workspaceId} and status in ('EXPIRED', 'EXPIRING') and last_error is not null
     order by expired_at desc nulls last, id limit ${most}`);
  return rows.map(
    ({ kind, reason }) => `${kind.charAt(0)}${kind.slice(1).toLowerCase().replaceAll('_', ' ')}: ${reason}`,
  );
}
