import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MemberActor } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { SystemDatabase, Workspaces, countInSpan, hasRoomInSpan } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { type Download, sendDownload } from './send-download.js';

const cap = { most: 60, seconds: 3_600 } as const;

/** What leaves as a file. */
export interface WantedExport {
  readonly action: 'contact.export' | 'conversation.export' | 'lead.export';
  /** The id of what it is of, where it is of one thing. */
  readonly target?: string;
}

/** Who asks for a file, and where the answer goes. */
export interface ExportCall {
  readonly member: MemberActor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The door of every file that a workspace takes its data out by: only so many an hour, and each is written down. */
@Injectable()
export class AdmitExport {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Counts it and writes it down before a byte of it leaves; throws RATE_LIMITED. HEAD asks whether it would be given, so that a
   * page can say why not: it is refused alike, and nothing is counted, written down or read.
   */
  async give(call: ExportCall, wanted: WantedExport, download: () => Download): Promise<void> {
    const { member, request, reply } = call;
    const key = this.secrets.digest('export', member.workspaceId, member.memberId);
    const onlyAsks = request.method === 'HEAD';
    if (!(await (onlyAsks ? hasRoomInSpan : countInSpan)(this.system, key, cap)))
      throw new DomainError(ErrorCode.RATE_LIMITED, 'You have exported a lot within an hour. Try again later.', {
        reason: 'EXPORTS_MANY',
        retryAfter: cap.seconds,
      });
    if (onlyAsks) return void (await reply.header('cache-control', 'no-store').send());
    await this.writeDown(call, wanted);
    await sendDownload(reply, download());
  }

  private async writeDown({ member, request }: ExportCall, { action, target }: WantedExport): Promise<void> {
    const { origin } = request.context;
    await this.workspaces.run(member.workspaceId, (tx) => {
      this.audit.record(tx, { actor: member, action, origin, ...(target !== undefined && { target }) });
      return Promise.resolve();
    });
  }
}
