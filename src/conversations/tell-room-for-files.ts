import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationDetails, NotificationKind, Notifications, Role } from '../accounts/index.js';
import type { WorkspaceTransaction } from '../platform/database/index.js';
import { FileRoom, inWords } from '../platform/files/index.js';

/** Tells those who run a workspace that its room for files is nearly used up: once a week at most. */
@Injectable()
export class TellRoomForFiles implements OnModuleInit {
  constructor(
    private readonly room: FileRoom,
    private readonly notifications: Notifications,
    private readonly details: NotificationDetails,
  ) {}

  onModuleInit(): void {
    this.details.on(NotificationKind.LIMIT_NEAR, async (tx) => {
      const { usedBytes, mostBytes } = await this.room.of(tx);
      return mostBytes === null ? [] : [`Files: ${inWords(usedBytes)} / ${inWords(mostBytes)}`];
    });
  }

  /** Tells, where it is news. */
  async tell(tx: WorkspaceTransaction): Promise<void> {
    if (!(await this.room.isNews(tx))) return;
    await this.notifications.tell(tx, { kind: NotificationKind.LIMIT_NEAR, roles: [Role.OWNER, Role.ADMIN] });
  }
}
