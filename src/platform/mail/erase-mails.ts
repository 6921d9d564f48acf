import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../database/index.js';
import { Mails } from './mails.js';
import { Post } from './post.js';

/**
 * Removes mails that wait to be sent, or were set aside, and concern somebody. A mail that was sent left no row; where no mail
 * server is set, it lies in a file.
 */
@Injectable()
export class EraseMails {
  constructor(
    private readonly mails: Mails,
    private readonly post: Post,
  ) {}

  /** Participant. Of this workspace's mails, what `concerns`, by all that they say and to whom, goes. */
  async run(tx: WorkspaceTransaction, concerns: (content: string) => boolean): Promise<number> {
    const rows = await tx.query<{ id: string; content: Buffer }>(sql`
      select id, content from mails where workspace_id = ${tx.workspaceId} and content is not null`);
    const found = rows.filter(({ id, content }) => concerns(JSON.stringify(this.mails.open(id, content))));
    // A file that is gone stays gone where the transaction does not hold: it was to go anyway.
    const files = await this.post.forget(tx.workspaceId, concerns);
    if (found.length === 0) return files;
    const waiting = await tx.execute(sql`
      delete from mails where workspace_id = ${tx.workspaceId} and id = any (${found.map(({ id }) => id)}::uuid[])`);
    return files + waiting;
  }
}
