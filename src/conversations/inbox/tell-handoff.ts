import { Injectable } from '@nestjs/common';
import { NotificationKind, Notifications, Role } from '../../accounts/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';

/** A customer waits for a person: whoever has the conversation is told, else all who may answer. Participant. */
@Injectable()
export class TellHandoff {
  constructor(private readonly notifications: Notifications) {}

  async run(tx: WorkspaceTransaction, conversationId: string, assigneeId: string | null): Promise<void> {
    const whom = assigneeId === null ? { roles: [Role.OWNER, Role.ADMIN, Role.EDITOR] } : { memberIds: [assigneeId] };
    await this.notifications.tell(tx, { kind: NotificationKind.HANDED_OFF, conversationId, ...whom });
  }
}
