import { Injectable, Logger } from '@nestjs/common';
import { Permission } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { describeError } from '../../platform/logging/index.js';
import { permissionsOf } from '../permissions.js';
import { hereNow } from '../workspaces/members.js';
import { PresenceBoard } from './presence-board.js';

type Tell = (online: boolean) => void;

interface Room {
  readonly listeners: Set<Tell>;
  /** What they were told last; null before. */
  online: boolean | null;
  readonly leave: () => void;
}

const answering = Object.entries(permissionsOf)
  .filter(([, permissions]) => permissions.has(Permission.Converse))
  .map(([role]) => role);

/** Whether anybody is here who can answer customers: all that is ever said of it outside the workspace. */
@Injectable()
export class TeamHere {
  private readonly logger = new Logger('TeamHere');
  private readonly rooms = new Map<string, Room>();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly board: PresenceBoard,
  ) {}

  /** Calls `tell` with how it is, then with each change; gives the function that ends this. Many who listen cost what one does. */
  follow(workspaceId: string, tell: Tell): () => void {
    const room = this.rooms.get(workspaceId) ?? this.open(workspaceId);
    room.listeners.add(tell);
    if (room.online !== null) tell(room.online);
    return () => {
      room.listeners.delete(tell);
      if (room.listeners.size > 0) return;
      room.leave();
      if (this.rooms.get(workspaceId) === room) this.rooms.delete(workspaceId);
    };
  }

  private open(workspaceId: string): Room {
    let reading: Promise<void> = Promise.resolve();
    const leave = this.board.watch(workspaceId, () => {
      // One after the other, so that what was read last is what is told last.
      reading = reading.then(() => this.read(workspaceId));
    });
    const room: Room = { listeners: new Set(), online: null, leave };
    this.rooms.set(workspaceId, room);
    return room;
  }

  private async read(workspaceId: string): Promise<void> {
    const room = this.rooms.get(workspaceId);
    if (room === undefined) return;
    try {
      const online = await this.workspaces.read(workspaceId, (tx) => this.isOnline(tx));
      if (online === room.online) return;
      room.online = online;
      for (const tell of room.listeners) tell(online);
    } catch (error) {
      this.logger.warn(`It could not be seen whether anybody can answer: ${describeError(error)}`);
    }
  }

  private async isOnline(tx: WorkspaceTransaction): Promise<boolean> {
    const row = await tx.first<{ online: boolean }>(sql`
      select exists (select from members m where m.workspace_id = ${tx.workspaceId} and m.user_id is not null and m.available
                        and not m.frozen and m.role = any(${answering}::text[]) and ${hereNow}) as online`);
    return row?.online ?? false;
  }
}
