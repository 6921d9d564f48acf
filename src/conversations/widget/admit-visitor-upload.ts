import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { FileRoom, NoRoomForFile } from '../../platform/files/index.js';
import { type Share, UploadDoors } from '../../platform/http/index.js';
import type { PresentVisitor } from './visitors.js';
import { VisitorDoor } from './visitor-door.js';
import { networkOf } from './widget-limits.js';

/** At once: of one visitor, of one network, of one chat, and of all visitors, so that members always find a place. */
const most = { visitor: 2, network: 3, chat: 4, all: 5 } as const;

/** The door of `POST /widget/v1/files`: a token that opens nothing, or one upload too many, is told before the file is read. */
@Injectable()
export class AdmitVisitorUpload implements OnModuleInit {
  private readonly admitted = new WeakMap<IncomingMessage, PresentVisitor>();

  constructor(
    private readonly doors: UploadDoors,
    private readonly visitors: VisitorDoor,
    private readonly workspaces: Workspaces,
    private readonly room: FileRoom,
  ) {}

  onModuleInit(): void {
    this.doors.keep('/widget/v1/files', (request, bytes) => this.admit(request, bytes));
  }

  /** The visitor who was let in with this request. */
  presentOf(request: FastifyRequest): PresentVisitor {
    const present = this.admitted.get(request.raw);
    if (present === undefined) throw new Error('An upload came in by no door.');
    return present;
  }

  private async admit(request: FastifyRequest, bytes: number | null): Promise<readonly Share[]> {
    const { present } = await this.visitors.admit(request, 'upload');
    this.admitted.set(request.raw, present);
    await this.workspaces.read(present.chat.workspaceId, (tx) => this.room.require(tx, bytes ?? 1)).catch(hidden);
    return [
      { of: `visitor ${present.visitor.id}`, most: most.visitor },
      { of: `network ${networkOf(request.ip)}`, most: most.network },
      { of: `chat ${present.chat.channelId}`, most: most.chat },
      { of: 'visitors', most: most.all },
    ];
  }
}

/** How much room a business has is nothing that its visitors are told. */
export function hidden(error: unknown): never {
  if (error instanceof NoRoomForFile)
    throw new DomainError(ErrorCode.PLAN_LIMIT, 'This chat takes no more files at the moment. Write instead.');
  throw error;
}
