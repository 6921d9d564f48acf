import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator, Permission, authorize } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { FileRoom } from '../../platform/files/index.js';
import { type Share, UploadDoors } from '../../platform/http/index.js';

/** At once: of one member, and of all members of a workspace. */
const mostOfMember = 3;
const mostOfWorkspace = 5;

/** The door of `POST /files`: who may not write there is told before a byte of the file is read. */
@Injectable()
export class AdmitUpload implements OnModuleInit {
  constructor(
    private readonly doors: UploadDoors,
    private readonly authenticator: Authenticator,
    private readonly workspaces: Workspaces,
    private readonly room: FileRoom,
  ) {}

  onModuleInit(): void {
    this.doors.keep('/files', (request, bytes) => this.admit(request, bytes));
  }

  private async admit({ context }: FastifyRequest, bytes: number | null): Promise<readonly Share[]> {
    const actor = await this.authenticator.authenticate(context.credentials);
    authorize(actor, { kind: 'permission', permission: Permission.Converse });
    if (actor?.kind !== 'member') throw new Error('Whoever has a permission is a member.');
    await this.workspaces.read(actor.workspaceId, (tx) => this.room.require(tx, bytes ?? 1));
    return [
      { of: `member ${actor.memberId}`, most: mostOfMember },
      { of: `members of ${actor.workspaceId}`, most: mostOfWorkspace },
    ];
  }
}
