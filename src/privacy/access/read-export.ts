import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { ExportLinks } from './export-links.js';
import { SubjectExports } from './subject-exports.js';

/** Where the answer to a request can be fetched. */
@Injectable()
export class ReadExport {
  constructor(
    private readonly exports: SubjectExports,
    private readonly links: ExportLinks,
  ) {}

  /** Participant. Null while it is being made, and once it has gone. */
  async ofRequest(
    tx: WorkspaceTransaction,
    requestId: string,
  ): Promise<{ readonly url: string; readonly expiresAt: Date; readonly size: number } | null> {
    const found = await this.exports.byRequest(tx, requestId);
    if (found === null || found.expiresAt === null || found.expired) return null;
    const url = this.links.sign({ workspaceId: tx.workspaceId, id: found.id }, found.expiresAt);
    return { url, expiresAt: found.expiresAt, size: found.size ?? 0 };
  }
}
